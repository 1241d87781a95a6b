"""Passages: what is embedded, found and cited, cut along the outline.

A passage is contiguous in the file, never crosses a heading and never cuts a table row. A list keeps the
sentence that introduces it; long prose is cut at sentence ends; short neighbours under one heading share a
passage. Headings are the path of a passage and not its text, but for a heading with nothing below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.documents import Block, BlockKind, Document, DocumentKind, Passage, PassageKind
from ingest.outline import is_furniture, matches_zone
from ingest.patterns import compiled
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table

LONGEST_PASSAGE = 1200  # characters; one sentence or one table row may be longer
SHARED_PASSAGE = 900  # short neighbours share a passage up to here
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or the part of a long one, on its way into a passage."""

    block: Block
    text: str
    label: str | None = None  # what a part that was cut off was introduced by


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage without its number."""

    kind: PassageKind
    path: tuple[str, ...]
    pieces: tuple[_Piece, ...]


def make_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in reading order."""
    drafts: list[_Draft] = []
    for section in _sections(document):
        drafts.extend(_drafts(section))
    return tuple(_passage(document, ordinal, draft) for ordinal, draft in enumerate(drafts))


def _passage(document: Document, ordinal: int, draft: _Draft) -> Passage:
    first, last = draft.pieces[0].block, draft.pieces[-1].block
    document_id = document.source.document_id
    label = draft.pieces[0].label
    return Passage(
        passage_id=f"{document_id[:_ID_DIGITS]}-{ordinal:04d}",
        document_id=document_id,
        ordinal=ordinal,
        kind=draft.kind,
        path=(*draft.path, label) if label else draft.path,
        text="\n".join(piece.text for piece in draft.pieces),
        page=first.page,
        page_end=last.page,
        columns=first.columns,
        cells=first.cells,
        table=first.table,
        depths=tuple(
            piece.block.level if piece.block.kind is BlockKind.LIST_ITEM else 0 for piece in draft.pieces
        ),
    )


# ---- sections: the blocks under one heading -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Section:
    path: tuple[str, ...]
    blocks: tuple[Block, ...]
    front: bool


def _sections(document: Document) -> Iterator[_Section]:
    """Runs of blocks with one heading trail, front matter apart from the body."""
    trail: list[Block] = []
    run: list[Block] = []
    front = _front_blocks(document)
    run_front = False
    for index, block in enumerate(document.blocks):
        is_front = block.position in front
        if run and (block.kind is BlockKind.HEADING or is_front != run_front):
            yield _Section(_path(trail, run_front), tuple(run), run_front)
            run = []
        if block.kind is BlockKind.HEADING:
            trail = [heading for heading in trail if heading.level < block.level]
            if _has_nothing_below(document.blocks, index, front):
                yield _Section(_path(trail, False), (block,), False)
            trail.append(block)
        else:
            run.append(block)
            run_front = is_front
    if run:
        yield _Section(_path(trail, run_front), tuple(run), run_front)


def _path(trail: Sequence[Block], front: bool) -> tuple[str, ...]:
    return () if front else tuple(heading.text for heading in trail)


def _has_nothing_below(blocks: Sequence[Block], index: int, front: frozenset[int]) -> bool:
    """Whether no body and no inner heading comes before the next heading or the end."""
    for following in blocks[index + 1 :]:
        if following.kind is BlockKind.HEADING:
            return following.level <= blocks[index].level
        if following.position not in front:
            return False
    return True


def _front_blocks(document: Document) -> frozenset[int]:
    """The positions of the blocks that say who, when and on what grounds, and not what is planned."""
    if document.source.kind is DocumentKind.NEWS:
        return frozenset(block.position for block in document.blocks if _is_page_furniture(block))
    headings = [block.position for block in document.blocks if block.kind is BlockKind.HEADING]
    first = headings[0] if headings else 0
    opening = {block.position for block in document.blocks[:first] if block.kind is not BlockKind.TABLE_ROW}
    return frozenset(opening | set(_closing(document.blocks)) | set(_digest_header(document)))


def _is_page_furniture(block: Block) -> bool:
    return block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and (
        is_furniture(block.text) or matches_zone("digest", block.text)
    )


def _digest_header(document: Document) -> Iterator[int]:
    for block in document.blocks[:5]:
        if matches_zone("digest", block.text):
            yield block.position


def _closing(blocks: Sequence[Block]) -> Iterator[int]:
    """From "Nơi nhận" or the signature to the next heading."""
    inside = False
    for block in blocks:
        if block.kind in {BlockKind.HEADING, BlockKind.TABLE_ROW}:
            inside = False
        elif matches_zone("closing", block.text):
            inside = True
        if inside:
            yield block.position


# ---- from a section to passages -------------------------------------------------------------------------


def _drafts(section: _Section) -> Iterator[_Draft]:
    caption: str | None = None
    for run, is_rows in _rows_apart(section.blocks):
        if is_rows:
            path = (*section.path, caption) if caption else section.path
            for row in run:
                yield _Draft(PassageKind.TABLE_ROW, path, (_Piece(row, row.text),))
        else:
            caption = _caption(run[-2:])
            for part in [run] if section.front else _between_rules(run):
                for group in _groups(list(_units(part)), section.front):
                    yield _Draft(_kind(group, section.front), section.path, tuple(group))


