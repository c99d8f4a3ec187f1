"""Faults at full length: builders killed at random points, bits flipped, the disk filled. `make soak`, or in part:

python tests/soak.py --kills 200 --flips 300 --limits 60 [--seed N]

Each fault is real (kill -9, a changed file, a refused write), and after each the index must be one that was whole, hold
every document of its version, and answer from it, or say in one line what is wrong and how to mend it.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import encoder, store
from index.policy_index import PolicyIndex
from index.types import IndexFault

BUILDER = Path(__file__).with_name("builder.py")
DOCUMENTS = 60
QUESTION = "专利质押贷款贴息多少"


def write_version(folder: Path, version: int) -> None:
    """A corpus of which each document names the version; a third of them are new in each."""
    folder.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        said = version if number % 3 == version % 3 or version == 0 else None
        if said is None:
            continue
        articles = "".join(f"第{n}条 企业专利质押贷款由财政贴息{n}%,第{said}版,文件{number}。\n" for n in range(1, 25))
        (folder / f"{number:03}.txt").write_text(f"青岛市专利质押办法{number}\n{articles}", encoding="utf-8")


def texts_of(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}


class Builder:
    """A builder that is ready to begin."""

    def __init__(self, folder: Path, directory: Path, *limit: int) -> None:
        command = [sys.executable, str(BUILDER), str(folder), str(directory), *map(str, limit)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n", self.process.communicate()[1]

    def begin(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> tuple[int, str]:
        """Its exit status and what it said on standard error."""
        said = self.process.communicate(timeout=120)[1]
        return self.process.returncode, said


def serves(directory: Path, versions: list[dict[str, str]]) -> int:
    """The number of the version that an index serves, after looking at every document of it and at an answer."""
    index = PolicyIndex.open(directory, encoder.load(None))
    held = {document.id: document.text for document in index.tables.documents}
    assert held in versions, "the index holds no version of the corpus as it was"
    for document in index.tables.documents:
        clauses = index.tables.clauses_of(document.id)
        assert len(clauses) == 24
        assert all(clause.text == document.text[clause.start : clause.end] for clause in clauses)
    hits = index.search(QUESTION, 5)
    assert len(hits) == 5 and all(hit.clause.text in held[hit.clause.document] for hit in hits)
    return versions.index(held)


def kills(place: Path, count: int, chance: random.Random) -> dict[str, int]:
    """Kill builders at random points. How many broke off, and how many had swapped their generation in already."""
    folder, directory = place / "documents", place / "index"
    write_version(folder, 0)
    versions = [texts_of(folder)]
    builder = Builder(folder, directory)
    started = time.perf_counter()
    builder.begin()
    assert builder.end()[0] == 0
    takes = time.perf_counter() - started
    found = {"kills": count, "broken_off": 0, "swapped_in": 0}
    for version in range(1, count + 1):
        write_version(folder, version)
        versions = [versions[serves(directory, versions)], texts_of(folder)]
        builder = Builder(folder, directory)
        builder.begin()
        time.sleep(chance.uniform(0, takes))
        builder.kill()
        found["swapped_in" if serves(directory, versions) else "broken_off"] += 1
    builder = Builder(folder, directory)
    builder.begin()
    assert builder.end()[0] == 0
    assert serves(directory, [texts_of(folder)]) == 0
    left = sorted(
        path.name for path in directory.iterdir() if path.suffix == ".tmp" or path.name.startswith("current.")
    )
    assert not left, f"left behind: {left}"
    assert len(list(directory.glob("generation-*"))) <= 2
    return found


def flips(place: Path, count: int, chance: random.Random) -> dict[str, int]:
    """Change one bit, or cut the end off, of a random file of an index: it must refuse, name the file, and be mended."""
    folder, directory = place / "documents", place / "index"
    write_version(folder, 0)
    versions = [texts_of(folder)]
    PolicyIndex.build(folder, directory, encoder.load(None))
    found = {"flips": count, "flips_refused": 0, "flips_harmless": 0}
    for _ in range(count):
        generation = directory / (directory / "current").read_text(encoding="utf-8")
        path = chance.choice(sorted(generation.iterdir()))
        whole = path.read_bytes()
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else bytes(changed))
        try:
            serves(directory, versions)  # of the manifest, a blank may be any other blank
            found["flips_harmless"] += 1
            assert path.name == "manifest.json"
        except IndexFault as error:
            assert path.name in str(error) or path.name == "manifest.json", error
            assert "python -m index build --force" in str(error) and "\n" not in str(error)
            found["flips_refused"] += 1
        path.write_bytes(whole)
    assert serves(directory, versions) == 0
    return found


def limits(place: Path, count: int, chance: random.Random) -> dict[str, int]:
    """Refuse writes at random lengths of a file: the builder says so in one line, and what was there is still served."""
    folder, directory = place / "documents", place / "index"
    write_version(folder, 0)
    versions = [texts_of(folder)]
    PolicyIndex.build(folder, directory, encoder.load(None))
    _, manifest = store.current(directory) or (None, {"files": {}})
    largest = max(file["bytes"] for file in manifest["files"].values())
    found = {"limits": count, "limits_refused": 0}
    for version in range(1, count + 1):
        write_version(folder, version)
        builder = Builder(folder, directory, chance.randrange(largest))
        builder.begin()
        status, said = builder.end()
        lines = [line for line in said.splitlines() if "cannot be written" in line]
        assert status == 2 and len(lines) == 1 and "Traceback" not in said, said
        assert "--index DIR" in lines[0]
        assert serves(directory, versions) == 0
        assert not list(directory.glob("*.tmp"))
        found["limits_refused"] += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    for name, count in (("kills", 200), ("flips", 300), ("limits", 60)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    chosen = parser.parse_args()
    found: dict[str, int] = {"seed": chosen.seed}
    for run in (kills, flips, limits):
        if count := getattr(chosen, run.__name__):
            with tempfile.TemporaryDirectory() as place:
                found |= run(Path(place), count, random.Random(chosen.seed))
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
