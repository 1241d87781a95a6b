from domain.documents import Passage, PassageKind
from pages.parts.pdf_pages import Word, quote_boxes
from pages.parts.quotation import cell_spans, overlaps, quote_span


def test_a_quotation_is_found_whatever_the_white_space():
    text = "Đến năm 2030:\nđạt   trên\n95% (mục tiêu)."
    span = quote_span(text, "đạt trên 95% (mục tiêu).")
    assert span
    assert text[slice(*span)] == "đạt   trên\n95% (mục tiêu)."
    assert quote_span(text, "đạt trên 96%") is None
    assert quote_span(text, " ") is None


def test_the_cells_of_a_row_are_found_in_its_text():
    cells = ("1", "Mạng", "", "1")
    row = Passage(
        "x-0000", "x", 0, PassageKind.TABLE_ROW, (), "1 Mạng 1", columns=("a", "b", "c", "d"), cells=cells
    )
    assert [row.text[slice(*span)] for span in cell_spans(row)] == list(cells)
    assert not overlaps((0, 1), (1, 2))


def words(*lines):
    """Words of lines, each word 10 points wide, each line 10 high."""
    return tuple(
        Word(word, (column * 10, row * 10, column * 10 + 9, row * 10 + 9))
        for row, line in enumerate(lines)
        for column, word in enumerate(line.split())
    )


def lines_of(boxes):
    return sorted({int(box[1] // 10) for box in boxes})


def test_a_quotation_on_a_page_is_one_run_of_words():
    page = words("Tỷ lệ đạt trên", "95% và", "Tỷ lệ khác")
    boxes = quote_boxes(page, "đạt trên 95%")
    assert [box[:2] for box in boxes] == [(20, 0), (30, 0), (0, 10)]


def test_words_that_the_page_glues_together_are_found():
    assert len(quote_boxes(words("Tỷlệ đạt"), "Tỷ lệ đạt")) == 2


def test_what_the_next_page_holds_does_not_hide_the_beginning():
    assert lines_of(quote_boxes(words("khác", "một hai ba"), "một hai ba bốn năm")) == [1]
    assert lines_of(quote_boxes(words("ba bốn", "khác hẳn đi nữa", "5"), "một hai ba bốn")) == [0]


def test_a_row_with_wrapped_cells_is_a_band():
    page = words("mạng xa", "1 Kết nối 50 tỷ", "mạng tỉnh", "2 Khác 7 tỷ")
    assert lines_of(quote_boxes(page, "1 Kết nối mạng tỉnh 50 tỷ")) == [1, 2]


def test_what_is_not_there_is_not_marked():
    assert quote_boxes(words("không có gì"), "một câu khác hẳn") == ()
    assert quote_boxes((), "một") == ()
