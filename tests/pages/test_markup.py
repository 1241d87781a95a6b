import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.markup import answer_html, element, marked, plain

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<a href='javascript:alert(1)'>đây</a>",
    '"><svg/onload=alert(1)>',
    "[bấm](javascript:alert(1))",
    "![ảnh](https://example.com/theo-doi.png)",
    "<style>body{display:none}</style>",
    "&lt;script&gt;",
)
OUR_TAGS = re.compile(
    r"</?(?:p|br|ul|ol|li|strong|em|del|mark|div|table|thead|tbody|tr|th|td|sup)"
    r'(?: (?:class|title|scope)="[^"<>]*")*>'
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "**{}**", "- {}", "~~{}~~ [1]", "| a |\n|---|\n| {} |"])
def test_what_documents_hold_stays_text(text, around):
    written = answer_html(around.format(text))
    assert not re.search(
        r"<(?!/?(?:p|br|ul|ol|li|strong|em|del|div|table|thead|tbody|tr|th|td|sup)\b)", written
    )
    assert "href" not in OUR_TAGS.sub("", written) or "&lt;a" in written
    assert not re.search(r"<[^>]*\son\w+=", written)


@given(st.text())
def test_only_our_own_tags_are_written(text):
    assert "<" not in OUR_TAGS.sub("", answer_html(text))
    assert "<" not in OUR_TAGS.sub("", marked(text, [(0, len(text) // 2)]))


def test_the_marks_of_an_answer_become_tags():
    written = answer_html(
        "**Trên 95%** doanh nghiệp [1].\n\n- một\n- ~~hai~~\n\n*Trích.* 2 \\* 3", {"1": "472"}
    )
    assert written == (
        '<p><strong>Trên 95%</strong> doanh nghiệp\u00a0<sup class="hq-key" title="472">1</sup>.</p>'
        "<ul><li>một</li><li><del>hai</del></li></ul><p><em>Trích.</em> 2 * 3</p>"
    )


def test_a_table_of_an_answer_becomes_a_table():
    written = answer_html("| Dự án | Vốn |\n|---|---:|\n| Mạng \\| diện rộng | **44,5** |")
    assert written.count("<tr>") == 2
    assert "<td><strong>44,5</strong></td>" in written


def test_highlights_keep_every_character_and_do_not_nest():
    assert marked("một hai ba", [(4, 7), (0, 5)]) == "<mark>một h</mark><mark>ai</mark> ba"


def test_an_attribute_cannot_be_left():
    assert element("p", "", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'


@pytest.mark.parametrize("text", ["**a**", "[a](b)", ":red[x]", "`a`", "$a$", "<b>", "a_b_c", "# a", "1. a"])
def test_a_label_has_no_marks(text):
    assert re.sub(r"\\(.)", r"\1", plain(text)) == text
    assert re.sub(r"\\.", "", plain(text)).isalnum() or " " in text
