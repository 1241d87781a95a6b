"""The outline: which blocks are headings and how deep they lie, which are list items.

Numbering decides the level; the marks of the file (#, h2, a style, bold) decide only where a line has no
number. The patterns are in vietnamese/tables/outline.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from domain.documents import Block, BlockKind
from ingest.joining import continues, ends_sentence
from ingest.patterns import compiled, compiled_all
from ingest.readers.raw import RawBlock
from vietnamese.tables import table

_LONGEST_HEADING = 220  # characters; a longer numbered line is a paragraph, whatever its marks
_LONGEST_UNMARKED = 110
_UNNUMBERED = 1000  # ranks below every numbered heading; the mark of the file is added
_OUTERMOST = 10
_AFTER_CLOSING = {"phan", "phu_luc", "chuong", "la_ma"}  # parts that may follow the signature
_TITLED = {"phan", "phu_luc", "chuong", "muc"}  # parts whose title stands in a line of its own
_AMOUNT = re.compile(
    r"\d\s*(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|đồng|ha|tấn)\b", re.I
)  # states a figure: no heading
_BOLD_MARK = 7  # a bold line counts as a heading mark below h6


@dataclass(frozen=True, slots=True)
class Numbering:
    """A numbered line: which scheme, how far out it ranks, which number it has, and its own mark."""

    scheme: str
    rank: int
    number: str
    lead: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    rank: int
    expression: re.Pattern[str]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    rows = table("outline")["heading"]
    found = [_Pattern(row["name"], row["rank"], compiled(row["pattern"])) for row in rows]
    return tuple(sorted(found, key=lambda pattern: pattern.name == "chu_hoa"))  # I. V. X. are Roman first


def numbering(text: str) -> Numbering | None:
    """How `text` is numbered, null where it is not."""
    for pattern in _patterns():
        if match := pattern.expression.match(text):
            lead = match["lead"]
            if pattern.name in ("so", "chu_so"):
                parts = re.findall(r"\d+", lead)
                return Numbering(f"{pattern.name}{len(parts)}", pattern.rank + len(parts) - 1, parts[-1], lead)
            return Numbering(pattern.name, pattern.rank, lead, lead)
    return None


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that the following blocks stand under."""

    scheme: str
    rank: int
    mark: int | None


@dataclass
class _Trail:
    """The headings open at this point of the document, outermost first."""

    open: list[_Open] = field(default_factory=list)

    def place_numbered(self, number: Numbering, mark: int | None) -> int:
        """Open a numbered heading; its level."""
        same = [index for index, heading in enumerate(self.open) if heading.scheme == number.scheme]
        if same and not self._starts_over(number, mark, same[-1]):
            del self.open[same[-1] :]
        else:
            while self.open and not self._holds(self.open[-1], number, mark):
                self.open.pop()
        return self._push(_Open(number.scheme, number.rank, mark))

    def _starts_over(self, number: Numbering, mark: int | None, same: int) -> bool:
        """Whether a first number below an unnumbered heading begins a numbering of its own."""
        first = number.number in {"1", "I.", "A.", "a)"}
        between = [heading for heading in self.open[same + 1 :] if heading.scheme == "mark"]
        return first and bool(between) and mark is not None and (between[-1].mark or 0) < mark

    @staticmethod
    def _holds(outer: _Open, number: Numbering, mark: int | None) -> bool:
        if outer.scheme == "mark":
            return mark is None or outer.mark is None or outer.mark < mark
        return outer.rank < number.rank

    def place_marked(self, mark: int) -> int:
        """Open a heading without a number; its level."""
        while self.open and not (self.open[-1].mark is not None and self.open[-1].mark < mark):
            if mark == _BOLD_MARK and self.open[-1].mark is None:
                break  # a bold line stands under the numbered heading above it
            self.open.pop()
        return self._push(_Open("mark", _UNNUMBERED + mark, mark))

    def place_caption(self) -> int:
        """Open the title of an appendix or a chapter, under it."""
        while self.open and self.open[-1].scheme not in _TITLED:
            self.open.pop()
        return self._push(_Open("caption", self.open[-1].rank + 1, None))

    def _push(self, heading: _Open) -> int:
        self.open.append(heading)
        return len(self.open)


