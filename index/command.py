"""Options that every command with an index shares, and the index and scope that they name."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from corpus import collection, places
from corpus.command import corpus_folder, iso_date
from corpus.types import UserError
from index import encoder, store
from index.policy_index import PolicyIndex, to_stderr
from index.types import Encoder, Scope


def add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=corpus_folder, default=collection.SHIPPED, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR", help="where the index lies (default: .cache/index/...)")
    parser.add_argument("--model", metavar="NAME_OR_PATH", help="a sentence-transformers model, or provider:model")
    parser.add_argument(
        "--reranker", metavar="NAME_OR_PATH", help="a cross-encoder that reads the best hits again (slow)"
    )


def add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--milvus",
        metavar="URI",
        help="keep the vectors on this Milvus server, or in FILE.db (its token: MILVUS_TOKEN)",
    )


def add_scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--city", action="append", metavar="C", help="only this city's documents (repeatable)")
    parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="validity on this day (default: today)")
    parser.add_argument("--in-force-only", action="store_true", help="leave out what has expired or not begun")


def open_index(chosen: argparse.Namespace) -> PolicyIndex:
    """The index that the options name, built first where it is missing or stale."""
    model = encoder.load(chosen.model)
    kind, directory = place_of(chosen, model)
    index = kind.ensure(chosen.corpus, directory, model, to_stderr)
    if getattr(chosen, "reranker", None):
        index.reranker = encoder.CrossEncoderReranker(chosen.reranker)
    return index


def place_of(chosen: argparse.Namespace, model: Encoder) -> tuple[type[PolicyIndex], Path]:
    """The kind of index that the options name, and its folder. Raises IndexFault if the package for it is missing."""
    server = getattr(chosen, "milvus", None)
    if server is None:
        return PolicyIndex, chosen.index or store.default_folder(chosen.corpus, model.name)
    from index.milvus import MilvusIndex

    directory = chosen.index or store.default_folder(chosen.corpus, f"{model.name} {server}")
    return MilvusIndex.at(server, os.environ.get("MILVUS_TOKEN", "")), directory


def scope_of(chosen: argparse.Namespace, index: PolicyIndex) -> Scope:
    return Scope(
        cities=known_cities(chosen.city, index) if chosen.city else None,
        in_force_only=chosen.in_force_only,
        as_of=chosen.as_of,
    )


def known_cities(names: Sequence[str], index: PolicyIndex) -> frozenset[str]:
    """Cities by the names that the corpus has for them. Raises UserError for one that is no place at all."""
    own = {document.metadata.city for document in index.tables.documents}
    found = set()
    for name in names:
        possible = places.candidates(name)
        here = [place for place in possible if place.name in own]
        if len(possible) > 1 and len(here) != 1:
            meant = ", ".join(f"{place.name} ({place.province})" for place in possible)
            raise UserError(f"--city {name}: may be {meant}; give the Chinese name")
        place = here[0] if here else (possible[0] if possible else None)
        if place is None and name not in own:
            raise UserError(
                f"--city {name}: no such place is known; the corpus has {', '.join(sorted(filter(None, own)))}"
            )
        found.add(place.name if place else name)
    return frozenset(found)
