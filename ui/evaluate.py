"""The tab 评测: run a question set over the served corpus, see figures and plots, read the misses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import gradio as gr

from corpus.types import UserError
from eval import answers, outside, questions, record, retrieval, svg
from eval.task import open_task
from qa.wording import city_name
from ui.clauses import context as beside
from ui.context import Context
from ui.shapes import QUIET, each, folded, html, labelled, lead, table
from ui.words import both, busy, fault, named, note, say

_METRICS = named(
    "recall@1 首条命中 Recall@1; recall@5 前五命中 Recall@5; recall@10 前十命中 Recall@10;"
    "mrr@10 倒数排名均值 MRR@10; ndcg@10 nDCG@10 nDCG@10; wrong_document 首条文件有误 Wrong document;"
    "gold_cited 引到正确条文 Right clause cited; citation_precision 引用准确 Citation precision;"
    "citation_recall 引用完整 Citation recall; figures 数字正确 Figures right;"
    "refusal_recall 该拒答时拒答 Refusals made; false_refusals 误拒答 False refusals;"
    "contradicted_found 指出错误前提 Wrong premises found; false_contradictions 误判前提错误 Premises wrongly denied;"
    "verbatim 引文与原文一致 Verbatim quotes"
)
_HEADLINES = ("recall@5", "mrr@10", "gold_cited", "citation_precision", "figures", "false_refusals")
# What the evaluation calls by short English names.
_WORDS = _METRICS | named(
    "policies 随附政策文件 The shipped policies; hard 较难问题 Harder questions; dev 开发集 Dev; test 测试集 Test;"
    "all 全部 All; hybrid 混合 Hybrid; bm25 关键词（BM25） Keywords (BM25); dense 向量 Vectors;"
    "token 词对齐 Token matching; answers 回答 Answers; answered 已回答 answered; no_evidence 未找到依据 no evidence;"
    "contradicted 与文件不符 contradicted; language 语言 language; tag 类别 tag; kind 所问 kind; city 城市 city;"
    "needs 所需条文 clauses needed; overlap 与条文用词重合 words shared with the clause; zh 中文 Chinese;"
    "en 英文 English; several 多个 several; low 低 low; high 高 high; colloquial 口语 colloquial; table 表格 table;"
    "summary 概括 summary; comparison 比较 comparison; traditional 繁体 traditional script;"
    "typo 错别字 typing errors; premise 错误前提 wrong premise; nocity 未提城市 no city named;"
    "metadata 文件信息 metadata; amount 金额 amount; rate 比例 rate; count 数量 count; date 日期 date;"
    "department 部门 department; condition 条件 condition; list 列举 list; definition 定义 definition;"
    "measure 措施 measure; validity 效力 validity; yesno 是非 yes or no; compare 比较 comparison"
)


def tab(context: Context) -> None:
    """Lay out the tab and wire it."""

    def run(name: str, path: str | None, half: str, modes: list[str], answering: bool) -> Iterator[str]:
        served, steps = context.served, len(modes) + answering

        def step(number: int, name: str) -> str:
            zh, en = _WORDS[name]
            return busy(f"正在评测：{zh}（{number}/{steps}）……", f"Measuring: {en} ({number} of {steps})…")

        yield busy("正在读取问题集……", "Reading the questions…")
        try:
            task = open_task(path or name, half, served.folder)  # type: ignore[arg-type]
            runs = []
            for number, mode in enumerate(modes, 1):
                yield step(number, mode)
                runs.append(retrieval.run(task, served.index, retrieval.MODES[mode]))
            found = record.of_retrieval(task, runs) if runs else None
            answered = None
            if answering and not task.outside:
                yield step(steps, "answers")
                answered = record.of_answers(task, answers.run(task, served.index))
        except UserError as error:
            yield fault(error, path or name)
        else:
            yield result_html(found, answered)

    lead(
        "用一组已知标准答案的问题测量检索与回答。自己的问题集为 CSV 或 JSONL，格式见 docs/evaluation.md。",
        "Measure retrieval and answers with questions whose clauses are known. Your own set is a CSV or JSONL file; "
        "docs/evaluation.md has its columns.",
    )
    with gr.Row(equal_height=True):
        # Sets about documents that are not served, outside or their own, are measured by the command.
        own = {path.stem for path in questions.OWN.glob("*.jsonl") if not path.with_suffix("").is_dir()}
        sets = sorted(own - set(outside.FILES), reverse=True)
        options = {"choices": _choices(sets), "value": "policies", "elem_id": "set"}
        name = labelled(gr.Dropdown, "问题集", "Question set", 3, 170, **options)
        parts = _choices(("dev", "test", "all"))
        half = labelled(gr.Dropdown, "部分", "Part", 2, 130, choices=parts, value="dev")
        options = {"choices": _choices(retrieval.MODES), "value": ["hybrid", "bm25"]}
        modes = labelled(gr.CheckboxGroup, "检索方法", "Retrievers", 5, 320, **options)
    own_label = say("或上传自己的问题集", "Or a set of your own")
    own = gr.File(file_types=[".csv", ".jsonl"], label=own_label, height=120, elem_id="own-set")
    with gr.Row(equal_height=True):
        start = gr.Button(say("开始评测", "Run"), variant="primary", scale=0, min_width=140, elem_id="run")
        with_answers = labelled(gr.Checkbox, "同时评测回答", "Measure answers too", 1, 160, value=True)
    result = html("", elem_id="measured")
    start.click(run, [name, own, half, modes, with_answers], result, **QUIET)


def _choices(names: Iterable[str]) -> list[tuple[Any, str]]:
    return [(say(*_WORDS.get(name, (name, name))), name) for name in names]


def _word(name: str) -> str:
    return both(*_WORDS.get(name, (name, name)))


def result_html(found: Mapping[str, Any] | None, answered: Mapping[str, Any] | None) -> str:
    """Headlines, all metrics with their intervals, plots, and the misses."""
    if not found and not answered:
        return note(both("请至少选择一种检索方法，或评测回答。", "Choose a retriever, or measure answers."))
    figures, misses = _headlines(found, answered), ""
    if found:
        figures += _table(found["runs"]) + _curves(found["runs"]) + _slices(found["slices"], "recall@5")
        misses += _misses("前五条未找全的问题", "Not all found in the first five", found["misses"], _missed)
    if answered:
        figures += _table(answered["runs"]) + _slices(answered["slices"], "gold_cited")
        misses += _misses("回答有误的问题", "Answers with a fault", answered["misses"], _faulty)
    return figures + misses


def _headlines(found: Mapping[str, Any] | None, answered: Mapping[str, Any] | None) -> str:
    some, *others = filter(None, (found, answered))
    cards = "".join(
        f'<div class="figure"><b>{one["value"]:.1%}</b>{_word(name)}'
        f"<small>{one['low'] * 100:.0f}–{one['high']:.0%}</small></div>"
        for part in (some, *others)
        for name, one in part["runs"][0]["metrics"].items()
        if name in _HEADLINES
    )
    count = both(f"{some['questions']} 个问题，95% 区间", f"{some['questions']} questions, 95% intervals")
    return f'<p class="lead">{_word(some["set"])} · {count}</p><div class="figures">{cards}</div>'


def _table(runs: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        f'<th scope="row">{_word(name)}</th>'
        + each("td", (_figure(run["metrics"][name]) if name in run["metrics"] else "—" for run in runs))
        for name in _METRICS
        if any(name in run["metrics"] for run in runs)
    ]
    times = (f"{run['milliseconds']['p50']:.0f} / {run['milliseconds']['p95']:.0f} ms" for run in runs)
    rows.append(f'<th scope="row">{both("用时（中位数 / 95%）", "Time (median / 95%)")}</th>{each("td", times)}')
    return table("matrix", ["", *(_word(run["name"]) for run in runs)], rows)


def _figure(one: Mapping[str, float]) -> str:
    return f"{one['value']:.3f} <small>{one['low']:.3f}–{one['high']:.3f}</small>"


def _curves(runs: Sequence[Mapping[str, Any]]) -> str:
    plots = ""
    for number, language in enumerate(("zh", "en")):
        curves = {_WORDS[run["name"]][number]: run["curve"] for run in runs}
        plot = svg.lines(curves, ("名次", "rank")[number], ("命中率", "recall")[number])
        plots += f'<div class="plot {language}" tabindex="0">{plot}</div>'
    return f'<div class="panel"><h3>{both("前若干条的命中率", "Recall by rank")}</h3>{plots}</div>'


def _slices(rows: Sequence[Mapping[str, Any]], metric: str) -> str:
    bars = "".join(
        f"<dt>{_part(row['name'])} <small>{row['questions']}</small></dt>"
        f'<dd><i style="width:{one["value"]:.1%}"></i></dd><dd>{_figure(one)}</dd>'
        for row in rows
        if (one := row["metrics"].get(metric))
    )
    zh, en = _METRICS[metric]
    kinds = both(f"{zh}，分类", f"{en} by kind of question")
    return folded(kinds, f'<dl class="bars">{bars}</dl>', "panel") if bars else ""


def _part(name: str) -> str:
    key, _, value = name.partition("=")
    named = both(value, city_name(value, "en")) if key == "city" and value not in _WORDS else _word(value)
    return f"{_word(key)}{both('：', ': ')}{named}"


def _misses(zh: str, en: str, misses: Sequence[Any], shown: Callable[[Mapping[str, Any]], str]) -> str:
    rows = "".join(map(shown, misses)) or f"<p>{both('没有。', 'None.')}</p>"
    return f'<div class="panel misses"><h3>{both(f"{zh}：{len(misses)}", f"{en}: {len(misses)}")}</h3>{rows}</div>'


def _missed(miss: Mapping[str, Any]) -> str:
    wanted = (f"{escape(row['label'])} · {_rank(row['rank'])}{beside(row['quote'])}" for row in miss["wanted"])
    came = (escape(row["label"]) + beside(row["text"]) for row in miss["came"])
    inside = (
        f"<p>{both('应找到', 'Expected')}</p><ul>{each('li', wanted)}</ul>"
        f"<p>{both('找到的', 'Found')}</p><ol>{each('li', came)}</ol>"
    )
    return folded(escape(miss["question"]), inside)


def _rank(rank: int | None) -> str:
    return both(f"第 {rank} 名", f"rank {rank}") if rank else both("前百名之外", "not in the first hundred")


def _faulty(miss: Mapping[str, Any]) -> str:
    wrong = both("，", ", ").join(map(_word, miss["faults"]))
    inside = (
        f"<p>{both('应为', 'Expected')} · {_word(miss['expected'])} {escape(', '.join(miss['facts']))}</p>"
        f"{''.join(map(beside, miss['wanted']))}"
        f"<p>{both('实际', 'Given')} · {_word(miss['status'])}</p>{beside(miss['answer'])}"
    )
    return folded(f"{escape(miss['question'])} <small>{both('未达到：', 'failed: ')}{wrong}</small>", inside)
