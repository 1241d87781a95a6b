"""Abbreviations written out: "dn nop thue" is "doanh nghiệp nop thue". Tables: tables/abbreviations.toml.

`expand` is for any text, `written_out` for what a person typed, places among it. `other_readings` gives what a
short form may also mean: a search looks for these too, an answer keeps to the first reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from vietnamese.folding import fold
from vietnamese.patterns import has_diacritics
from vietnamese.tables import table

_WORD = re.compile(r"(?<![\w/-])[^\W_]+(?:-[^\W\d_]+)?(?![\w/-])")
_AMOUNT_ASKED = re.compile(r"(?<!\w)(?:bao nhieu|may|ai|khi nao|gi|the nao)(?!\w)")


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    entries = table("abbreviations")["abbreviations"] | table("abbreviations")["shorthands"]
    return {fold(key): tuple(values) for key, values in entries.items()}


def expand(text: str) -> str:
    """`text` with every abbreviation of the table replaced by its first reading.

    Parts of document numbers ("472/QĐ-UBND") stay.
    """
    if "&" in text:
        for short, written in table("abbreviations")["with_and"].items():
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", written, text)
    return _WORD.sub(lambda match: (*_readings_of(match.group()), match.group())[0], text)


_DEFINED = re.compile(r"((?:[^\W_]+[\s,&–-]+){1,12})\(\s*([A-ZĐ][A-ZĐa-z]{1,9})\s*\)")
_JOINING = frozenset({"va", "cua", "voi", "cho"})  # words that an abbreviation skips


def defined_in(text: str) -> dict[str, str]:
    """The abbreviations that `text` explains, folded, with what they stand for: "tổ công nghệ số (CNS)"."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        words = re.findall(r"[^\W_]+", match[1])
        letters = [fold(letter) for letter in match[2] if letter.isupper()]
        spelt: list[str] = []
        while words and letters:
            word = words.pop()
            if fold(word)[:1] == letters[-1]:
                letters.pop()
            elif fold(word) not in _JOINING:
                break
            spelt.insert(0, word)
        if not letters and len(spelt) > 1:
            found.setdefault(fold(match[2]), " ".join(spelt).lower())
    return found


def with_definitions(text: str, defined: Mapping[str, str]) -> str:
    """`text` with the abbreviations of its document written out."""
    if not defined:
        return text
    return _WORD.sub(
        lambda match: (
            defined.get(fold(match.group()), match.group())
            if _is_short_form(match.group())
            else match.group()
        ),
        text,
    )


def _is_short_form(word: str) -> bool:
    """Whether a word is written as abbreviations are: with two capitals or more."""
    return sum(letter.isupper() for letter in word) >= 2


def written_out(question: str) -> str:
    """The question with abbreviations and abbreviated places written out, folded if it was typed so.

    "bn" is a place where one would stand: behind "tỉnh", "của", … or beside another place; else "bao nhiêu".
    """
    text = expand(" ".join(_with_places(_respelt(_spoken_out(question)).split(" "))))
    return text if has_diacritics(question) else fold(text)


def _spoken_out(question: str) -> str:
    """The question with what is short for a phrase written out: "nhiêu" is "bao nhiêu", "nhiều" is not."""
    for short, written in table("abbreviations")["spoken"].items():
        first = written.split()[0]
        question = re.sub(rf"(?i)(?<!{first} )(?<!\w){short}(?!\w)", written, question)
    return question


def _respelt(question: str) -> str:
    """The question with what people write otherwise written as the plans do ("1 cửa": "một cửa")."""
    for typed, written in table("abbreviations")["respelt"].items():
        pattern = rf"(?<![\w.,]){re.escape(fold(typed))}(?!\w)"
        for match in reversed(list(re.finditer(pattern, fold(question)))):
            question = question[: match.start()] + written + question[match.end() :]
    return question


def other_readings(question: str) -> tuple[str, ...]:
    """The second and further readings of the abbreviations in `question`, folded if it was typed so."""
    found = [reading for match in _WORD.finditer(question) for reading in _readings_of(match.group())[1:]]
    return tuple(dict.fromkeys(found if has_diacritics(question) else map(fold, found)))


def _readings_of(word: str) -> tuple[str, ...]:
    """What an abbreviation may stand for. A word with diacritics other than đ is none: "đã" is not "DA"."""
    if word in (capitals := table("abbreviations")["capitals"]):
        return (capitals[word],)
    bare = word.replace("đ", "d").replace("Đ", "D")
    return _readings().get(bare.lower(), ()) if bare.isascii() else ()


def _with_places(words: list[str]) -> list[str]:
    places, ambiguous = table("abbreviations")["places"], table("abbreviations")["ambiguous"]
    before = {fold(word) for word in table("abbreviations")["place_position"]["before"]}
    bare = [fold(word).strip(",.?!;:()") for word in words]
    written = list(words)
    for index, word in enumerate(bare):
        if word in _initialled() and words[index][0] not in _UNITS:
            written[index] = _initialled()[word] + words[index][len(word) :]
        if word not in places:
            continue
        neighbour = {bare[i] for i in (index - 1, index + 1, index + 2, index - 2) if 0 <= i < len(bare)}
        beside_place = any(other in places and other != word for other in neighbour)
        behind = index > 0 and bare[index - 1] in before
        asked_elsewhere = _other_amount_cue(bare, index)
        counts = not behind and _counts(bare[index + 1 :])
        counts = counts or (not asked_elsewhere and _counts_things(bare[index + 1 :]))
        if word in ambiguous and (counts or not (beside_place or behind or asked_elsewhere)):
            written[index] = ambiguous[word]
        else:
            written[index] = places[word] + words[index][len(word) :]
    return written


_UNITS = "QHPXT"  # "Q.Bình Thạnh" is a district: quận, huyện, phường, xã, thành phố


@cache
def _initialled() -> dict[str, str]:
    """Provinces of two syllables as they are shortened with a dot ("q.ngai"), where one only is so shortened."""
    forms: dict[str, list[str]] = {}
    for entry in table("provinces")["province"]:
        syllables = fold(entry["name"]).split()
        if len(syllables) == 2:
            forms.setdefault(f"{syllables[0][0]}.{syllables[1]}", []).append(entry["name"])
    return {form: names[0] for form, names in forms.items() if len(names) == 1}


def _counts(behind: Sequence[str]) -> bool:
    """Whether what follows "bn" is a unit, so that it asks how many: "bn %", "bn tỷ"."""
    units = table("abbreviations")["place_position"]["units"]
    return bool(behind) and any(" ".join(behind).startswith(fold(unit)) for unit in units)


def _counts_things(behind: Sequence[str]) -> bool:
    """Whether a thing that plans count follows "bn": "còn bn xóm"."""
    text = f"{' '.join(behind)} "
    return any(text.startswith(f"{fold(noun)} ") for noun in table("units")["counted"]["nouns"])


def _other_amount_cue(bare: Sequence[str], index: int) -> bool:
    """Whether the question already asks "how much" elsewhere, so that "bn" can only be a place."""
    rest = " ".join([*bare[:index], *bare[index + 1 :]])
    return bool(_AMOUNT_ASKED.search(rest)) or rest.split().count("bn") > 0
