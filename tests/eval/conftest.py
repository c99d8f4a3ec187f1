import pytest

from corpus import collection
from index import encoder
from index.policy_index import PolicyIndex


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory):
    """The folder of an index of the shipped documents, for commands."""
    folder = tmp_path_factory.mktemp("index")
    PolicyIndex.build(collection.SHIPPED, folder, encoder.bundled())
    return folder
