"""The routes over a corpus of their own, called without a network."""

import shutil

import pytest
from fastapi.testclient import TestClient

from api.access import Limiter
from api.routes import routes
from api.served import Served
from corpus import collection
from index import encoder


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(collection.SHIPPED, folder / "corpus")
    return Served(folder / "corpus", folder / "index", encoder.load(None))


@pytest.fixture(scope="session")
def client(served):
    return TestClient(routes(served, None, Limiter(0)), raise_server_exceptions=False)
