"""What every tab works with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import gradio as gr

from api.access import Limiter, Users
from api.served import Served
from corpus.command import iso_date
from index.types import Scope


@dataclass(frozen=True, slots=True)
class Context:
    """The corpus that is served, who may do what, and where feedback goes."""

    served: Served
    feedback: Path
    users: Users | None = None
    limiter: Limiter = field(default_factory=lambda: Limiter(0))
    uploads: bool = True

    def may_upload(self, request: gr.Request) -> bool:
        return self.uploads and (self.users is None or self.users.may_upload(request.username))

    def count(self, request: gr.Request) -> None:
        """Count a question of this client. Raises Refused if it asks too often."""
        self.limiter.take(request.username or (request.client.host if request.client else ""))

    def scope(self, cities: Sequence[str], in_force_only: bool, as_of: str | None) -> Scope:
        """Raises UserError for a date or a place that is none."""
        day = iso_date(as_of.strip()) if as_of and as_of.strip() else None
        return self.served.scope(cities, in_force_only, day)