def outline(blocks: Sequence[tuple[RawBlock, tuple[str, ...]]], official: bool) -> tuple[Block, ...]:
    """Blocks with their kind and level. `official` documents have front matter without headings."""
    start = _front_matter_end(blocks) if official else 0
    built = list(_Builder(blocks, start, official).build())
    return tuple(replace(block, position=position) for position, block in enumerate(built))


@cache
def _zone(name: str) -> tuple[re.Pattern[str], ...]:
    value = table("outline")["zones"][name]
    return compiled_all((value,) if isinstance(value, str) else tuple(value))


def matches_zone(name: str, text: str) -> bool:
    """Whether `text` starts like a line of that zone of outline.toml ("closing", "official", …)."""
    return any(pattern.match(text) for pattern in _zone(name))


def starts_paragraph(text: str, previous: str) -> bool:
    """Whether a line begins a paragraph by what it says: behind a finished sentence `previous`, in one case always."""
    if matches_zone("issued_with", text):
        return True
    if not ends_sentence(previous):
        return False
    zones = ("legal_basis", "proposal", "closing", "signature")
    return numbering(text) is not None or any(matches_zone(zone, text) for zone in zones)


def is_official(blocks: Sequence[RawBlock]) -> bool:
    """Whether the first lines are those of a decision, a plan, a resolution, and not of a page."""
    return any(matches_zone("official", block.text) for block in blocks[:40] if not block.is_row)


def is_enacting(text: str) -> bool:
    return text.strip() in table("outline")["zones"]["enacting_words"]


def _front_matter_end(blocks: Sequence[tuple[RawBlock, tuple[str, ...]]]) -> int:
    """How many blocks come before the body: to the enacting words, else to the first numbered heading."""
    for index, (block, _) in enumerate(blocks[:200]):
        if is_enacting(block.text):
            return index + 1
    for index, (block, _) in enumerate(blocks[:200]):
        number = numbering(block.text)
        if number and number.rank <= 50 and _is_heading(block, number):
            return index
    return 0


def _is_heading(raw: RawBlock, number: Numbering) -> bool:
    """Whether a numbered line is a heading rather than a numbered sentence."""
    if number.scheme in {"phan", "chuong", "muc", "phu_luc"}:
        return len(raw.text) <= _LONGEST_HEADING
    if number.scheme == "sao":
        return (raw.mark is not None or raw.escaped) and len(raw.text) <= _LONGEST_UNMARKED
    if raw.mark is not None or raw.bold:
        return len(raw.text) <= _LONGEST_HEADING
    if number.scheme == "chu_thuong":
        return False
    bare = raw.text[len(number.lead) :].strip()
    if number.scheme in {"la_ma", "chu_hoa"}:
        return len(bare) <= _LONGEST_HEADING and not bare.endswith((".", ";"))
    short = len(bare) <= _LONGEST_UNMARKED and not ends_sentence(bare.removesuffix(":"))
    return short and bare[:1].isupper() and "%" not in bare and not _AMOUNT.search(bare)


