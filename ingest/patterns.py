"""Patterns of the tables, compiled once; <HOA> in them is any Vietnamese capital, <thường> a small letter."""

from __future__ import annotations

import re
from functools import cache

_CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` with its letter classes written out."""
    return re.compile(
        pattern.replace("<HOA>", f"[{_CAPITALS}]").replace("<thường>", f"[a-z{_CAPITALS[3:].lower()}]")
    )


@cache
def compiled_all(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(compiled, patterns))
