import io

from docx import Document

from pages.parts.conversations import Turn
from pages.parts.export import answer_text, to_markdown, to_word
from prompts.wording import Wording
from tests.pages.test_conversations import ANSWERED, FAILED

VI = Wording("vi")


def test_the_text_to_copy_has_the_evidence_and_no_marks():
    text = answer_text(ANSWERED.answer, VI)
    assert text.startswith("Trên 95% [1].")
    for part in ("1/KH-UBND", "I. Mục tiêu", "trang 2", "“Đạt trên 95%.”"):
        assert part in text
    assert "*" not in text


def test_word_holds_questions_answers_and_references():
    paragraphs = Document(io.BytesIO(to_word([ANSWERED, FAILED], VI))).paragraphs
    text = [paragraph.text for paragraph in paragraphs]
    assert "Bao nhiêu?" in text
    assert "Câu hỏi chỉ có dấu câu." in text
    answer = next(paragraph for paragraph in paragraphs if paragraph.text == "Trên 95% [1].")
    assert [run.text for run in answer.runs if run.bold] == ["Trên 95%"]
    assert any("“Đạt trên 95%.”" in line for line in text)


def test_control_characters_do_not_break_the_word_file():
    written = to_word([Turn("a\x00b\x0bc\ufffe", problem="\x1f")], VI)
    assert "abc" in [paragraph.text for paragraph in Document(io.BytesIO(written)).paragraphs]


def test_what_documents_hold_is_no_markup_in_markdown():
    hostile = Turn("<script>alert(1)</script> [x](javascript:alert(1))", problem="**a**")
    text = to_markdown([hostile], VI)
    assert "<script>" not in text
    assert "](" not in text
