"""Results as tables for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

_WIDTH = 140  # columns where the output is no terminal


def show(found: Mapping[str, Any], console: Console | None = None) -> None:
    """Metrics by run with their intervals, then the parts of the set."""
    console = console or default_console()
    runs = found["runs"]
    console.print(f"{found['set']}, half {found['half']}: {found['questions']} questions, 95 % intervals")
    names = list(dict.fromkeys(name for run in runs for name in run["metrics"]))
    if len(runs) <= 4:
        table = _table("", *(run["name"] for run in runs))
        for name in names:
            table.add_row(name, *(cell(run["metrics"].get(name)) for run in runs))
        table.add_row("ms, median / 95 %", *(_milliseconds(run) for run in runs))
    else:
        names = [name for name in names if name in ("recall@1", "recall@5", "mrr@10", "recall@2000c")]
        table = _table("", *names, "ms")
        for run in runs:
            table.add_row(run["name"], *(cell(run["metrics"].get(name)) for name in names), _milliseconds(run))
    console.print(table)
    if found.get("slices"):
        names = list(found["slices"][0]["metrics"])
        table = _table(f"of {runs[0]['name']}", "questions", *names)
        for part in found["slices"]:
            metrics = (cell(part["metrics"].get(name)) for name in names)
            table.add_row(part["name"], str(part["questions"]), *metrics)
        console.print(table)


def show_comparison(found: Mapping[str, Any]) -> None:
    """Differences by run with p, then the questions gained and lost."""
    console = default_console()
    console.print(f"{found['set']}, half {found['half']}: from {found['a']} to {found['b']}")
    for run in found["runs"]:
        table = _table(run["name"], "a", "b", "difference", "p")
        for name, one in run["metrics"].items():
            difference = f"{one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}]"
            table.add_row(name, f"{one['a']:.3f}", f"{one['b']:.3f}", difference, f"{one['p']:.3f}")
        console.print(table)
        for what in ("gained", "lost"):
            console.print(f"{run['name']}, {run['by']}: {what} {len(run[what])}")
            for one in run[what]:
                console.print(f"  {one['id']}  {one['question']}", markup=False, highlight=False)


def cell(metric: Mapping[str, float] | None) -> str:
    """0.936 [0.901, 0.967]; lengths without decimals."""
    if metric is None:
        return "-"
    form = ".0f" if metric["value"] > 1 else ".3f"
    return f"{metric['value']:{form}} [{metric['low']:{form}}, {metric['high']:{form}}]".replace("[", "\\[")


def default_console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _milliseconds(run: Mapping[str, Any]) -> str:
    return f"{run['milliseconds']['p50']:.1f} / {run['milliseconds']['p95']:.1f}"


def _table(first: str, *columns: str) -> Table:
    table = Table(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table
