import json
import subprocess
import sys
import time

import pytest


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments], capture_output=True, text=True, encoding="utf-8", **options
    )


@pytest.fixture(scope="module")
def folder(index_folder):
    return ["--index", str(index_folder)]


def test_ask_prints_the_answer_in_the_form_of_the_contract(folder):
    done = run("ask", "青岛补多少利息", "--json", *folder)
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"id", "question", "language", "status", "answer", "warnings", "seconds"} < set(answer)
    (citation, *_) = answer["citations"]
    assert citation["quote"] in citation["text"]
    assert citation["city"] == "青岛"
    assert [hit["rank"] for hit in answer["retrieved"]] == list(range(1, 11))
    assert answer["related"] == []


def test_ask_imports_nothing_slow(folder):
    watched = "import sys, runpy; sys.argv = ['qa', 'ask', '青岛贴息', *sys.argv[1:]]\n"
    watched += "try: runpy.run_module('qa', run_name='__main__')\n"
    watched += "finally: print('SLOW', [name for name in ('torch', 'gradio', 'jieba') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", watched, *folder], capture_output=True, text=True, encoding="utf-8")
    slow = done.stdout.rsplit("SLOW", 1)[1]
    assert "torch" not in slow and "gradio" not in slow


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", ""],
        ["ask", "问" * 10_000],
        ["ask", "x", "--city", "Atlantis"],
        ["ask", "x", "--as-of", "yesterday"],
        ["ask", "x", "--corpus", "nowhere"],
        ["ask", "x", "--model", "./nowhere"],
        ["batch", "nowhere.jsonl", "out.jsonl"],
        ["ask"],
        [],
    ],
)
def test_a_users_mistake_is_one_line_and_exit_2(folder, arguments):
    done = run(*arguments, *(folder if arguments else []))
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_batch_answers_the_good_lines_and_names_the_bad_ones(folder, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        '{"id": 1, "question": "青岛补多少利息"}',
        "",
        "not json",
        '{"id": "b", "question": ""}',
        '{"id": "c", "question": "贴息", "city": "厦门", "as_of": "2019-01-01"}',
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    done = run("batch", str(source), str(target), *folder)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 2
    assert [row.get("id") for row in rows] == [1, None, "b", "c"]
    assert [("error" in row, row.get("line")) for row in rows] == [
        (False, None),
        (True, 3),
        (True, 4),
        (False, None),
    ]
    assert {hit["city"] for hit in rows[3]["retrieved"]} == {"厦门"}


def test_batch_names_lines_that_are_no_utf8_or_that_no_program_could_read_back(folder, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = '{"id": 1, "question": "青岛补多少利息"}'.encode()
    bad = [
        '{"id": 2, "question": "青岛补多少利息"}'.encode("gb18030"),
        b'{"id": NaN, "question": "x"}',
        b'{"id": 1e999, "question": "x"}',
        b'{"id": "\\ud800", "question": "x"}',
        b'{"id": 3, "question": "\\udc00"}',
        b'{"id": ' + b"[" * 100_000,
        b'{"id": ' + b"1" * 5_000 + b"}",
        b'["x"]',
    ]
    source.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([good, *bad, good]))
    done = run("batch", str(source), str(target), *folder)

    def refuse(name):
        raise AssertionError(name)

    rows = [json.loads(line, parse_constant=refuse) for line in target.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 2
    assert [row.get("status", row.get("line")) for row in rows] == ["answered", *range(2, 10), "answered"]
    assert all(row["error"].startswith(f"line {row['line']} ") for row in rows[1:-1])


def test_batch_leaves_no_half_written_file(folder, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "青岛贴息"}\n' * 3, encoding="utf-8")
    target = tmp_path / "missing-folder" / "out.jsonl"
    done = run("batch", str(source), str(target), *folder)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == [source]


def test_documents_of_one_title_are_told_apart_and_a_missing_one_is_named(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, year, rate in (("old.txt", 2019, 40), ("new.txt", 2024, 45)):
        (folder / name).write_text(
            f"成都市专利办法\n成知发〔{year}〕7号\n第一条 对专利权质押贷款按利息的{rate}%给予贴息。\n", encoding="utf-8"
        )
    (folder / "catalog.csv").write_text("document,city\nnew.txt,成都\ngone.txt,成都\n", encoding="utf-8")
    done = run("ask", "成都市专利权质押贷款贴息比例是多少", "--corpus", str(folder), "--index", str(tmp_path / "index"))
    assert done.returncode == 0
    assert "gone.txt" in done.stderr
    sources = ("成知发〔2019〕7号; 效力不明; old.txt", "成知发〔2024〕7号; 效力不明; new.txt")
    assert any(source in done.stdout for source in sources)


def test_a_changed_corpus_is_indexed_anew(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("成都市专利办法\n第一条 对专利质押贷款按利息的40%给予贴息。\n", encoding="utf-8")
    options = ["--corpus", str(folder), "--index", str(tmp_path / "index"), "--json"]
    first = json.loads(run("ask", "成都贴息比例多少", *options).stdout)
    assert "40%" in first["answer"] and first["citations"][0]["address"] == ["第一条"]
    (folder / "a.txt").write_text("成都市专利办法\n第一条 对专利质押贷款按利息的45%给予贴息。\n", encoding="utf-8")
    assert "45%" in json.loads(run("ask", "成都贴息比例多少", *options).stdout)["answer"]
    started = time.monotonic()
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00broken\xd8")
    done = run("ask", "成都贴息比例多少", *options)
    assert "b.txt" in done.stderr and done.returncode == 0 and time.monotonic() - started < 30
