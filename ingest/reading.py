"""From a file to a `Document`: the reader of its format, then the steps that all formats share.

Nothing is written and nothing is guessed about the folder that the file lies in. `ingest.sandbox` runs this
in a process of its own; call it directly only with files that you trust.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

from domain.documents import Document, ReadWarning, Source
from domain.errors import ReadError
from ingest.cleaning import clean
from ingest.joining import continues
from ingest.limits import DEFAULT_LIMITS, Limits, check_size
from ingest.metadata import read_metadata
from ingest.outline import is_official, matches_zone, numbering, outline
from ingest.readers.raw import RawBlock, RawDocument
from ingest.tables import with_columns
from vietnamese.tables import table

READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "word",
    ".pdf": "pdf",
}


def read_document(path: Path, source: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in `path`; `source` is its name relative to the ingested folder, with forward slashes.

    Raises ReadError with one of the codes unsupported_format, file_not_readable, file_empty,
    file_too_large, encrypted, broken_file, too_much_memory, no_text.
    """
    reader = _reader(path, source)
    try:
        check_size(path, limits)
        document_id = _sha256(path)
        raw = reader(path)
    except OSError as error:
        raise ReadError("file_not_readable", source=source) from error
    except ReadError as error:
        raise ReadError(error.code, **{**error.values, "source": source}) from error
    except MemoryError as error:
        raise ReadError("too_much_memory", source=source, limit_mib=limits.memory_mib) from error
    except Exception as error:
        raise ReadError("broken_file", source=source, detail=type(error).__name__) from error
    return _document(raw, document_id, source)


def _reader(path: Path, source: str) -> Callable[[Path], RawDocument]:
    """The reader of a suffix; its module is imported only when a file needs it."""
    name = READERS.get(path.suffix.lower())
    if name is None:
        raise ReadError("unsupported_format", source=source, suffix=path.suffix.lower())
    reader: Callable[[Path], RawDocument] = import_module(f"ingest.readers.{name}").read
    return reader


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _document(raw: RawDocument, document_id: str, source: str) -> Document:
    blocks = with_columns(joined([block for block in map(_cleaned, raw.blocks) if _says_something(block)]))
    if not blocks:
        raise ReadError("no_text", source=source)
    official = is_official([block for block, _ in blocks])
    outlined = outline([(listed(block), columns) for block, columns in blocks], official)
    metadata = read_metadata(outlined, official, raw.title, Path(source).stem)
    record = Source(
        document_id=document_id,
        source=source,
        title=metadata.title,
        kind=metadata.kind,
        number=metadata.number,
        issuer=metadata.issuer,
        signer=metadata.signer,
        issued_on=metadata.issued_on,
        place=metadata.place,
        about=metadata.about,
        digest_of=metadata.digest_of,
        page_count=raw.page_count,
    )
    warnings = tuple(
        ReadWarning(source, warning.code, warning.page, warning.values) for warning in raw.warnings
    )
    return Document(record, outlined, warnings)


def _cleaned(block: RawBlock) -> RawBlock:
    """Clean text; the lines of a cell stay apart, they tell a letterhead from data."""
    cells = tuple("\n".join(filter(None, map(clean, cell.split("\n")))) for cell in block.cells)
    return replace(block, text=clean(block.text), cells=cells)


def _says_something(block: RawBlock) -> bool:
    """Whether there is more than a list mark without an item."""
    return block.is_row or (bool(block.text) and block.text not in table("outline")["list"]["marks"])


@cache
def _list_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Marks that are dropped from the text of a list item, and marks that stay in it."""
    marks = table("outline")["list"]
    dropped, kept = ("|".join(map(re.escape, marks[name])) for name in ("marks", "kept_marks"))
    return re.compile(rf"({dropped})\s+(?=\S)"), re.compile(rf"({kept})\s+(?=\S)")


def listed(block: RawBlock) -> RawBlock:
    """A paragraph that starts with a list mark as the list item that it is."""
    if block.is_row or block.marker or block.escaped or block.mark is not None:
        return block
    dropped, kept = _list_marks()
    if mark := dropped.match(block.text):
        return replace(block, text=block.text[mark.end() :], marker=mark[1])
    mark = kept.match(block.text)
    return replace(block, marker=mark[1]) if mark else block


def joined(blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """Blocks with the paragraphs that a page end broke made whole again."""
    whole: list[RawBlock] = []
    for block in blocks:
        if whole and _goes_on(whole[-1], block):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {block.text}")
        else:
            whole.append(block)
    return tuple(whole)


def _goes_on(before: RawBlock, block: RawBlock) -> bool:
    if before.is_row or block.is_row or block.marker or block.mark is not None or before.mark is not None:
        return False
    if listed(block) is not block or matches_zone("signature", before.text) or matches_zone("signed", block.text):
        return False
    return continues(before.text, block.text) and numbering(block.text) is None and len(before.text) > 20
