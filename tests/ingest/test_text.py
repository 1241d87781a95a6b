"""Plain text and Markdown: encodings, wrapped lines, emphasis, tables, and that no word is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import BlockKind
from domain.errors import ReadError
from ingest.legacy import _characters
from ingest.readers import markdown
from ingest.reading import read_document

SENTENCE = "Đến năm 2030, trên 95% doanh nghiệp nộp thuế qua mạng; đường truyền ở từng xã đạt yêu cầu."


def texts(text: str) -> list[str]:
    return [block.text for block in markdown.blocks(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(write, encoding):
    document = read_document(write("a.txt", (SENTENCE * 3).encode(encoding)), "a.txt")
    assert SENTENCE in document.blocks[0].text
    assert document.warnings == ()


@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_fonts_of_the_time_before_unicode(write, font):
    typed = {shown: character for character, shown in reversed(_characters(font).items())}
    data = "".join(typed.get(character, character) for character in SENTENCE * 3).encode("latin-1")
    document = read_document(write("a.txt", data), "a.txt")
    assert SENTENCE in document.blocks[0].text
    assert [(warning.code, dict(warning.values)) for warning in document.warnings] == [
        ("legacy_encoding", {"encoding": font})
    ]


def test_decomposed_text_is_composed(write):
    document = read_document(write("a.txt", unicodedata.normalize("NFD", SENTENCE)), "a.txt")
    assert document.blocks[0].text == SENTENCE


def test_invisible_characters_are_dropped():
    assert texts("Tỷ\u00adlệ\u200b đạt\u00a0\u20095%") == ["Tỷlệ đạt 5%"]


def test_binary_data_is_no_text(write):
    with pytest.raises(ReadError) as caught:
        read_document(write("a.txt", bytes(range(256)) * 40), "a.txt")
    assert caught.value.code == "broken_file"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**Đậm** và *nghiêng*", "Đậm và nghiêng"),
        ("Số: *472* /QĐ", "Số: 472 /QĐ"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("nghìn \\- tỷ \\* sao", "nghìn - tỷ * sao"),
        ("a < 5% và b > 3%", "a < 5% và b > 3%"),
        ("<b>Danh mục</b><br>dự án", "Danh mục dự án"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_markup_is_dropped(line, text):
    assert texts(line) == [text]


def test_wrapped_lines_are_one_paragraph():
    wrapped = (
        "Một đoạn văn dài được ngắt dòng ở một độ rộng cố định như trong thư điện\n"
        "tử, có dòng bắt đầu bằng chữ thường và cũng có dòng bắt đầu bằng tên riêng\n"
        "Bắc Giang, nhưng tất cả chỉ là một đoạn.\n"
    )
    assert texts(wrapped) == [" ".join(wrapped.split())]


def test_lines_that_stand_alone_stay_apart():
    assert texts("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nMột câu.\nCâu khác.") == [
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Một câu.",
        "Câu khác.",
    ]


def test_pipe_table(write):
    document = read_document(
        write("a.md", "| TT | Tên | Vốn |\n|--|:--|--:|\n| 1 | Một | 2,5 |\n| 2 | | 3 |"), "a"
    )
    rows = document.blocks
    assert [row.kind for row in rows] == [BlockKind.TABLE_ROW] * 2
    assert [row.text for row in rows] == ["1 Một 2,5", "2 3"]
    assert rows[1].cells == ("2", "", "3") and rows[1].columns == ("TT", "Tên", "Vốn")


def test_links_are_kept_in_text_and_read_in_markdown(write):
    link = "Xem [chi tiết](https://example.org/a) ở đây."
    assert read_document(write("a.txt", link), "a.txt").blocks[0].text == link
    assert read_document(write("a.md", link), "a.md").blocks[0].text == "Xem chi tiết ở đây."


MARKS = {"-", "+", "#", "###"}
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "- ", "+ ", "# ", "### ", "  - ", "> ", "1. ", "a) ", "**"]),
        st.lists(st.sampled_from(["Bắc", "giang", "70%", "đạt", "tỷ.", "Mục", "x;", "5,5", ":"]), min_size=1),
        st.sampled_from([" ", "\t"]),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\n\n"]))
def test_no_word_is_lost_or_moved(lines, end):
    text = end.join(mark + joint.join(words) for mark, words, joint in lines)
    words = [word for word in text.replace("**", "").split() if word not in MARKS]
    assert [word for word in " ".join(texts(text)).split() if word not in MARKS] == words
