"""Who may import whom: app -> api -> qa -> index -> corpus; eval -> qa, index, corpus."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY = {
    "corpus": set(),
    "index": {"corpus"},
    "qa": {"index", "corpus"},
    "eval": {"qa", "index", "corpus"},
    "api": {"qa", "index", "corpus"},
    "app": {"ui", "api", "eval", "qa", "index", "corpus"},
    "ui": {"api", "eval", "qa", "index", "corpus"},
}
# A library -> the only files that may import it.
ONLY = {
    "gradio": ("app.py", "ui/"),
    "langchain": ("qa/chat.py", "index/langchain.py"),
    "langchain_core": ("qa/chat.py", "index/langchain.py"),
    "langchain_openai": ("qa/chat.py", "index/langchain.py"),
    "faiss": ("index/dense.py",),
    "rank_bm25": ("index/bm25.py",),
    "pymilvus": ("index/milvus.py",),
}
SLOW = {"torch", "sentence_transformers", "transformers"}  # seconds to import
FILES = [
    path.relative_to(ROOT)
    for path in [*ROOT.glob("*.py"), *(path for name in MAY for path in (ROOT / name).rglob("*.py"))]
]


def imported(nodes):
    """The modules that statements import, whole: "index.types", "faiss"."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module if not node.level else "."


def modules(path, *, top=False):
    """The first part of each module that a file imports; `top`: only those imported with the module itself."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    nodes = _with_the_module(tree.body) if top else ast.walk(tree)
    return {name.split(".")[0] for name in imported(nodes)}


def _with_the_module(body):
    """Statements that run when a module is imported: all but those inside functions and `if TYPE_CHECKING`."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _with_the_module(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))
        for handler in getattr(node, "handlers", []):
            yield from _with_the_module(handler.body)


def test_there_are_files_to_look_at():
    assert {"corpus", "index", "qa"} <= {path.parts[0] for path in FILES}
    assert {"numpy", "index"} <= modules("index/dense.py", top=True)
    assert "faiss" in modules("index/dense.py") - modules("index/dense.py", top=True)
    assert "sentence_transformers" in modules("index/encoder.py") - modules("index/encoder.py", top=True)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_downward(path):
    layer = path.parts[0].removesuffix(".py")
    found = modules(path) & set(MAY)
    assert found <= MAY.get(layer, set()) | {layer}
    assert "." not in modules(path), "imports are written out whole"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_library_is_imported_in_its_place_only(path):
    for library in modules(path) & set(ONLY):
        assert str(path.as_posix()).startswith(ONLY[library]), f"{library} belongs to {', '.join(ONLY[library])}"


@pytest.mark.parametrize("path", [path for path in FILES if "training" not in path.parts], ids=str)
def test_nothing_slow_is_imported_with_a_module(path):
    assert not modules(path, top=True) & SLOW


def test_the_import_of_a_name_hides_no_builtin():
    for path in FILES:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert "eval" not in {name.asname or name.name for name in node.names}, path
