"""The parser against the outlines that were written by hand before it was."""

import json
from pathlib import Path

import pytest

from corpus import collection

GOLD = sorted((Path(__file__).parents[1] / "gold" / "outlines").glob("*.json"))


def test_every_shipped_document_has_an_outline_by_hand():
    assert [path.stem for path in GOLD] == [path.stem for path in collection.files(collection.SHIPPED)]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:20])
def test_clauses_are_those_of_the_outline_by_hand(path, read):
    wanted = json.loads(path.read_text(encoding="utf-8"))
    keys = {(tuple(item["address"]), item["ordinal"], item["kind"]): item["starts"] for item in wanted}
    _, outline = read(path.stem)
    right = sum(
        1
        for clause in outline.clauses
        if (starts := keys.get((clause.address, clause.ordinal, clause.kind))) and clause.text.startswith(starts)
    )
    f1 = 2 * right / (len(wanted) + len(outline.clauses))
    assert f1 >= 0.99
