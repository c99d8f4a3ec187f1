"""Everything that is measured of a set, as one JSON file and one HTML page that needs nothing else."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval import svg

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .2rem .7rem; border-bottom: 1px solid #d8dee6 }
td + td, th + th { text-align: right } h2 { margin-top: 2.5rem } details { margin: .4rem 0 } summary { cursor: pointer }
small { color: #5b6775 } blockquote { margin: .2rem 0 .2rem 1rem } svg { max-width: 100%; height: auto }
"""


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
    retrieval, answers, ablation = (found.get(name) for name in ("retrieval", "answers", "ablation"))
    title = f"{found['set']}, half {found['half']}, {found['version']}"
    parts = [f"<h1>{escape(title)}</h1><p><small>Model {escape(found['model'])}. Intervals are 95 %.</small></p>"]
    if retrieval:
        parts += [f"<h2>Retrieval: {retrieval['questions']} questions</h2>", _metrics(retrieval["runs"])]
        curves = {run["name"]: run["curve"] for run in retrieval["runs"]}
        parts += ["<h2>Recall by rank</h2>", svg.lines(curves, "rank", "share of needs met")]
        parts += ["<h2>Recall@5 by part</h2>", _bars(retrieval["slices"], "recall@5")]
    if ablation:
        parts += ["<h2>Ablations: recall@5</h2>", _bars(ablation["runs"], "recall@5")]
    if answers:
        parts += [f"<h2>Answers: {answers['questions']} questions</h2>", _metrics(answers["runs"])]
        parts += ["<h2>Gold clause cited, by part</h2>", _bars(answers["slices"], "gold_cited")]
    timed = [run for part in (retrieval, answers) if part for run in part["runs"]]
    latency = [(f"{run['name']}, median", run["milliseconds"]["p50"], None) for run in timed]
    latency += [(f"{run['name']}, 95 %", run["milliseconds"]["p95"], None) for run in timed]
    parts += ["<h2>Milliseconds a question</h2>", svg.bars(sorted(latency), "{:.1f} ms")]
    if retrieval:
        parts += [f"<h2>Not all found in the first five: {len(retrieval['misses'])}</h2>"]
        parts += [_missed(one) for one in retrieval["misses"]]
    if answers:
        parts += [f"<h2>Answers with a fault: {len(answers['misses'])}</h2>"]
        parts += [_faulty(one) for one in answers["misses"]]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _metrics(runs: Sequence[Mapping[str, Any]]) -> str:
    names = dict.fromkeys(name for run in runs for name in run["metrics"])
    head = "".join(f"<th>{escape(run['name'])}</th>" for run in runs)
    body = "".join(
        f"<tr><td>{escape(name)}</td>{''.join(_cell(run['metrics'].get(name)) for run in runs)}</tr>" for name in names
    )
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _cell(metric: Mapping[str, float] | None) -> str:
    if metric is None:
        return "<td>-</td>"
    form = ".0f" if metric["value"] > 1 else ".3f"
    return f"<td>{metric['value']:{form}} <small>{metric['low']:{form}} - {metric['high']:{form}}</small></td>"


def _bars(rows: Sequence[Mapping[str, Any]], metric: str) -> str:
    found = []
    for row in rows:
        if one := row["metrics"].get(metric):
            name = f"{row['name']} ({row['questions']})" if "questions" in row else row["name"]
            found.append((name, one["value"], (one["low"], one["high"])))
    return svg.bars(found, "{:.3f}", 1.0)


def _missed(one: Mapping[str, Any]) -> str:
    wanted = "".join(
        f"<li>{escape(row['label'])}: {'rank ' + str(row['rank']) if row['rank'] else 'not in the first hundred'}"
        f"<blockquote>{escape(row['quote'])}</blockquote>{_why(row['why'])}</li>"
        for row in one["wanted"]
    )
    came = "".join(
        f"<li>{escape(row['label'])}<blockquote>{escape(row['text'])}</blockquote>{_why(row['why'])}</li>"
        for row in one["came"]
    )
    return f"{_summary(one)}<p>Wanted</p><ul>{wanted}</ul><p>Came</p><ol>{came}</ol></details>"


def _faulty(one: Mapping[str, Any]) -> str:
    wanted = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in one["wanted"])
    facts = escape(", ".join(one["facts"]))
    return (
        f"{_summary(one)}<p>{escape(', '.join(one['faults']))}</p><p>Wanted: {escape(one['expected'])} {facts}</p>"
        f"{wanted}<p>Came: {escape(one['status'])}</p><blockquote>{escape(one['answer'])}</blockquote></details>"
    )


def _summary(one: Mapping[str, Any]) -> str:
    return f"<details><summary>{escape(one['id'])}: {escape(one['question'])}</summary>"


def _why(signals: Mapping[str, str]) -> str:
    return f"<small>rank (score): {escape(', '.join(f'{name} {said}' for name, said in signals.items()))}</small>"
