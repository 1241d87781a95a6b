"""HTML of our own from text that is not: whatever documents, questions or models hold is escaped.

Text in, HTML text out; no Streamlit. The few marks that an answer may hold (bold, struck out, citation
marks, lists, tables) become tags; anything else stays the characters that it is.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

Span = tuple[int, int]

_INLINE = re.compile(
    r"\\([\\`*_~|\[\]<>#-])"  # a character that is meant as it is
    r"|\*\*(?=\S)(.+?)(?<=\S)\*\*"
    r"|~~(?=\S)(.+?)(?<=\S)~~"
    r"|\*(?=[^\s*])(.+?)(?<=[^\s*])\*"
    r"|\[(\d{1,3})\]"
)
_BEFORE_KEY = re.compile(r" (?=\[\d{1,3}\])")  # a mark stays in the line of what it bears out
_BULLET = re.compile(r"\s*[-*•]\s+(.*)")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+(.*)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")


def escape(text: object) -> str:
    """Text as text: safe between tags and inside a quoted attribute."""
    return html.escape(str(text), quote=True)


def element(tag: str, inner: str, *, css: str = "", **attributes: str) -> str:
    """A tag around HTML that is ready; `css` is its class, attribute values are escaped here."""
    given = {"class": css} if css else {}
    written = "".join(
        f' {name.replace("_", "-")}="{escape(value)}"' for name, value in (given | attributes).items()
    )
    return f"<{tag}{written}>{inner}</{tag}>"


def answer_html(text: str, citation_titles: Mapping[str, str] | None = None) -> str:
    """The Markdown of an answer; `citation_titles` say what a mark [n] stands for, by n."""
    lines = _BEFORE_KEY.sub("\u00a0", text.replace("\r\n", "\n")).split("\n")
    return "".join(_blocks(lines, citation_titles or {}))


def marked(text: str, spans: Iterable[Span]) -> str:
    """Text with the characters of `spans` highlighted; line feeds become line breaks."""
    pieces, position = [], 0
    for start, end in sorted(spans):
        start = max(start, position)
        if end <= start:
            continue
        pieces += [_lines(text[position:start]), element("mark", _lines(text[start:end]))]
        position = end
    return "".join([*pieces, _lines(text[position:])])


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    top = element("tr", "".join(element("th", cell, scope="col") for cell in head))
    body = "".join(element("tr", "".join(element("td", cell) for cell in row)) for row in rows)
    return element("table", element("thead", top) + element("tbody", body), css="hq-table")


def _blocks(lines: Sequence[str], titles: Mapping[str, str]) -> Iterable[str]:
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.strip():
            position += 1
        elif _is_table(lines, position):
            end = _end(lines, position, lambda text: "|" in text)
            yield _table(lines[position:end], titles)
            position = end
        elif _BULLET.fullmatch(line) or _NUMBERED.fullmatch(line):
            tag, pattern = ("ul", _BULLET) if _BULLET.fullmatch(line) else ("ol", _NUMBERED)
            items = _items(lines[position:], pattern)
            yield element(tag, "".join(element("li", _inline(item, titles)) for item in items))
            position += len(items)
        else:
            end = _end(lines, position, _continues_paragraph)
            yield element("p", "<br>".join(_inline(text.strip(), titles) for text in lines[position:end]))
            position = end


def _continues_paragraph(line: str) -> bool:
    return bool(line.strip()) and not _BULLET.fullmatch(line) and not _NUMBERED.fullmatch(line)


def _items(lines: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    """The texts of the list items that the lines begin with."""
    matches = itertools.takewhile(bool, map(pattern.fullmatch, lines))
    return [match[1] for match in matches if match]


def _end(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    """Where the run of lines that belong together ends; the first is taken in any case."""
    end = start + 1
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _is_table(lines: Sequence[str], position: int) -> bool:
    following = lines[position + 1] if position + 1 < len(lines) else ""
    return "|" in lines[position] and "|" in following and bool(_TABLE_RULE.fullmatch(following))


def _table(lines: Sequence[str], titles: Mapping[str, str]) -> str:
    head, _, *body = ([_inline(cell, titles) for cell in _cells(line)] for line in lines)
    return element("div", table_html(head, body), css="hq-scroll")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]


def _inline(text: str, titles: Mapping[str, str]) -> str:
    pieces, position = [], 0
    for match in _INLINE.finditer(text):
        pieces += [escape(text[position : match.start()]), _tagged(match, titles)]
        position = match.end()
    return "".join([*pieces, escape(text[position:])])


def _tagged(match: re.Match[str], titles: Mapping[str, str]) -> str:
    literal, bold, struck, slanted, key = match.groups()
    if literal:
        return escape(literal)
    if bold:
        return element("strong", _inline(bold, titles))
    if struck:
        return element("del", _inline(struck, titles))
    if slanted:
        return element("em", _inline(slanted, titles))
    return element("sup", key, css="hq-key", title=titles.get(key, key))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:])")


def plain(text: str) -> str:
    """Text for a widget's label, which Streamlit reads as Markdown: nothing in it is a mark."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
