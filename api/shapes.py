"""What the routes take and give, for their checks and for the OpenAPI description."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

from index.types import Mode
from qa.understand import LONGEST

# A letter, a digit or a Hanzi, spelled out: what \w means differs from one dialect of patterns to another.
_WORD = "[0-9A-Za-z\u00c0-\u1fff\u3041-\u9fff\uac00-\ud7a3]"
Text = Annotated[str, Field(max_length=LONGEST, pattern=_WORD, examples=["青岛专利质押贷款贴息比例是多少?"])]
Place = Annotated[str, Field(min_length=1, max_length=50, examples=["青岛"])]
Day = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(lambda text: date.fromisoformat(text).isoformat()),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Status = Literal["in_force", "expired", "not_yet", "unknown"]


class Asked(BaseModel):
    """Where to look: nothing given is everywhere."""

    model_config = ConfigDict(extra="forbid")

    city: Place | Annotated[list[Place], Field(max_length=50)] = Field([], description="only these cities' documents")
    as_of: Day | None = Field(default=None, description="validity on this day; today where null")
    in_force_only: StrictBool = Field(default=False, description="leave out what has expired or not begun")

    @property
    def cities(self) -> list[str]:
        return [self.city] if isinstance(self.city, str) else self.city


class Ask(Asked):
    question: Text
    id: str | StrictInt | None = Field(default=None, description="given back with the answer")


class Search(Asked):
    query: Text
    k: StrictInt = Field(default=10, ge=1, le=100, description="how many hits")
    mode: Mode = "hybrid"


class Compare(Asked):
    topic: Text = Field(description="several provisions stand between semicolons")
    city: Place | Annotated[list[Place], Field(min_length=1, max_length=50)] = Field(description="the cities")


class Hit(BaseModel):
    rank: int | None
    document: str
    city: str | None
    address: list[str]
    ordinal: int
    label: str
    start: int
    end: int
    text: str
    score: float
    signals: dict[str, dict[str, float]]
    best_start: int
    best_end: int


class Citation(Hit):
    number: int
    title: str
    status: Status
    quote: str
    quote_start: int
    quote_end: int


class Answered(BaseModel):
    id: str | int | None
    question: str
    language: Literal["zh", "en"]
    status: Literal["answered", "no_evidence", "contradicted"]
    answer: str
    warnings: list[str]
    seconds: float
    citations: list[Citation]
    retrieved: list[Hit]
    related: list[Hit]


class Found(BaseModel):
    query: str
    hits: list[Hit]


class ComparedCell(BaseModel):
    city: str
    provision: str
    state: Literal["provided", "not_provided", "not_in_corpus"]
    answer: Answered


class Compared(BaseModel):
    topic: str
    cells: list[ComparedCell]


class Documents(BaseModel):
    documents: list[dict[str, Any]]


class State(BaseModel):
    status: Literal["ok"]
    documents: int | None = None
    clauses: int | None = None


class Error(BaseModel):
    error: str
