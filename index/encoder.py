"""Models that turn text into vectors: the bundled static one, or any that sentence-transformers loads."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from model2vec import StaticModel

from index.types import Encoder, Floats, IndexFault

BUNDLED = Path(__file__).with_name("model")


class BundledEncoder:
    """The bilingual model in index/model: a vector a token, the mean of the tokens. Needs no torch and no network."""

    def __init__(self, folder: Path = BUNDLED) -> None:
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise IndexFault(f"{weights}: the bundled model is missing; restore the folder from the project")
        self._model = StaticModel.from_pretrained(folder, max_length=None, force_download=False)
        digest = hashlib.sha256(weights.read_bytes() + (folder / "tokenizer.json").read_bytes()).hexdigest()
        self.name = f"bundled-{digest[:12]}"
        self.dimensions: int = self._model.dim

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = self._model.encode(texts, normalize=True, use_multiprocessing=False)
        return np.asarray(vectors, dtype=np.float32)

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the known tokens of each text."""
        return list(self._model.tokenize(texts))

    def token_vectors(self, ids: Sequence[int]) -> Floats:
        """Unit vectors of tokens: float32 [len(ids), dimensions]."""
        vectors = self._model.embedding[np.asarray(ids, dtype=np.int64)].astype(np.float32)
        return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), dtype=np.float32)

    @property
    def vocabulary_size(self) -> int:
        return int(self._model.embedding.shape[0])


@cache
def bundled() -> BundledEncoder:
    return BundledEncoder()


class TransformerEncoder:
    """Any model that sentence-transformers loads, by hub name or local path. Imports torch."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise IndexFault(
                f"--model {model}: no such folder, and no model of that name could be loaded ({type(error).__name__}); "
                "give the path of a sentence-transformers model"
            ) from None
        self.name = model
        self.dimensions = int(self._model.get_sentence_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def load(model: str | None) -> Encoder:
    """The bundled encoder, or the one named. Raises IndexFault if there is no such model."""
    if model is None:
        return bundled()
    if model.startswith((".", "/", "~")) and not Path(model).expanduser().is_dir():
        raise IndexFault(f"--model {model}: no such folder")
    return TransformerEncoder(str(Path(model).expanduser()) if model.startswith("~") else model)