@dataclass
class _Builder:
    """One pass over the blocks."""

    blocks: Sequence[tuple[RawBlock, tuple[str, ...]]]
    start: int
    official: bool
    trail: _Trail = field(default_factory=_Trail)
    closing: bool = False
    seen_heading: bool = False
    outer_item: str | None = None
    numbered_depth: int = 0

    def build(self) -> Iterator[Block]:
        for index, (raw, columns) in enumerate(self.blocks):
            if raw.is_row:
                yield Block(
                    BlockKind.TABLE_ROW,
                    raw.text,
                    0,
                    page=raw.page,
                    columns=columns,
                    cells=raw.cells,
                    table=raw.table,
                )
            elif index < self.start:
                yield self._plain(raw)
            else:
                yield from self._body(index, raw)

    def _body(self, index: int, raw: RawBlock) -> Iterator[Block]:
        number = None if raw.marker else numbering(raw.text)
        if self.official and matches_zone("closing", raw.text):
            self.closing = True
        if self.closing and self._is_attached(index, raw):
            self.closing = False
            self.trail.open.clear()
            attached = Numbering("phu_luc", _OUTERMOST, raw.text, raw.text)
            yield self._heading(raw, self.trail.place_numbered(attached, raw.mark))
        elif self.closing and not (number and number.scheme in _AFTER_CLOSING):
            yield self._plain(raw)
        elif number and number.scheme == "dieu":
            self.closing = False
            yield from self._article(raw, number)
        elif self._is_starred_heading(index, raw):
            yield self._heading(raw, self.trail.place_numbered(Numbering("sao", 70, "*", "*"), raw.mark))
        elif number and _is_heading(raw, number) and not self._is_clause(index, raw):
            self.closing = False
            text = raw.text.removeprefix("*").strip() if number.scheme == "sao" else raw.text
            yield self._heading(replace(raw, text=text), self.trail.place_numbered(number, raw.mark))
        elif self._is_caption(raw):
            yield self._heading(raw, self.trail.place_caption())
        elif (mark := self._mark(index, raw)) is not None:
            yield self._heading(raw, self.trail.place_marked(mark))
        elif number and number.scheme in {"so1", "so2", "so3", "chu_so1", "chu_so2", "chu_thuong", "sao"}:
            yield self._numbered_item(raw, number)
        else:
            yield self._plain(raw)

    def _is_attached(self, index: int, raw: RawBlock) -> bool:
        """Whether a line behind a signature is the title of what was signed with it.

        It is the name of its kind, it has the line "(Ban hành kèm theo …)" below it, or the file calls it a heading.
        """
        if matches_zone("closing", raw.text) or matches_zone("signature", raw.text) or is_name(raw.text):
            return False
        following = self.blocks[index + 1][0].text if index + 1 < len(self.blocks) else ""
        titled = raw.text.isupper() and matches_zone("issued_with", following)
        return matches_zone("attached", raw.text) or titled or raw.mark is not None

    def _heading(self, raw: RawBlock, level: int) -> Block:
        self.seen_heading = True
        self.outer_item, self.numbered_depth = None, 0
        return Block(BlockKind.HEADING, raw.text, 0, level, raw.page)

    def _article(self, raw: RawBlock, number: Numbering) -> Iterator[Block]:
        """ "Điều 2. Quy hoạch … là cơ sở …": the number is the heading, the sentence its body."""
        level = self.trail.place_numbered(number, raw.mark)
        rest = raw.text[len(number.lead) :].strip()
        titled = raw.mark or raw.bold or (not ends_sentence(rest) and ";" not in rest)
        if not rest or (titled and len(raw.text) <= _LONGEST_HEADING):
            yield self._heading(raw, level)
        else:
            yield self._heading(replace(raw, text=number.lead.strip()), level)
            yield Block(BlockKind.PARAGRAPH, rest, 0, page=raw.page)

    def _is_clause(self, index: int, raw: RawBlock) -> bool:
        """A numbered sentence of an article that introduces its points: "2. … các trường hợp sau:", a), b)."""
        if raw.mark is not None or raw.bold or not raw.text.endswith(":") or index + 1 == len(self.blocks):
            return False
        point = numbering(self.blocks[index + 1][0].text)
        in_article = any(heading.scheme == "dieu" for heading in self.trail.open)
        return in_article and point is not None and point.scheme == "chu_thuong"

    def _is_starred_heading(self, index: int, raw: RawBlock) -> bool:
        """A single "* Xây dựng …" over a paragraph; several are a list."""
        following = self.blocks[index + 1][0] if index + 1 < len(self.blocks) else None
        return (
            raw.marker == "*"
            and len(raw.text) <= _LONGEST_UNMARKED
            and not ends_sentence(raw.text.removesuffix(":"))
            and following is not None
            and not following.is_row
            and len(following.text) > len(raw.text)
            and following.marker != "*"
        )

    def _is_caption(self, raw: RawBlock) -> bool:
        """The title right under "Phụ lục" or "Chương I"."""
        under = self.trail.open and self.trail.open[-1].scheme in _TITLED
        return bool(under) and not raw.marker and raw.text.isupper() and 3 < len(raw.text) <= _LONGEST_HEADING

    def _mark(self, index: int, raw: RawBlock) -> int | None:
        """The heading mark of a line without a number: the file's own, or bold, or a short line of a page."""
        if raw.marker or not raw.text or len(raw.text) > _LONGEST_HEADING:
            return None
        if raw.mark is not None:
            return raw.mark
        if not self.official and not self.seen_heading and index == 0 and self._is_title(raw):
            return 1
        if raw.bold and not ends_sentence(raw.text.removesuffix(":")) and self._introduces(index):
            return _BOLD_MARK if len(raw.text) <= 150 else None
        if not self.official and self._is_short_heading(index, raw):
            return _BOLD_MARK
        return None

    def _is_title(self, raw: RawBlock) -> bool:
        """The first line of a page that marks no title itself."""
        marked = any(block.mark is not None for block, _ in self.blocks[:15])
        return len(self.blocks) > 1 and not marked and not ends_sentence(raw.text) and raw.text[:1].isupper()

    def _introduces(self, index: int) -> bool:
        following = self.blocks[index + 1][0] if index + 1 < len(self.blocks) else None
        return following is not None and not following.bold

    def _is_short_heading(self, index: int, raw: RawBlock) -> bool:
        """A short line between finished paragraphs that is followed by a long one."""
        if len(raw.text) > 90 or len(raw.text.split()) < 2 or ends_sentence(raw.text) or "%" in raw.text:
            return False
        if not raw.text[:1].isupper() or is_furniture(raw.text) or index == 0:
            return False
        before, after = (
            self.blocks[index - 1][0],
            self.blocks[index + 1][0] if index + 1 < len(self.blocks) else None,
        )
        if after is None or after.is_row or len(after.text) < 80 or continues(raw.text, after.text):
            return False
        return ends_sentence(before.text) and raw.text != after.text and not raw.text.istitle()

    def _numbered_item(self, raw: RawBlock, number: Numbering) -> Block:
        self.numbered_depth = {"chu_thuong": 2, "so2": 2, "so3": 3, "chu_so2": 2}.get(number.scheme, 1)
        return Block(BlockKind.LIST_ITEM, raw.text, 0, self.numbered_depth, raw.page, number.lead)

    def _plain(self, raw: RawBlock) -> Block:
        if not raw.marker:
            self.outer_item, self.numbered_depth = None, 0
            return Block(BlockKind.PARAGRAPH, raw.text, 0, page=raw.page)
        depth = max(raw.depth, 1) + self.numbered_depth
        if raw.marker in table("outline")["list"]["inner_marks"]:
            nested = self.outer_item is not None and self.outer_item != raw.marker and raw.depth < 2
            depth += 1 if nested else 0
        else:
            self.outer_item = raw.marker
        return Block(BlockKind.LIST_ITEM, raw.text, 0, depth, raw.page, raw.marker)


def is_name(text: str) -> bool:
    """Whether a line is nothing but the name of a person."""
    return bool(compiled(table("outline")["zones"]["name"]).fullmatch(text.strip()))


@cache
def _furniture() -> tuple[re.Pattern[str], ...]:
    page = table("outline")["page"]
    return compiled_all((*page["furniture"], page["date_line"]))


def is_furniture(text: str) -> bool:
    """Whether a line of a page says who published it and when, or what else the site offers."""
    return len(text) <= 200 and any(pattern.match(text) for pattern in _furniture())
