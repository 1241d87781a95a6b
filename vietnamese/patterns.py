"""Regular expressions built from the tables, and the form of a text that they are matched on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vietnamese.folding import fold


def has_diacritics(text: str) -> bool:
    """Whether `text` was typed with Vietnamese letters or tone marks."""
    return any(ord(character) > 127 and character.isalpha() for character in text)


_MOSTLY_BARE, _FEWEST = 0.6, 4  # of the syllables of a text, and so many at least


def is_partly_accented(text: str) -> bool:
    """Whether most of a text was typed without diacritics, and some of it with: "lap 1 đài het bao nhiêu tien"."""
    syllables = re.findall(r"[^\W\d_]+", text)
    bare = sum(syllable.isascii() for syllable in syllables)
    return has_diacritics(text) and len(syllables) >= _FEWEST and bare >= _MOSTLY_BARE * len(syllables)


def matchable(text: str, accented: bool) -> str:
    """`text` in lower case, folded unless `accented`; as long as the NFC form of `text`."""
    normal = unicodedata.normalize("NFC", text)
    lowered = "".join(low if len(low := character.lower()) == 1 else character for character in normal)
    return lowered if accented else fold(normal)


def alternatives(words: Iterable[str], *, accented: bool = False) -> str:
    """An alternation of `words`, longest first; white space in them matches any white space."""
    formed = sorted({matchable(word, accented) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace(",", r"\s*,") for word in formed)


def whole_words(words: Iterable[str], *, accented: bool = False) -> re.Pattern[str]:
    """Matches any of `words` where no letter or digit touches it."""
    return re.compile(rf"(?<!\w)(?:{alternatives(words, accented=accented)})(?!\w)")


@dataclass(frozen=True, slots=True)
class WordList:
    """Words to find in what people type: with their own diacritics, or with none at all.

    "qua" is not found in "quá"; "ai ky" is found for "ai ký"; in an accented sentence a bare "la" counts for "là", and
    in one that is mostly bare so does "bao nhiêu tien" for "bao nhiêu tiền".
    """

    accented: re.Pattern[str]
    folded: re.Pattern[str]
    syllables: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        listed = tuple(words)
        own = frozenset(part for word in listed for part in matchable(word, True).split())
        return cls(whole_words(listed, accented=True), whole_words(listed), own)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in `text`, as half-open spans in order."""
        accented = {match.span() for match in self.accented.finditer(matchable(text, True))}
        typed = matchable(text, True)
        own = self.syllables if is_partly_accented(text) else frozenset()
        bare = {
            match.span()
            for match in self.folded.finditer(fold(text))
            if all(part.isascii() or part in own for part in typed[slice(*match.span())].split())
        }
        return sorted(accented | bare)
