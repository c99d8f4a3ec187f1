"""What several cities provide on one topic or several: cities x provisions, each cell an answer with its clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.types import UserError
from index.types import Scope
from qa.answer import Answerer
from qa.types import Answer

State = Literal["provided", "not_provided", "not_in_corpus"]
_MOST = 200  # cells


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What one city provides on one provision. 未规定 is told from 未收录: silent documents from no documents."""

    city: str
    provision: str
    state: State
    answer: Answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cells by provision, then by city, in the order asked; a city with nothing stays visible."""

    topic: str
    cities: tuple[str, ...]
    provisions: tuple[str, ...]
    cells: tuple[CellAnswer, ...]

    def cell(self, city: str, provision: str) -> CellAnswer:
        return next(cell for cell in self.cells if (cell.city, cell.provision) == (city, provision))


def compare(answerer: Answerer, topic: str, cities: Sequence[str], scope: Scope | None = None) -> Comparison:
    """Ask every city for every provision of the topic; several provisions stand between semicolons.

    Raises UserError if the topic is empty, no city is given, or there are more than 200 cells.
    """
    provisions = tuple(dict.fromkeys(part.strip() for part in re.split("[;；\n]", topic) if part.strip()))
    named = tuple(dict.fromkeys(cities))
    if not provisions:
        raise UserError("the topic is empty; say what is to be compared")
    if not named:
        raise UserError("no city is given; name two or more with --city")
    if len(provisions) * len(named) > _MOST:
        raise UserError(f"{len(provisions)} provisions in {len(named)} cities are too many; {_MOST} cells at most")
    own = {document.metadata.city for document in answerer.index.tables.documents}
    cells = []
    for provision in provisions:
        for city in named:
            answer = answerer.answer(provision, replace(scope or Scope(), cities=frozenset([city])))
            state: State = "not_in_corpus" if city not in own else "provided"
            if state == "provided" and answer.status == "no_evidence":
                state = "not_provided"
            cells.append(CellAnswer(city, provision, state, answer))
    return Comparison(topic, named, provisions, tuple(cells))
