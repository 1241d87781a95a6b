"""Bytes to characters: UTF-8 and UTF-16 with or without a byte order mark, and older 8-bit encodings.

The older ones are guessed and warned about. What is no text at all is a ReadError.
"""

from __future__ import annotations

import codecs
import unicodedata

from domain.errors import ReadError
from ingest.legacy import legacy_font, unicode_text, vietnamese_share
from ingest.readers.raw import RawWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SHARE = 0.02  # more control bytes than this are no text
_VIETNAMESE_SHARE = 0.05  # letters that only Vietnamese has, in a text that is Vietnamese


def decode(data: bytes, source: str) -> tuple[str, tuple[RawWarning, ...]]:
    """The characters of `data` and what to warn about; ReadError where it is no text at all."""
    text, encoding = _characters(data, source)
    if font := legacy_font(text):
        return unicode_text(text, font), (_warning(font),)
    return text, (_warning(encoding),) if encoding else ()


def _warning(encoding: str) -> RawWarning:
    return RawWarning("legacy_encoding", values=(("encoding", encoding),))


def _characters(data: bytes, source: str) -> tuple[str, str | None]:
    """The text, and its encoding where that had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, source), None
    for encoding in ("utf-16-le", "utf-16-be"):
        if _looks_like_utf16(data, encoding):
            return data.decode(encoding), None
    if _is_binary(data):
        raise ReadError("broken_file", source=source)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _guess(data)


def _strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError("broken_file", source=source, detail=str(error)) from error


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls > _BINARY_SHARE * len(sample)


def _guess(data: bytes) -> tuple[str, str | None]:
    """An older encoding: fonts without Unicode, Windows-1258, else what charset-normalizer finds."""
    western = data.decode("latin-1")
    if legacy_font(western):
        return western, None
    windows = data.decode("cp1258", errors="replace")
    if vietnamese_share(unicodedata.normalize("NFC", windows)) > _VIETNAMESE_SHARE:
        return windows, "cp1258"
    from charset_normalizer import from_bytes  # a tenth of a second, for few files

    best = from_bytes(data).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, errors="replace"), encoding


def _looks_like_utf16(data: bytes, encoding: str) -> bool:
    if len(data) % 2 or b"\x00" not in data[:4096]:
        return False
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    latin = sum(character < "\u1f00" for character in text[:4096])
    return latin > 0.9 * len(text[:4096]) and "\x00" not in text
