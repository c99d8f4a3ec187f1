"""What the tests share: the shipped documents, an index of them, and folders and commands to try things with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from corpus import collection
from corpus.collection import Corpus
from corpus.types import Document, Outline
from index import encoder
from index.policy_index import PolicyIndex

ROOT = Path(__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Folder = Callable[..., Path]

settings.register_profile("quick", deadline=None, max_examples=100)
settings.register_profile("deep", deadline=None, max_examples=4_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The five shipped documents."""
    return collection.read(collection.SHIPPED)


@pytest.fixture(scope="session")
def read(corpus: Corpus) -> Callable[[str], tuple[Document, Outline]]:
    """A shipped document and its outline by the beginning of its file name."""

    def find(name: str) -> tuple[Document, Outline]:
        (pair,) = (
            (document, outline)
            for document, outline in zip(corpus.documents, corpus.outlines, strict=True)
            if document.id.startswith(name)
        )
        return pair

    return find


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the shipped documents, made with the bundled model."""
    folder = tmp_path_factory.mktemp("index")
    PolicyIndex.build(collection.SHIPPED, folder, encoder.load(None))
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> PolicyIndex:
    """The shipped documents, indexed with the bundled model."""
    return PolicyIndex.open(index_folder, encoder.load(None))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """folder({"a.txt": "text", "b.txt": b"bytes"}) writes a corpus folder and returns it."""

    def write(files: dict[str, str | bytes], name: str = "documents") -> Path:
        for path, content in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return write


@pytest.fixture(scope="session")
def run() -> Run:
    """run("corpus", "list") runs `python -m corpus list` from the root, as a user does."""

    def call(*arguments: object) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)], cwd=ROOT, capture_output=True, timeout=60, check=False
        )

    return call
