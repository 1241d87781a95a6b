"""Bytes to characters: UTF-8 and UTF-16 with or without a byte order mark, and older 8-bit encodings.

The older ones are found by charset-normalizer and warned about. What is no text at all is a ReadError.
"""

from __future__ import annotations

import codecs

from domain.errors import ReadError
from ingest.readers.raw import RawWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SHARE = 0.02  # more control bytes than this are no text


def decode(data: bytes, source: str) -> tuple[str, tuple[RawWarning, ...]]:
    """The characters of `data` and what to warn about; ReadError where it is no text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, source), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, source)
    if _is_binary(data):
        return _guess(data, source)
    return text, ()


def _strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError("broken_file", source=source, detail=str(error)) from error


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls > _BINARY_SHARE * len(sample)


def _guess(data: bytes, source: str) -> tuple[str, tuple[RawWarning, ...]]:
    """An older encoding, named in a warning."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if _looks_like_utf16(data, encoding):
            return data.decode(encoding), ()
    if _is_binary(data):
        raise ReadError("broken_file", source=source)
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1258", "cp1252", "utf_8"]).best()
    encoding = best.encoding if best else "cp1252"
    text = data.decode(encoding, errors="replace")
    return text, (RawWarning("legacy_encoding", values=(("encoding", encoding),)),)


def _looks_like_utf16(data: bytes, encoding: str) -> bool:
    if len(data) % 2 or b"\x00" not in data[:4096]:
        return False
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    latin = sum(character < "\u1f00" for character in text[:4096])
    return latin > 0.9 * len(text[:4096]) and "\x00" not in text
