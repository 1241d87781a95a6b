"""What a document is made of: its source record, blocks and passages.

Readers produce `Block`s, the outline turns them into `Passage`s; both keep the text of the file verbatim
after NFC and white space made one space. Figures live in `domain.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """Kinds of Vietnamese public documents, by their JSON name."""

    LAW = "law"
    DECREE = "decree"
    RESOLUTION = "resolution"
    DECISION = "decision"
    CIRCULAR = "circular"
    DIRECTIVE = "directive"
    PLAN = "plan"
    PROGRAMME = "programme"
    REPORT = "report"
    SUBMISSION = "submission"
    LETTER = "letter"
    NEWS = "news"
    OTHER = "other"


# Which of two documents has authority: the smaller rank. A page about a plan has the rank of a page.
AUTHORITY_RANK: dict[DocumentKind, int] = {
    DocumentKind.LAW: 0,
    DocumentKind.DECREE: 1,
    DocumentKind.RESOLUTION: 2,
    DocumentKind.CIRCULAR: 3,
    DocumentKind.DECISION: 4,
    DocumentKind.DIRECTIVE: 5,
    DocumentKind.PROGRAMME: 6,
    DocumentKind.PLAN: 6,
    DocumentKind.REPORT: 7,
    DocumentKind.SUBMISSION: 8,
    DocumentKind.LETTER: 8,
    DocumentKind.OTHER: 9,
    DocumentKind.NEWS: 10,
}


@dataclass(frozen=True, slots=True)
class About:
    """The plan that a page reports on, as far as the page says."""

    number: str | None
    kind: DocumentKind | None
    title: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One ingested document. `document_id` is the SHA-256 of the file's bytes, in hex.

    `number`, `signer` and `issued_on` are the document's *own*, never those of a document it cites.
    `digest_of` names the original where the file is a digest in our words; null otherwise.
    `source` is the path relative to the ingested folder, with forward slashes.
    """

    document_id: str
    source: str
    title: str
    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    place: str | None = None
    about: About | None = None
    digest_of: str | None = None
    page_count: int | None = None

    @property
    def is_digest(self) -> bool:
        return self.digest_of is not None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The document numbers that it answers to: its own, and that of the plan that it is about."""
        about = self.about.number if self.about else None
        return tuple(number for number in (self.number, about) if number)

    @property
    def authority(self) -> tuple[int, int]:
        """Sort key: the most authoritative document first, the newer first among equals."""
        newest_first = -(self.issued_on.toordinal() if self.issued_on else 0)
        return AUTHORITY_RANK[self.kind], newest_first


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row, in reading order.

    `text` is verbatim but for NFC, white space made one space and markup dropped; the text of a table row
    is its cells joined by one space. `level` is 1 for the outermost heading, 0 for anything that is no
    heading; for a list item it is the nesting depth, 1 the outermost. `page` counts from 1, null where the
    file has no pages. `position` counts the blocks of the file from 0. `marker` is a list item's own mark
    ("-", "+", "a)", "1."). A table row knows its `columns` (the heads, as many as `cells`) and which
    `table` of the file it stands in, counted from 0.
    """

    kind: BlockKind
    text: str
    position: int
    level: int = 0
    page: int | None = None
    marker: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    table: int | None = None


class PassageKind(StrEnum):
    PROSE = "prose"
    LIST = "list"
    TABLE_ROW = "table_row"
    FRONT_MATTER = "front_matter"  # number, date, legal bases, signature: who, when, on what grounds


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded, found and cited.

    `path` is the heading trail, outermost first; `text` is verbatim and contiguous in the file (blocks
    joined by a line feed). `passage_id` is `<first 16 hex digits of document_id>-<ordinal, 4 digits>`.
    A table row is a passage of its own and keeps `columns` and `cells`. `depths` has the nesting depth of
    each line of `text`: 0 for a paragraph, 1 for an outermost list item.
    """

    passage_id: str
    document_id: str
    ordinal: int
    kind: PassageKind
    path: tuple[str, ...]
    text: str
    page: int | None = None
    page_end: int | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    table: int | None = None
    depths: tuple[int, ...] = ()

    @property
    def embedding_text(self) -> str:
        """Heading trail and body; the body of a table row names its columns."""
        body = self.text
        if self.cells:
            body = "; ".join(
                f"{column}: {cell}" if column else cell
                for column, cell in zip(self.columns, self.cells, strict=True)
                if cell
            )
        return "\n".join((*self.path, body))


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something the reader of a file should know, by code: a page without text, an unreadable table."""

    source: str
    code: str
    page: int | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its source record, its blocks and what to warn about."""

    source: Source
    blocks: tuple[Block, ...]
    warnings: tuple[ReadWarning, ...] = ()
