"""An article that is checked: its text from a file, and its claims coloured in it. No Streamlit."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

from domain.claims import CheckReport, Verdict
from ingest.limits import Limits
from ingest.sandbox import read_isolated
from pages.parts import markup
from pages.parts.uploads import safe_name
from prompts.wording import Wording

MOST_CHARACTERS = 100_000
# A sign beside the colour: nothing is told by colour alone.
SIGNS = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.NOT_SUPPORTED: "!", Verdict.NOT_FOUND: "?"}


def text_of(name: str, content: bytes, limits: Limits) -> str:
    """The blocks of a file, one a line. Raises ReadError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / safe_name(name)
        file.write_bytes(content)
        document = read_isolated(file, file.name, limits)
    return "\n\n".join(block.text for block in document.blocks)[:MOST_CHARACTERS]


def normalised(text: str) -> str:
    """The form that the spans of claims count in."""
    return unicodedata.normalize("NFC", text)


def coloured(text: str, report: CheckReport, words: Wording) -> str:
    """The text with each claim in the colour and with the sign of its verdict, and its number in the report."""
    pieces, position = [], 0
    for number, checked in enumerate(report.claims, start=1):
        start, end = checked.claim.span
        if start < position:  # claims within one sentence may share it; the first colours it
            continue
        verdict = words.text(f"check.report.{checked.verdict.value}")
        key = markup.element("sup", f"{SIGNS[checked.verdict]} {number}", css="hq-key", title=verdict)
        claim = markup.marked(text[start:end], [])
        pieces += [markup.marked(text[position:start], []),
                   markup.element("span", claim + key, css=f"hq-verdict hq-{checked.verdict.value}")]
        position = end
    pieces.append(markup.marked(text[position:], []))
    return markup.element("div", "".join(pieces), css="hq-article")


def badge(verdict: Verdict, text: str) -> str:
    return markup.element("p", markup.escape(f"{SIGNS[verdict]} {text}"), css=f"hq-badge hq-{verdict.value}")
