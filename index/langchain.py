"""PolicyIndex for LangChain: a retriever over it, and LangChain's Embeddings as an Encoder."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.policy_index import PolicyIndex
from index.render import hit_json
from index.tokens import language_of
from index.types import Floats, IndexFault, Scope


class PolicyRetriever(BaseRetriever):
    """Clauses as LangChain documents: the text is the clause, the metadata its label, address, offsets and score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: PolicyIndex
    k: int = 5
    scope: Scope = Scope()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = self.index.search(query, self.k, self.scope, language_of(query))
        found: list[dict[str, Any]] = [hit_json(rank, hit) for rank, hit in enumerate(hits, 1)]
        return [LangChainDocument(page_content=hit.pop("text"), metadata=hit) for hit in found]


class EmbeddingsEncoder:
    """Any LangChain Embeddings (an OpenAI-compatible endpoint, Ollama ...) as the index's Encoder.

    `name` must tell the model from others; the first text encoded tells its dimensions.
    """

    def __init__(self, embeddings: Embeddings, name: str) -> None:
        self._embeddings = embeddings
        self.name = name
        self.dimensions = len(embeddings.embed_query("dimensions"))

    @classmethod
    def by_name(cls, name: str) -> "EmbeddingsEncoder":
        """The embeddings of a provider, as openai:text-embedding-3-small; OPENAI_BASE_URL and OPENAI_API_KEY name an
        OpenAI-compatible endpoint. Raises IndexFault naming the package to install, or what the endpoint said."""
        from langchain.embeddings import init_embeddings

        try:
            return cls(init_embeddings(name), name)
        except ImportError as error:
            raise IndexFault(f"--model {name}: {error}") from None
        except Exception as error:  # each provider has its own kinds for a refused key or a dead endpoint
            raise IndexFault(
                f"--model {name}: the endpoint gave no vectors ({type(error).__name__}: {error})"
            ) from None

    def encode_question(self, text: str) -> Floats:
        vector = np.asarray(self._embeddings.embed_query(text), dtype=np.float32)
        return vector / (np.linalg.norm(vector) or 1)

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.asarray(self._embeddings.embed_documents(list(texts)), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
