"""What a generation must hold and find before it is swapped in."""

from typing import TYPE_CHECKING

import numpy as np

from corpus.fold import fold
from index import encoder, passages
from index.types import IndexFault

if TYPE_CHECKING:
    from index.building import Filling
    from index.policy_index import PolicyIndex

_SAMPLES = 3
_LONGEST = 400  # characters of a probe question
_SAME = 0.97  # cosine of a vector with itself in eight bits a dimension, and of an encoder that is not quite repeatable


def check(index: "PolicyIndex", filling: "Filling") -> None:
    """Compare what an index holds with what was put in, and ask it for clauses by their own words.

    Raises IndexFault saying what is wrong.
    """
    held = index.sizes()
    wanted = {"documents": len(filling.corpus.documents), "clauses": filling.clauses, "rows": filling.rows}
    if held != wanted:
        raise IndexFault(f"the new index holds {held} instead of {wanted}; the one of before stays in use")
    clauses = [clause for parsed in filling.corpus.outlines for clause in parsed.clauses[:1]]
    for number in np.linspace(0, len(clauses) - 1, min(_SAMPLES, len(clauses))).astype(int).tolist():
        clause = clauses[number]
        document = index.tables.document(clause.document)
        if document.text[clause.start : clause.end] != clause.text:
            raise IndexFault(f"the new index has another text of {clause.document}; the one of before stays in use")
        if not any(encoder.bundled().token_ids([fold(clause.text)])):
            continue
        (span, *_) = passages.sentences(clause)
        vector = index.encoder.encode([passages.row(clause, document, span, filling.headed)])[0]
        nearest = index.nearest_cosine(vector)
        if not index.search(clause.text[:_LONGEST], 1) or (vector.any() and nearest < _SAME):
            raise IndexFault(
                f"the new index does not find a clause of {clause.document} by its own words; the one of before stays "
                "in use"
            )