def _between_rules(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks without those that say nothing: "---", "***". Nothing is contiguous across them."""
    run: list[Block] = []
    for block in blocks:
        if any(map(str.isalnum, block.text)):
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _caption(before: Sequence[Block]) -> str | None:
    """The name of a table in one of the two lines above it: "Bảng 1. …", "Biểu số 2: …", "DANH MỤC …"."""
    for block in reversed(before):
        if matches_zone("table_caption", block.text) and len(block.text) <= 200:
            return block.text
    return None


def _rows_apart(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], bool]]:
    run: list[Block] = []
    for block in blocks:
        is_row = block.kind is BlockKind.TABLE_ROW
        if run and (run[-1].kind is BlockKind.TABLE_ROW) != is_row:
            yield run, not is_row
            run = []
        run.append(block)
    if run:
        yield run, run[-1].kind is BlockKind.TABLE_ROW


def _kind(group: Sequence[_Piece], front: bool) -> PassageKind:
    if front:
        return PassageKind.FRONT_MATTER
    items = sum(piece.block.kind is BlockKind.LIST_ITEM for piece in group)
    return PassageKind.LIST if items and items >= len(group) - 1 else PassageKind.PROSE


def _units(blocks: Sequence[Block]) -> Iterator[list[_Piece]]:
    """What must stay together: a paragraph, or a list with the sentence before it; long ones are cut.

    A unit longer than a passage is cut into several; each part cut off keeps its introduction as a label.
    """
    for bundle in _bundles(blocks):
        if _length(bundle) <= LONGEST_PASSAGE:
            yield bundle
        else:
            yield from _cut(bundle)


def _bundles(blocks: Sequence[Block]) -> Iterator[list[_Piece]]:
    """A line that ends in a colon holds what follows it: the items of its list, else the next paragraph."""
    position = 0
    while position < len(blocks):
        end = _bundle_end(blocks, position)
        yield [_Piece(block, block.text) for block in blocks[position:end]]
        position = end


def _bundle_end(blocks: Sequence[Block], start: int) -> int:
    first, end = blocks[start], start + 1
    if first.text.endswith(":") and end < len(blocks):
        if blocks[end].kind is BlockKind.LIST_ITEM:
            inner = blocks[end].level if first.kind is BlockKind.PARAGRAPH else first.level + 1
            while (
                end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM and blocks[end].level >= inner
            ):
                end += 1
        elif first.kind is BlockKind.PARAGRAPH:
            end += 1
    elif first.kind is BlockKind.LIST_ITEM:
        while (
            end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM and blocks[end].level > first.level
        ):
            end += 1
    return max(end, start + 1)


def _cut(bundle: list[_Piece]) -> Iterator[list[_Piece]]:
    """A bundle too long for one passage, in parts: between its blocks, then at sentence ends."""
    label = _label(bundle[0].text)
    part: list[_Piece] = []
    for piece in bundle:
        for index, text in enumerate(_split(piece.text)):
            if part and _length(part) + len(text) > LONGEST_PASSAGE:
                yield part
                part = []
            cut_off = label if not part and (piece is not bundle[0] or index) else None
            part.append(_Piece(piece.block, text, cut_off))
    if part:
        yield part


def _label(text: str) -> str | None:
    """What introduces a list or a paragraph: its opening line, or the words before the first colon."""
    if text.endswith(":") and len(text) <= 300:
        return text
    match = _run_in_label().match(text)
    return match["label"] if match else None


def _groups(units: Sequence[list[_Piece]], front: bool) -> Iterator[list[_Piece]]:
    """Short neighbours share a passage."""
    group: list[_Piece] = []
    for unit in units:
        if group and (
            _length(group) + _length(unit) > SHARED_PASSAGE
            or _starts_anew(group[-1], unit[0], front)
            or not _adjacent(group[-1], unit[0])
        ):
            yield group
            group = []
        group = [*group, *unit]
    if group:
        yield group


def _adjacent(before: _Piece, after: _Piece) -> bool:
    """Whether two pieces may be joined by a line feed: two parts of one block may not."""
    return before.block is not after.block


def _starts_anew(before: _Piece, piece: _Piece, front: bool) -> bool:
    """Whether a passage begins here: a new span of time, a label of its own; in front matter its next part."""
    if front:
        zones = ("legal_basis", "proposal", "closing", "signature")
        return any(matches_zone(zone, piece.text) and not matches_zone(zone, before.text) for zone in zones)
    if piece.block.kind is not BlockKind.PARAGRAPH:
        return False
    label = _run_in_label().match(piece.text)
    return bool(_new_time().match(piece.text)) or (label is not None and "," not in label["label"])


def _length(pieces: Sequence[_Piece]) -> int:
    return sum(len(piece.text) + 1 for piece in pieces)


# ---- long text ------------------------------------------------------------------------------------------


def _new_time() -> re.Pattern[str]:
    return compiled(table("outline")["passages"]["new_time"])


def _run_in_label() -> re.Pattern[str]:
    return compiled(table("outline")["passages"]["run_in_label"])


_CLAUSE_END = re.compile(r";\s+|(?<=[.…])\s+")


def _split(text: str) -> list[str]:
    """`text` in parts of at most LONGEST_PASSAGE where its sentences allow; joined by a space they are it."""
    if len(text) <= LONGEST_PASSAGE:
        return [text]
    parts: list[str] = []
    for sentence in sentences(text):
        pieces = (
            [sentence]
            if len(sentence) <= LONGEST_PASSAGE
            else _at(text=sentence, ends=_clause_ends(sentence))
        )
        for piece in pieces:
            if parts and len(parts[-1]) + 1 + len(piece) <= LONGEST_PASSAGE:
                parts[-1] = f"{parts[-1]} {piece}"
            else:
                parts.append(piece)
    return parts


def sentences(text: str) -> list[str]:
    """The sentences of `text`; joined by a space they are `text`."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _clause_ends(text: str) -> list[int]:
    return [match.end() for match in _CLAUSE_END.finditer(text)]


def _at(text: str, ends: Sequence[int]) -> list[str]:
    bounds = [0, *ends, len(text)]
    return [part for start, end in pairwise(bounds) if (part := text[start:end].strip())]
