"""The table of forms of words: each is one that the chain looks for, and can be read."""

from __future__ import annotations

import re
from pathlib import Path

from chain.cues import pattern
from vietnamese.tables import table

CHAIN = Path(__file__).resolve().parents[2] / "chain"
_NAMED = re.compile(r"(?<!\?P)<([a-z_]+)>")


def test_every_form_is_looked_for_and_every_one_looked_for_is_there():
    code = "\n".join(path.read_text(encoding="utf-8") for path in CHAIN.rglob("*.py"))
    asked = set(re.findall(r"pattern\(\s*\"([a-z_]+\.[a-z_]+)\"", code))
    sections = {section: forms for section, forms in table("patterns").items() if section != "parts"}
    listed = {f"{section}.{name}" for section, forms in sections.items() for name in forms}
    assert asked == listed


def test_every_form_can_be_read():
    parts = table("patterns")["parts"]
    for section, forms in table("patterns").items():
        if section == "parts":
            continue
        for name, form in forms.items():
            words = form if isinstance(form, str) else "|".join(form)
            asked = {word: "x" for word in _NAMED.findall(words) if word not in parts}
            assert pattern(f"{section}.{name}", **asked).groups >= 0
