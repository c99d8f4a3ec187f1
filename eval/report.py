"""What is measured as people read it: tables for a terminal, and one HTML page that needs nothing else."""

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval import svg

_WIDTH = 140  # columns where the output is no terminal
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .2rem .7rem; border-bottom: 1px solid #d8dee6 }
td + td, th + th { text-align: right } h2 { margin-top: 2.5rem } details { margin: .4rem 0 } summary { cursor: pointer }
small { color: #5b6775 } blockquote { margin: .2rem 0 .2rem 1rem } svg { max-width: 100%; height: auto }
"""


def show(found: Mapping[str, Any]) -> None:
    """Metrics by run with their intervals, then the parts of the set."""
    console, runs = _console(), found["runs"]
    console.print(f"{found['set']}, half {found['half']}: {found['questions']} questions, 95 % intervals")
    names = _names(runs)
    if len(runs) <= 4:
        rows = [(name, *(_cell(run["metrics"].get(name)) for run in runs)) for name in names]
        rows.append(("ms, median / 95 %", *map(_milliseconds, runs)))
        console.print(_table(["", *(run["name"] for run in runs)], rows))
    else:
        names = [name for name in names if name in ("recall@1", "recall@5", "mrr@10", "recall@2000c")]
        rows = [(run["name"], *_cells(run, names), _milliseconds(run)) for run in runs]
        console.print(_table(["", *names, "ms"], rows))
    if parts := found.get("slices"):
        names = list(parts[0]["metrics"])
        rows = [(part["name"], str(part["questions"]), *_cells(part, names)) for part in parts]
        console.print(_table([f"of {runs[0]['name']}", "questions", *names], rows))


def show_comparison(found: Mapping[str, Any]) -> None:
    """Differences by run with p, then the questions gained and lost."""
    console = _console()
    console.print(f"{found['set']}, half {found['half']}: from {found['a']} to {found['b']}")
    for run in found["runs"]:
        rows = []
        for name, one in run["metrics"].items():
            difference = f"{one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}]"
            rows.append((name, f"{one['a']:.3f}", f"{one['b']:.3f}", difference, f"{one['p']:.3f}"))
        console.print(_table([run["name"], "a", "b", "difference", "p"], rows))
        for what in ("gained", "lost"):
            console.print(f"{run['name']}, {run['by']}: {what} {len(run[what])}")
            for one in run[what]:
                console.print(f"  {one['id']}  {one['question']}", markup=False, highlight=False)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(head[0])
    for column in head[1:]:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _cells(row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [_cell(row["metrics"].get(name)) for name in names]


def _cell(metric: Mapping[str, float] | None) -> str:
    """0.936 [0.901, 0.967]; lengths without decimals."""
    return "{} \\[{}, {}]".format(*_figures(metric)) if metric else "-"


def _figures(metric: Mapping[str, float]) -> list[str]:
    form = ".0f" if metric["value"] > 1 else ".3f"
    return [format(metric[name], form) for name in ("value", "low", "high")]


def _milliseconds(run: Mapping[str, Any]) -> str:
    return f"{run['milliseconds']['p50']:.1f} / {run['milliseconds']['p95']:.1f}"


def _names(runs: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for run in runs for name in run["metrics"]))


def save(found: Mapping[str, Any], folder: Path) -> tuple[Path, Path]:
    """Write <version>-<set>.json and .html into `folder`; the two paths."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{found['version']}-{found['set']}-{found['half']}"
    data, page = folder / f"{stem}.json", folder / f"{stem}.html"
    data.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    page.write_text(html(found), encoding="utf-8")
    return data, page


def html(found: Mapping[str, Any]) -> str:
    """The page: metrics, recall by rank, parts of the set, ablations, latency, and the misses with their reasons."""
    retrieval, answers = found["retrieval"], found.get("answers")
    sections = {
        f"Retrieval: {retrieval['questions']} questions": _metrics(retrieval["runs"]),
        "Recall by rank": svg.lines(
            {run["name"]: run["curve"] for run in retrieval["runs"]}, "rank", "share of needs met"
        ),
        "Recall@5 by part": _bars(retrieval["slices"], "recall@5"),
        "Ablations: recall@5": _bars(found["ablation"]["runs"], "recall@5"),
    }
    if answers:
        sections[f"Answers: {answers['questions']} questions"] = _metrics(answers["runs"])
        sections["Gold clause cited, by part"] = _bars(answers["slices"], "gold_cited")
    timed = [(run["name"], run["milliseconds"]) for part in (retrieval, answers) if part for run in part["runs"]]
    latency = [
        (f"{name}, {said}", ms[p], None) for name, ms in timed for said, p in (("median", "p50"), ("95 %", "p95"))
    ]
    sections["Milliseconds a question"] = svg.bars(sorted(latency), "{:.1f} ms")
    sections[f"Not all found in the first five: {len(retrieval['misses'])}"] = _misses(retrieval["misses"], _missed)
    if answers:
        sections[f"Answers with a fault: {len(answers['misses'])}"] = _misses(answers["misses"], _faulty)
    title = escape(f"{found['set']}, half {found['half']}, {found['version']}")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    lead = f"<h1>{title}</h1><p><small>Model {escape(found['model'])}. Intervals are 95 %.</small></p>"
    body = lead + "".join(f"<h2>{heading}</h2>{content}" for heading, content in sections.items())
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def _metrics(runs: Sequence[Mapping[str, Any]]) -> str:
    def cell(metric: Mapping[str, float] | None) -> str:
        return "<td>{} <small>{} - {}</small></td>".format(*_figures(metric)) if metric else "<td>-</td>"

    rows = ["<th></th>" + "".join(f"<th>{escape(run['name'])}</th>" for run in runs)]
    for name in _names(runs):
        rows.append(f"<td>{escape(name)}</td>" + "".join(cell(run["metrics"].get(name)) for run in runs))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _bars(rows: Sequence[Mapping[str, Any]], metric: str) -> str:
    found = []
    for row in rows:
        if one := row["metrics"].get(metric):
            name = f"{row['name']} ({row['questions']})" if "questions" in row else row["name"]
            found.append((name, one["value"], (one["low"], one["high"])))
    return svg.bars(found, "{:.3f}", 1.0)


def _misses(misses: Sequence[Mapping[str, Any]], shown: Callable[[Mapping[str, Any]], str]) -> str:
    return "".join(
        f"<details><summary>{escape(one['id'])}: {escape(one['question'])}</summary>{shown(one)}</details>"
        for one in misses
    )


def _missed(one: Mapping[str, Any]) -> str:
    def entry(row: Mapping[str, Any], rank: str, quote: str) -> str:
        why = ", ".join(f"{name} {said}" for name, said in row["why"].items())
        return f"<li>{escape(row['label'])}{rank}{_quote(quote)}<small>rank (score): {escape(why)}</small></li>"

    ranks = [f": rank {row['rank']}" if row["rank"] else ": not in the first hundred" for row in one["wanted"]]
    wanted = "".join(entry(row, rank, row["quote"]) for row, rank in zip(one["wanted"], ranks, strict=True))
    came = "".join(entry(row, "", row["text"]) for row in one["came"])
    return f"<p>Wanted</p><ul>{wanted}</ul><p>Came</p><ol>{came}</ol>"


def _faulty(one: Mapping[str, Any]) -> str:
    return (
        f"<p>{escape(', '.join(one['faults']))}</p>"
        f"<p>Wanted: {escape(one['expected'])} {escape(', '.join(one['facts']))}</p>"
        f"{''.join(map(_quote, one['wanted']))}<p>Came: {escape(one['status'])}</p>{_quote(one['answer'])}"
    )


def _quote(text: str) -> str:
    return f"<blockquote>{escape(text)}</blockquote>"
