"""A page of a PDF as a picture, with a quotation marked on it.

A file and a page number in, PNG bytes out; no Streamlit. PDFium draws, pdfplumber says where the words are.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the page paints before anybody asks for a picture
    from PIL import Image

_SCALE = 1.6  # pixels a point: sharp enough on a phone, 1,350 pixels high for A4
_MARK = (255, 226, 130)  # multiplied with the page, as a marker pen does: black stays black
_MARGIN_WORDS = 2  # as many may stand above or below the text: a page number
_PDFIUM = threading.Lock()  # PDFium is not safe to share between threads


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points, from the top left of the page."""

    text: str
    box: tuple[float, float, float, float]


def picture(file: Path, page: int, quote: str = "") -> bytes:
    """The page (counted from 1) as PNG; the quotation is marked where it stands on this page."""
    boxes = quote_boxes(words_on(file, page), quote) if quote else ()
    image = _drawn(file, page)
    for box in boxes:
        _mark(image, box)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=False)
    return written.getvalue()


def words_on(file: Path, page: int) -> tuple[Word, ...]:
    import pdfplumber

    with pdfplumber.open(file, pages=[page]) as opened:
        found: list[dict[str, Any]] = opened.pages[0].extract_words() if opened.pages else []
    return tuple(
        Word(_plain(word["text"]), (word["x0"], word["top"], word["x1"], word["bottom"])) for word in found
    )


def quote_boxes(words: Sequence[Word], quote: str) -> tuple[tuple[float, float, float, float], ...]:
    """The boxes of the words of a quotation, as far as they stand among `words`.

    Looked for as one run, as a page break leaves it (its end is missing, or its beginning), and, for a table
    row whose cells are wrapped, as the lowest band of the page that holds all of its words.
    """
    wanted = [_plain(word) for word in quote.split()]
    run = _run(words, wanted) or _broken_run(words, wanted)
    chosen = [words[position] for position in run] if run else _band(words, wanted)
    return tuple(word.box for word in chosen)


def _run(words: Sequence[Word], wanted: Sequence[str]) -> range | None:
    """Where the characters of `wanted` stand in those of `words`, white space and word borders aside."""
    text, starts = "", []
    for word in words:
        starts.append(len(text))
        text += word.text
    position = text.find("".join(wanted)) if wanted else -1
    if position < 0:
        return None
    end = position + sum(map(len, wanted))
    first = max(index for index, start in enumerate(starts) if start <= position)
    last = max(index for index, start in enumerate(starts) if start < end)
    return range(first, last + 1)


def _broken_run(words: Sequence[Word], wanted: Sequence[str]) -> range | None:
    """The longest beginning that ends the page, or end that begins it, but for a running head or foot."""
    for length in range(len(wanted) - 1, 0, -1):
        beginning, end = _run(words, wanted[:length]), _run(words, wanted[-length:])
        if beginning and beginning.stop >= len(words) - _MARGIN_WORDS:
            return beginning
        if end and end.start <= _MARGIN_WORDS:
            return end
    return None


def _band(words: Sequence[Word], wanted: Sequence[str]) -> list[Word]:
    """The words of the quotation within the narrowest horizontal band that holds them all."""
    needed = set(wanted)
    rows = sorted((word for word in words if word.text in needed), key=lambda word: word.box[1])
    best: list[Word] = []
    for first in range(len(rows)):
        missing, band = set(needed), []
        for word in rows[first:]:
            band.append(word)
            missing.discard(word.text)
            if not missing:
                break
        if not missing and (not best or _height(band) < _height(best)):
            best = band
    return best


def _height(band: Sequence[Word]) -> float:
    return band[-1].box[3] - band[0].box[1]


def _drawn(file: Path, page: int) -> Image.Image:
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(file)
        try:
            image: Image.Image = document[page - 1].render(scale=_SCALE).to_pil()
        finally:
            document.close()
    return image.convert("RGB")


def _mark(image: Image.Image, box: tuple[float, float, float, float]) -> None:
    from PIL import Image, ImageChops

    left, top, right, bottom = (round(value * _SCALE) for value in box)
    area = (max(left - 2, 0), max(top - 1, 0), min(right + 2, image.width), min(bottom + 1, image.height))
    part = image.crop(area)
    image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARK)), area)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)
