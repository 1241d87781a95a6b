import re
from pathlib import Path

import pytest

from domain.documents import DocumentKind
from domain.errors import StoreError
from prompts.wording import LANGUAGES, Wording, blanks, catalogue

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "ingest", "vectorstore", "chain")
RAISED = re.compile(r'\b(?:Usage|Read|Store|Embedder|Settings|Model)Error\(\s*"([a-z_0-9]+)"')
WARNED = re.compile(r'\b(?:RawWarning\(|ReadWarning\([^,]+,|\.warn\([^,]+(?:\([^)]*\))?,)\s*"([a-z_0-9]+)"')
NOTED = re.compile(r'notify\(\s*"([a-z_0-9]+)"')


def sources_of_the_program():
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")
    yield from (ROOT / name for name in ("cli.py", "settings.py"))


def without_wording(section, pattern):
    return {
        (code, path.relative_to(ROOT).as_posix())
        for path in sources_of_the_program()
        if path.exists()
        for code in pattern.findall(path.read_text(encoding="utf-8"))
        if f"{section}.{code}" not in catalogue("vi")
    }


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert list(catalogue("vi")) == list(catalogue("en"))


@pytest.mark.parametrize("key", catalogue("vi"))
def test_a_sentence_has_the_same_blanks_in_both_languages_and_is_one_line(key):
    sentences = [catalogue(language)[key] for language in LANGUAGES]
    assert blanks(sentences[0]) == blanks(sentences[1])
    assert all(sentences)
    assert key.startswith("answer.") or not any("\n" in sentence for sentence in sentences)


def test_every_error_code_raised_has_wording():
    assert not without_wording("error", RAISED)


def test_every_warning_code_has_wording():
    assert not without_wording("warning", WARNED)


def test_every_notice_has_wording():
    assert not without_wording("notice", NOTED)


def test_every_kind_of_document_has_a_name():
    assert {f"kind.{kind.value}" for kind in DocumentKind} <= set(catalogue("vi"))


def test_blanks_are_filled_and_a_missing_value_does_not_lose_the_message():
    wording = Wording("vi")
    assert "/kho" in wording.error(StoreError("store_missing", folder="/kho"))
    assert "…" in wording.error(StoreError("store_missing"))
    assert "{" not in wording.text("error.batch_history_broken", line=1).replace('{"question"', "")


def test_a_code_without_wording_is_still_one_clear_line():
    assert "no_such_code" in Wording("en").error(StoreError("no_such_code"))


def test_an_unknown_key_is_an_error_of_ours():
    with pytest.raises(KeyError):
        Wording("vi").text("cli.no_such_key")
