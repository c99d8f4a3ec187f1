"""Models that turn text into vectors: the bundled static one, or any that sentence-transformers loads."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.types import Encoder, Floats, IndexFault

BUNDLED = Path(__file__).with_name("model")
_LANES = 8  # a product of so many columns, or a multiple, takes half the time of one fewer
_AT_ONCE = 512  # tokens whose vectors fit into a processor's own memory


class BundledEncoder:
    """The bilingual model in index/model: a vector a token, the mean of the tokens. Needs no torch and no network."""

    def __init__(self, folder: Path = BUNDLED) -> None:
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise IndexFault(f"{weights}: the bundled model is missing; restore the folder from the project")
        tokenizer = folder / "tokenizer.json"
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        # The model's own files are read here rather than by model2vec, whose import takes longer than all of the rest.
        self._table: NDArray[np.int8] = load_file(weights)["embeddings"]
        digest = hashlib.sha256(weights.read_bytes() + tokenizer.read_bytes()).hexdigest()
        self.name = f"bundled-{digest[:12]}"
        self.dimensions: int = self._table.shape[1]
        self._question: Callable[[str], Floats] = lru_cache(maxsize=64)(lambda text: self.encode([text])[0])

    def encode(self, texts: Sequence[str]) -> Floats:
        return self.means(self.token_ids(texts))

    def encode_question(self, text: str) -> Floats:
        return self._question(text)  # kept a while, since each step of an answer asks for it

    def means(self, ids: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts by their tokens: unit length, zero where there is no token."""
        sums = np.zeros((len(ids), self.dimensions), dtype=np.int32)
        for row, found in zip(sums, ids, strict=True):
            self._table[np.asarray(found, dtype=np.int64)].sum(axis=0, dtype=np.int32, out=row)
        vectors = sums.astype(np.float32)
        return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-32)))

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the known tokens of each text."""
        found = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        return [[token for token in ids if token != self._unknown] if self._unknown in ids else ids for ids in found]

    def vectors(self, ids: NDArray[np.int64]) -> Floats:
        """The vectors of tokens, at unit length: float32 [*ids.shape, dimensions]."""
        return self._table[ids].astype(np.float32) * self._inverse_lengths[ids][..., None]

    def token_cosines(self, asked: NDArray[np.int32], others: NDArray[np.int32]) -> Floats:
        """Cosines of some tokens with others: float32 [len(asked), len(others)]."""
        vectors = self._table[asked].astype(np.float32) * self._inverse_lengths[asked][:, None]
        vectors = np.pad(vectors, ((0, -len(asked) % _LANES), (0, 0)))
        found = np.empty((len(others), len(vectors)), dtype=np.float32)
        for first in range(0, len(others), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            np.matmul(self._table[others[part]].astype(np.float32), vectors.T, out=found[part])
        found *= self._inverse_lengths[others][:, None]
        return found[:, : len(asked)].T.copy()

    @cached_property
    def _inverse_lengths(self) -> Floats:
        """1 / length of each token's vector: float32 [vocabulary]."""
        squares = [
            np.einsum("ij,ij->i", part, part, dtype=np.float32)
            for part in np.array_split(self._table, max(1, len(self._table) // 1_024))
        ]
        return np.asarray(1 / np.sqrt(np.concatenate(squares) + np.float32(1e-9)), dtype=np.float32)

    def weights(self) -> Floats:
        """The vectors of all tokens, as the model was trained: float32 [vocabulary, dimensions]."""
        return self._table.astype(np.float32)

    @property
    def vocabulary_size(self) -> int:
        return int(self._table.shape[0])


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
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def encode_question(self, text: str) -> Floats:
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, by hub name or local path. Imports torch."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(model, device="cpu")
        except (OSError, ValueError) as error:
            raise IndexFault(
                f"--reranker {model}: no such folder, and no model of that name could be loaded "
                f"({type(error).__name__}); give the path of a cross-encoder"
            ) from None
        self.name = model

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        pairs = [(question, text) for text in texts]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32).reshape(len(texts))


def load(model: str | None) -> Encoder:
    """The bundled encoder; a model of sentence-transformers by name or path; or, with a provider before a colon
    (openai:text-embedding-3-small), one behind an endpoint. Raises IndexFault if there is no such model."""
    if model is None:
        return bundled()
    provider, separator, _ = model.partition(":")
    if separator and provider in ("openai", "ollama", "azure_openai", "mistralai", "huggingface"):
        from index.langchain import EmbeddingsEncoder

        return EmbeddingsEncoder.by_name(model)
    if model.startswith((".", "/", "~")) and not Path(model).expanduser().is_dir():
        raise IndexFault(f"--model {model}: no such folder")
    return TransformerEncoder(str(Path(model).expanduser()) if model.startswith("~") else model)


def export(folder: Path) -> None:
    """Write the bundled model in the form of sentence-transformers: fp32, no length limit, unit vectors.

    sentence-transformers averages [UNK] where model2vec drops it; a zero row changes no direction. Raises IndexFault if
    the folder cannot be written or holds something already.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding
    from tokenizers import Tokenizer

    if folder.exists() and any(folder.iterdir()):
        raise IndexFault(f"{folder}: is not empty; name a new folder")
    tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    weights = bundled().weights()
    weights[tokenizer.token_to_id("[UNK]")] = 0
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()], device="cpu"
    )
    try:
        model.save(str(folder))
    except OSError as error:
        raise IndexFault(f"{folder}: cannot be written: {error.strerror or error}") from None
