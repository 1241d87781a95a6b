"""Imports of the single files app.py, cli.py and settings.py; the packages' are in pyproject's contracts."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINES = {"bm25s", "chromadb", "langchain", "langchain_core", "langchain_openai", "sentence_transformers"}
FORBIDDEN = {
    "app.py": ENGINES | {"cli"},
    "cli.py": ENGINES | {"app", "pages", "streamlit"},
    "settings.py": ENGINES | {"app", "chain", "cli", "ingest", "pages", "prompts", "vectorstore"},
}


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_door_imports_nothing_that_is_not_its_own(name):
    assert not FORBIDDEN[name] & set(imported(ROOT / name))
