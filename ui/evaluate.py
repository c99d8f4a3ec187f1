"""The tab 评测: run a question set over the served corpus, see figures and plots, read the misses."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.types import UserError
from eval import answers, questions, record, retrieval, svg
from eval.task import open_task
from ui.context import Context
from ui.words import both, fault, html, say

_METRICS = {
    "recall@1": ("首条命中", "Recall@1"),
    "recall@5": ("前五命中", "Recall@5"),
    "recall@10": ("前十命中", "Recall@10"),
    "mrr@10": ("倒数排名均值", "MRR@10"),
    "ndcg@10": ("nDCG@10", "nDCG@10"),
    "wrong_document": ("首条文件有误", "Wrong document"),
    "gold_cited": ("引到正确条文", "Right clause cited"),
    "citation_precision": ("引用准确", "Citation precision"),
    "citation_recall": ("引用完整", "Citation recall"),
    "figures": ("数字正确", "Figures right"),
    "refusal_recall": ("该拒答时拒答", "Refusals made"),
    "false_refusals": ("误拒答", "False refusals"),
    "verbatim": ("引文与原文一致", "Verbatim quotes"),
}
_HEADLINES = ("recall@5", "mrr@10", "gold_cited", "citation_precision", "figures", "false_refusals")


def tab(context: Context) -> None:
    """Lay out the tab and wire it."""

    def run(
        name: str, path: str | None, half: str, modes: list[str], answering: bool, progress: gr.Progress = gr.Progress()
    ) -> str:
        served = context.served
        try:
            progress(0, desc="…")
            task = open_task(path or name, half, served.folder)  # type: ignore[arg-type]
            steps = [*modes, *(["answers"] if answering else [])]
            runs = []
            for number, mode in enumerate(modes):
                progress(number / len(steps), desc=mode)
                runs.append(retrieval.run(task, served.index, retrieval.MODES[mode]))
            found = record.of_retrieval(task, runs) if runs else None
            answered = None
            if answering and not task.outside:
                progress(len(modes) / len(steps), desc="answers")
                answered = record.of_answers(task, answers.run(task, served.index))
        except UserError as error:
            return fault(error, (path or name, Path(path or name).name))
        return result_html(found, answered)

    lead = both(
        "用一组有标准答案的问题测量检索与回答。",
        "Measure retrieval and answers with questions whose clauses are known.",
    )
    form = both(
        "自己的问题集:CSV 或 JSONL,格式见 docs/evaluation.md。", "Your own set: CSV or JSONL; docs/evaluation.md."
    )
    html(f'<p class="lead">{lead} {form}</p>')
    with gr.Row(equal_height=True):
        sets = sorted(path.stem for path in questions.OWN.glob("*.jsonl"))
        name = gr.Dropdown(sets, value="policies", label=say("问题集", "Question set"), scale=2, elem_id="set")
        half = gr.Dropdown(["dev", "test", "all"], value="dev", label=say("部分", "Part"), scale=1, min_width=90)
        modes = gr.CheckboxGroup(
            list(retrieval.MODES), value=["hybrid", "bm25"], label=say("检索方法", "Retrievers"), scale=4, min_width=240
        )
    with gr.Row():
        own = gr.File(
            file_types=[".csv", ".jsonl"],
            label=say("自己的问题集", "Your own set"),
            height=120,
            scale=3,
            elem_id="own-set",
        )
        with_answers = gr.Checkbox(True, label=say("同时评测回答", "Measure answers too"), scale=2, min_width=140)
        start = gr.Button(say("开始评测", "Run"), variant="primary", scale=1, min_width=100, elem_id="run")
    result = html("", elem_id="measured")
    start.click(run, [name, own, half, modes, with_answers], result, api_visibility="private")


def result_html(found: Mapping[str, Any] | None, answered: Mapping[str, Any] | None) -> str:
    """Headlines, all metrics with their intervals, plots, and the misses."""
    parts = [_headlines(found, answered)]
    if found:
        parts.append(_table(found["runs"]))
        curves = {run["name"]: run["curve"] for run in found["runs"]}
        parts.append(f'<div class="panel"><h3>{both("名次与命中", "Recall by rank")}</h3>')
        parts.append(f'<div class="plot">{svg.lines(curves, "rank", "recall")}</div></div>')
        parts.append(_slices(found["slices"], "recall@5"))
    if answered:
        parts.append(_table(answered["runs"]))
        parts.append(_slices(answered["slices"], "gold_cited"))
    if found:
        rows = "".join(_missed(miss) for miss in found["misses"])
        head = both(
            f"前五条未找全的问题:{len(found['misses'])}", f"Not all found in the first five: {len(found['misses'])}"
        )
        parts.append(f'<div class="panel misses"><h3>{head}</h3>{rows}</div>')
    if answered:
        rows = "".join(_faulty(miss) for miss in answered["misses"])
        head = both(f"回答有误的问题:{len(answered['misses'])}", f"Answers with a fault: {len(answered['misses'])}")
        parts.append(f'<div class="panel misses"><h3>{head}</h3>{rows}</div>')
    return "".join(parts)


def _headlines(found: Mapping[str, Any] | None, answered: Mapping[str, Any] | None) -> str:
    metrics = {
        name: one
        for part in (found, answered)
        if part
        for name, one in part["runs"][0]["metrics"].items()
        if name in _HEADLINES
    }
    cards = "".join(
        f'<div class="figure"><b>{one["value"] * 100:.1f}%</b>{both(*_METRICS[name])}'
        f"<small>{one['low'] * 100:.0f}–{one['high'] * 100:.0f}%</small></div>"
        for name, one in metrics.items()
    )
    some = found or answered
    if not some:
        return f'<p class="note">{both("请选择要评测的内容。", "Choose what to measure.")}</p>'
    count = both(f"{some['questions']} 个问题,95% 区间", f"{some['questions']} questions, 95% intervals")
    return f'<p class="lead">{escape(some["set"])} · {count}</p><div class="figures">{cards}</div>'


def _table(runs: Sequence[Mapping[str, Any]]) -> str:
    names = [name for name in _METRICS if any(name in run["metrics"] for run in runs)]
    heads = "".join(f'<th scope="col">{escape(run["name"])}</th>' for run in runs)
    rows = "".join(
        f'<tr><th scope="row">{both(*_METRICS[name])}</th>'
        f"{''.join(_figure(run['metrics'].get(name)) for run in runs)}</tr>"
        for name in names
    )
    times = "".join(f"<td>{run['milliseconds']['p50']:.0f} / {run['milliseconds']['p95']:.0f} ms</td>" for run in runs)
    times = f'<tr><th scope="row">{both("用时(中位数/95%)", "Time (median / 95%)")}</th>{times}</tr>'
    head = f"<thead><tr><th></th>{heads}</tr></thead>"
    return f'<div class="matrix" tabindex="0"><table>{head}<tbody>{rows}{times}</tbody></table></div>'


def _figure(one: Mapping[str, float] | None) -> str:
    return f"<td>{one['value']:.3f} <small>{one['low']:.3f}–{one['high']:.3f}</small></td>" if one else "<td>—</td>"


def _slices(rows: Sequence[Mapping[str, Any]], metric: str) -> str:
    bars = [
        (f"{row['name']} ({row['questions']})", one["value"], (one["low"], one["high"]))
        for row in rows
        if (one := row["metrics"].get(metric))
    ]
    if not bars:
        return ""
    zh, en = _METRICS[metric]
    head = both(f"{zh},按部分", f"{en} by part")
    plot = f'<div class="plot">{svg.bars(bars, "{:.3f}", 1.0)}</div>'
    return f'<div class="panel"><details><summary>{head}</summary>{plot}</details></div>'


def _missed(miss: Mapping[str, Any]) -> str:
    wanted = "".join(
        f'<li>{escape(row["label"])} · {_rank(row["rank"])}<div class="context">{escape(row["quote"])}</div></li>'
        for row in miss["wanted"]
    )
    came = "".join(
        f'<li>{escape(row["label"])}<div class="context">{escape(row["text"])}</div></li>' for row in miss["came"]
    )
    return (
        f"<details><summary>{escape(miss['question'])}</summary><p>{both('应找到', 'Wanted')}</p><ul>{wanted}</ul>"
        f"<p>{both('找到的', 'Came')}</p><ol>{came}</ol></details>"
    )


def _rank(rank: int | None) -> str:
    return both(f"第 {rank} 名", f"rank {rank}") if rank else both("前百名之外", "not in the first hundred")


def _faulty(miss: Mapping[str, Any]) -> str:
    wrong = ", ".join(miss["faults"])
    wanted = "".join(f'<div class="context">{escape(quote)}</div>' for quote in miss["wanted"])
    return (
        f"<details><summary>{escape(miss['question'])} <small>{escape(wrong)}</small></summary>"
        f"<p>{both('应为', 'Wanted')}: {escape(miss['expected'])} {escape(', '.join(miss['facts']))}</p>{wanted}"
        f"<p>{both('回答', 'Came')}: {escape(miss['status'])}</p>"
        f'<div class="context">{escape(miss["answer"])}</div></details>'
    )
