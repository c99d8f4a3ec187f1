"""What goes wrong on real machines: power lost, disks full, files changed, two at once. tests/soak.py has it at length."""

import ast
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index import encoder, lock, store
from index.policy_index import PolicyIndex
from index.types import IndexFault

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / "tests" / "builder.py"
SOAK = ROOT / "tests" / "soak.py"
MEASURES = "{city}市专利办法\n第一条 企业专利质押贷款由财政贴息。\n第二条 禁止假冒专利。\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def place(folder):
    return folder({f"{city}.txt": MEASURES.format(city=city) for city in ("青岛", "南通", "厦门")})


@pytest.fixture
def model():
    return encoder.load(None)


@pytest.fixture
def built(place, model, tmp_path):
    PolicyIndex.build(place, tmp_path / "index", model)
    return tmp_path / "index"


def documents(directory, model):
    return sorted(document.id for document in PolicyIndex.open(directory, model).tables.documents)


@posix
def test_the_soak_in_short():
    """Builders killed at random points, bits flipped and files cut, writes refused at random points."""
    options = ["--kills=3", "--flips=20", "--limits=2"]
    done = subprocess.run([sys.executable, SOAK, *options], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["broken_off"] + found["swapped_in"] == 3
    assert found["flips_refused"] + found["flips_harmless"] == 20 and found["flips_harmless"] <= 2
    assert found["limits_refused"] == 2


def mount(*options):
    """Whether the system did it."""
    try:
        return subprocess.run(["mount", *map(str, options)], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk):
        pytest.skip("this user cannot mount a disk of two megabytes")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_disk_that_is_really_full(small_disk, place, model):
    PolicyIndex.build(place, small_disk / "index", model)
    before = documents(small_disk / "index", model)
    with (small_disk / "rest").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(bytes(4_096))
    (place / "福州.txt").write_text(MEASURES.format(city="福州") * 50, encoding="utf-8")
    with pytest.raises(IndexFault, match=r"the index cannot be written: .*; the one of before.*--index DIR") as caught:
        PolicyIndex.ensure(place, small_disk / "index", model)
    assert "\n" not in str(caught.value)
    assert documents(small_disk / "index", model) == before
    assert not list((small_disk / "index").glob("*.tmp"))
    (small_disk / "rest").unlink()
    PolicyIndex.ensure(place, small_disk / "index", model)
    assert len(documents(small_disk / "index", model)) == 4


@pytest.fixture
def sealed():
    """sealed(folder) lets nobody write there: of root, who may write anywhere, by a read-only mount."""
    done = []

    def seal(folder):
        if sys.platform != "win32" and os.geteuid() == 0:
            if not (mount("--bind", folder, folder) and mount("-o", "remount,ro,bind", folder)):
                pytest.skip("root writes anywhere, and cannot mount here")
            done.append(lambda: subprocess.run(["umount", "-l", str(folder)], check=True))
        else:
            folder.chmod(0o555)
            done.append(lambda: folder.chmod(0o755))

    yield seal
    for undo in done:
        undo()


@posix
def test_a_folder_that_cannot_be_written(place, built, model, sealed, run):
    """What is up to date is served from it; what is not says where else to build."""
    sealed(built)
    ask = ("index", "search", "假冒专利", "-k", "1", "--corpus", place, "--index", built)
    done = run(*ask)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "第1款" in done.stdout.decode()
    (place / "福州.txt").write_text(MEASURES.format(city="福州"), encoding="utf-8")
    done = run(*ask)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"cannot be written: " in done.stderr and b"--index DIR" in done.stderr
    assert len(documents(built, model)) == 3


@posix
def test_a_folder_where_none_can_be_made(place, model, tmp_path, sealed):
    (tmp_path / "sealed").mkdir()
    sealed(tmp_path / "sealed")
    with pytest.raises(IndexFault, match=r"cannot be written: .*; give a folder that can be: --index DIR"):
        PolicyIndex.ensure(place, tmp_path / "sealed" / "index", model)


def test_corrupt_documents_among_good_ones(place, model, tmp_path):
    (place / "broken.txt").write_bytes(b"\0\1\2")
    (place / "broken.docx").write_bytes(b"PK\3\4 cut off")
    (place / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (place / "empty.md").write_bytes(b"")
    said = []
    index = PolicyIndex.ensure(place, tmp_path / "index", model, said.append)
    assert sorted(document.id for document in index.tables.documents) == ["南通.txt", "厦门.txt", "青岛.txt"]
    left_out = [line for line in said if line.startswith("left out: ")]
    assert sorted(Path(line.split(": ")[1]).name for line in left_out) == [
        "broken.docx",
        "broken.pdf",
        "broken.txt",
        "empty.md",
    ]
    assert all("\n" not in line for line in left_out)
    assert len(index.manifest["left_out"]) == 4
    assert index.search("假冒专利", 1)


def test_a_document_that_becomes_corrupt_is_reported_and_comes_back(place, built, model):
    whole = (place / "南通.txt").read_bytes()
    (place / "南通.txt").write_bytes(b"\0")
    index = PolicyIndex.ensure(place, built, model)
    assert documents(built, model) == ["厦门.txt", "青岛.txt"]
    assert "南通.txt" in index.manifest["left_out"][0]
    (place / "南通.txt").write_bytes(whole)
    assert PolicyIndex.ensure(place, built, model).manifest["left_out"] == []
    assert documents(built, model) == ["南通.txt", "厦门.txt", "青岛.txt"]


def begin(place, directory):
    pipe = subprocess.PIPE
    builder = subprocess.Popen(
        [sys.executable, BUILDER, place, directory], stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )
    assert builder.stdout.readline() == "ready\n"
    return builder


def test_of_two_builders_one_waits_and_is_told(place, model, tmp_path):
    directory = tmp_path / "index"
    with lock.hold(directory, pytest.fail):
        waiting = begin(place, directory)
        waiting.stdin.write("\n")
        waiting.stdin.flush()
        line = waiting.stderr.readline()
        assert f"process {os.getpid()} on " in line and "is building this index; waiting for it" in line
        PolicyIndex.build(place, directory, model)
        before = (directory / "current").read_text()
    said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, said
    assert (directory / "current").read_text() == before, "what the first had built is not built again"


def test_two_builders_at_once_leave_one_whole_index(place, model, tmp_path):
    directory = tmp_path / "index"
    builders = [begin(place, directory) for _ in range(2)]
    for builder in builders:
        builder.stdin.write("\n")
        builder.stdin.flush()
    ends = [(builder.communicate(timeout=60), builder.returncode) for builder in builders]
    assert [status for _, status in ends] == [0, 0], ends
    assert documents(directory, model) == ["南通.txt", "厦门.txt", "青岛.txt"]
    assert len(list(directory.glob("generation-*"))) == 1


@posix
def test_the_lock_of_a_killed_builder_holds_nobody(place, model, tmp_path):
    directory = tmp_path / "index"
    code = f"import sys, time; sys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\nfrom index import lock\n"
    code += f"with lock.hold(Path({str(directory)!r}), print):\n    print('held', flush=True)\n    time.sleep(60)\n"
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    told = []
    waiter = threading.Thread(target=lambda: PolicyIndex.ensure(place, directory, model, told.append))
    waiter.start()
    while not told:
        time.sleep(0.01)
    assert f"process {holder.pid}" in told[0]
    holder.kill()
    holder.wait()
    waiter.join(timeout=60)
    assert len(documents(directory, model)) == 3
    with lock.hold(directory, pytest.fail):  # the file that the killed one left locks nothing
        pass


def test_readers_go_on_undisturbed_while_it_is_built_again_and_again(place, built, model):
    reader = PolicyIndex.open(built, model)
    first = reader.search("假冒专利", 3)
    stop, failures = threading.Event(), []

    def read():
        while not stop.is_set():
            if reader.search("假冒专利", 3) != first:
                failures.append("another answer")

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(4):
        (place / "福州.txt").write_text(MEASURES.format(city="福州") + "。" * number, encoding="utf-8")
        PolicyIndex.ensure(place, built, model)
    stop.set()
    thread.join()
    assert failures == []
    assert len(documents(built, model)) == 4


def test_the_index_of_before_can_be_restored(place, built, model, run):
    before = documents(built, model)
    (place / "福州.txt").write_text(MEASURES.format(city="福州"), encoding="utf-8")
    PolicyIndex.ensure(place, built, model)
    generation, _ = store.current(built)
    (generation / "rarity.npy").write_bytes(b"")
    with pytest.raises(IndexFault, match=r"rarity\.npy: the file is damaged.*python -m index restore"):
        PolicyIndex.open(built, model)
    done = run("index", "restore", "--json", "--corpus", place, "--index", built)
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "stale"), done.stderr
    assert documents(built, model) == before
    PolicyIndex.ensure(place, built, model)
    assert len(documents(built, model)) == 4


def test_there_is_nothing_to_restore(built, tmp_path):
    for directory in (built, tmp_path / "nowhere"):
        with pytest.raises(IndexFault, match="holds no other index that is whole; build it anew"):
            store.restore(directory)


def test_status_verifies_every_byte(place, built, run):
    options = ("--corpus", place, "--index", built)
    assert run("index", "status", "--verify", *options).returncode == 0
    path = next(built.glob("generation-*/term_weights.npy"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    done = run("index", "status", "--verify", *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"term_weights.npy: the file is damaged" in done.stderr


def test_what_fails_its_check_is_not_swapped_in(place, built, model, monkeypatch):
    before = (built / "current").read_text()
    (place / "福州.txt").write_text(MEASURES.format(city="福州"), encoding="utf-8")
    monkeypatch.setattr(PolicyIndex, "nearest_cosine", lambda self, vector: 0.1)
    with pytest.raises(
        IndexFault, match=r"does not find a clause of .* by its own words; the one of before stays in use"
    ):
        PolicyIndex.ensure(place, built, model)
    monkeypatch.undo()
    assert (built / "current").read_text() == before
    assert len(documents(built, model)) == 3
    assert not list(built.glob("*.tmp"))


PICKLES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
SOURCES = [
    path for path in ROOT.rglob("*.py") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
]


def test_no_pickle_anywhere():
    assert len(SOURCES) > 50
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [name.name for name in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & PICKLES, path
            if isinstance(node, ast.Call):
                allowed = [word.value for word in node.keywords if word.arg == "allow_pickle"]
                assert all(isinstance(value, ast.Constant) and value.value is False for value in allowed), path
                if path.is_relative_to(ROOT / "index") and ast.unparse(node.func) in ("np.load", "np.save"):
                    assert allowed, f"{path}: np.load and np.save take allow_pickle=False"
