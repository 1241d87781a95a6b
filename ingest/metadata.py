"""The source record of a document: its own number, kind, title, place, issuer, signer and date.

A document cites many numbers, dates and persons; its own stand in its head and at its close. A page about
a plan has none: what it reports is in `about`. A digest says itself what it is a digest of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from domain.documents import About, Block, BlockKind, DocumentKind
from ingest.outline import is_enacting, is_furniture, matches_zone
from ingest.passages import sentences
from ingest.patterns import compiled
from vietnamese.places import find_places
from vietnamese.tables import table
from vietnamese.times import find_times

_HEAD_BLOCKS = 40  # the head of a document lies within so many blocks
_LONGEST_TITLE = 300
_LONGEST_ABOUT = 250
_SPACES = re.compile(r"\s*([/\-–])\s*")
_NAME = "<HOA>(?:['’]<HOA>)?<thường>*(?:\\s<HOA><thường>+){1,4}"
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What `Source` holds, apart from the file itself."""

    title: str
    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    place: str | None = None
    about: About | None = None
    digest_of: str | None = None


def read_metadata(
    blocks: Sequence[Block], official: bool, stated_title: str | None, file_stem: str
) -> Metadata:
    """The metadata of a document from its blocks; `stated_title` is what the file itself calls it."""
    if digest := _digest(blocks):
        return digest
    if official:
        return _official(blocks, stated_title or file_stem)
    return _page(blocks, stated_title or file_stem)


# ---- decisions, plans, resolutions ----------------------------------------------------------------------


def _official(blocks: Sequence[Block], fallback: str) -> Metadata:
    head = [block.text for block in blocks[:_HEAD_BLOCKS] if block.kind is not BlockKind.TABLE_ROW]
    attached = _attached_to(head)
    own = _own_number(head[:_ATTACHED_WITHIN] if attached else head)
    number = own or (attached[0] if attached else None)
    kind = (kind_of_number(own) if own else None) or _kind_in_head(head) or DocumentKind.OTHER
    place, issued_on = _place_and_date(head)
    issued_on = issued_on or (attached[1] if attached and not own else None)
    issuer = _issuer(head)
    title = _official_title(head, kind) or fallback
    central = issuer is not None and _is_central(issuer)
    if place is None and not central:
        place = _first_place(issuer or "") or _first_place(title) or _most_named(blocks)
    return Metadata(
        title=title,
        kind=kind,
        number=number,
        issuer=_in_province(issuer, place),
        signer=_signer(blocks),
        issued_on=issued_on,
        place=None if central else place,
    )


def _own_number(head: Sequence[str]) -> str | None:
    own = compiled(table("document_kinds")["number"]["own"])
    for text in head:
        if text.startswith("Căn cứ"):
            return None
        if (start := own.match(text)) and (match := _number_pattern().match(text, start.end())):
            return normal_number(match[0])
    return None


def _attached_to(head: Sequence[str]) -> tuple[str, date | None] | None:
    """Number and date of the decision that a scheme was issued with ("Ban hành kèm theo Quyết định số …")."""
    opening = compiled(table("document_kinds")["number"]["attached"])
    for text in head[:_ATTACHED_WITHIN]:
        if (start := opening.match(text)) and (match := _number_pattern().match(text, start.end())):
            time = next(iter(find_times(text[match.end() :])), None)
            return normal_number(match[0]), time.day if time else None
    return None


_ATTACHED_WITHIN = 8  # blocks: further down it is an appendix that was issued with something


def _number_pattern() -> re.Pattern[str]:
    return compiled(table("document_kinds")["number"]["pattern"])


def normal_number(text: str) -> str:
    """A document number without the spaces of a scan: "472 /QĐ-UBND" is 472/QĐ-UBND."""
    return _SPACES.sub(r"\1", text.strip()).replace("–", "-")


def kind_of_number(number: str) -> DocumentKind | None:
    """The kind that the letters of a document number name."""
    letters = [part for part in re.split(r"[/\-]", number) if part and not part[0].isdigit()]
    for row in table("document_kinds")["kind"]:
        if letters and letters[0] in row["codes"]:
            return DocumentKind(row["kind"])
    return None


@cache
def _kind_names() -> tuple[tuple[str, DocumentKind], ...]:
    """Names of kinds, the longest first."""
    named = [
        (name, DocumentKind(row["kind"])) for row in table("document_kinds")["kind"] for name in row["names"]
    ]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


def _kind_name(kind: DocumentKind) -> str | None:
    return next((row["names"][0] for row in table("document_kinds")["kind"] if row["kind"] == kind), None)


def _names_of(kind: DocumentKind) -> list[str]:
    """All names of a kind, the longest first: of a programme "Chương trình hành động", "Đề án" …"""
    return [name for name, named in _kind_names() if named is kind]


def _kind_in_head(head: Sequence[str]) -> DocumentKind | None:
    for text in head:
        for name, kind in _kind_names():
            if text.startswith(name.upper()):
                return kind
    return None


def _place_and_date(head: Sequence[str]) -> tuple[str | None, date | None]:
    pattern = compiled(table("document_kinds")["heading"]["place_and_date"])
    for text in head:
        if match := pattern.search(text):
            places = find_places(match["place"])
            return (places[0][0] if places else None), _date(match["day"], match["month"], match["year"])
    return None, None


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _official_title(head: Sequence[str], kind: DocumentKind) -> str | None:
    """ "Quyết định về việc phê duyệt …": the name of the kind and what it is about."""
    name = _kind_name(kind)
    pattern = compiled(_about_pattern())
    for index, text in enumerate(head):
        if match := pattern.match(text):
            about = f"về việc {match['about']}"
            return f"{name} {about}"[:_LONGEST_TITLE] if name else text[:_LONGEST_TITLE]
        names = sorted(_names_of(kind), key=len, reverse=True)
        named = next((other for other in names if text.startswith(other.upper())), None)
        goes_on = named is not None and text[len(named) :].strip().startswith("về ")
        if named and (text.isupper() or goes_on) and not is_enacting(text):
            following = head[index + 1] if index + 1 < len(head) else ""
            if title := _title_by_name(named, text[len(named) :].strip(), following):
                return title[:_LONGEST_TITLE]
    return None


def _title_by_name(name: str, rest: str, following: str) -> str | None:
    """The title of a document without "về việc": KẾ HOẠCH, and what it plans beside or below that word."""
    about = _ISSUER_FIRST.sub("", rest or following)
    if not about or len(about) > _LONGEST_ABOUT or compiled(_about_pattern()).match(about):
        return None
    if about.isupper():
        return None if _names_issuer(about) else f"{name} {_lowered(written_name(about))}"
    return f"{name} {_lowered(about)}"


# "CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH về phát triển …": who issues the document stands before what it is about.
_ISSUER_FIRST = re.compile(r"CỦA\s+[^a-zà-ỹđ]+?\s+(?=[Vv]ề\s)")


def _lowered(text: str) -> str:
    """`text` as it goes on in a sentence; abbreviations and names of places keep their capital."""
    first_word = text.split(maxsplit=1)[0]
    is_name = first_word.isupper() or any(start == 0 for _, (start, _) in find_places(text))
    return text if is_name else text[:1].lower() + text[1:]


def _about_pattern() -> str:
    pattern: str = table("document_kinds")["heading"]["about"]
    return pattern


def _names_issuer(text: str) -> bool:
    return text.isupper() and text.startswith(tuple(table("document_kinds")["issuer"]["words"]))


def _issuer(head: Sequence[str]) -> str | None:
    """The authority above the legal bases, else the body in the letterhead."""
    lines: list[str] = []
    for text in head:
        if text.startswith("Căn cứ") or is_enacting(text):
            break
        if _names_issuer(text) and len(text) < 120:
            lines.append(text)
        elif lines and text.isupper() and text.startswith(("TỈNH ", "THÀNH PHỐ ")):
            lines[-1] = f"{lines[-1]} {text}"
    return written_name(lines[-1]) if lines else None


def written_name(capitals: str) -> str:
    """How a name in capitals is written in a sentence: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC GIANG."""
    text = " ".join(capitals.lower().split())
    for spoken, written in table("document_kinds")["issuer"]["written"].items():
        text = text.replace(spoken, written)
    for name, (start, end) in reversed(find_places(text)):
        text = text[:start] + name + text[end:]
    return text[:1].upper() + text[1:]


def _is_central(issuer: str) -> bool:
    return any(word in issuer.upper() for word in table("document_kinds")["issuer"]["central"])


def _signer(blocks: Sequence[Block]) -> str | None:
    """The name below "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"; the office and the name may share a line."""
    texts = [block.text for block in blocks if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}]
    for start in range(len(texts) - 1, -1, -1):
        if not (matches_zone("signature", texts[start]) and texts[start][:12].isupper()):
            continue
        for text in texts[start : start + 6]:
            if name := _person_alone(text):
                return name
    return None


def _person_alone(text: str) -> str | None:
    """A line that is a name, possibly after an office in capitals or "(đã ký)"."""
    rest = re.sub(table("document_kinds")["signer"]["signed_mark"], " ", text)
    words = [word for word in rest.split() if not (word.isupper() and len(word) > 1)]
    match = compiled(_NAME).fullmatch(" ".join(words))
    return match[0] if match else None


# ---- pages ----------------------------------------------------------------------------------------------


def _page(blocks: Sequence[Block], fallback: str) -> Metadata:
    title = _page_title(blocks) or fallback
    about = _about(blocks)
    named = (about.title or "") if about else ""
    place = _first_place(title) or _first_place(named) or _most_named(blocks)
    return Metadata(
        title=title[:_LONGEST_TITLE],
        kind=DocumentKind.NEWS,
        issued_on=_published_on(blocks),
        place=place,
        about=_with_place(about, place),
    )


def _page_title(blocks: Sequence[Block]) -> str | None:
    """The first heading; without one the first sentence."""
    for block in blocks[:10]:
        if block.kind is BlockKind.HEADING:
            return block.text
    body = [
        block.text for block in blocks if block.kind is BlockKind.PARAGRAPH and not is_furniture(block.text)
    ]
    return sentences(body[0])[0] if body else None


def _published_on(blocks: Sequence[Block]) -> date | None:
    """The date of the line under the title that says when the page was published."""
    pattern = compiled(table("outline")["page"]["date_line"])
    lines = [block.text for block in (*blocks[:8], *blocks[-5:]) if len(block.text) < 120]
    for text in lines:
        if pattern.match(text) and (match := _DATE.search(text)):
            return _date(*match.groups())
    return None


_OPENING_SENTENCES = 6  # of a page, that may say which plan it is about


def _about(blocks: Sequence[Block]) -> About | None:
    """The plan that the first sentences of a page say was issued."""
    body = [
        block.text for block in blocks if block.kind is BlockKind.PARAGRAPH and not is_furniture(block.text)
    ]
    opening = [sentence for text in body[:3] for sentence in sentences(text)][:_OPENING_SENTENCES]
    for index, sentence in enumerate(opening):
        if _says_issued(sentence) and (about := _reported(sentence)):
            return about if about.signer else replace(about, signer=_signed_by(opening[index + 1 :]))
    return None


def _signed_by(sentences_behind: Sequence[str]) -> str | None:
    """Who signed, where a sentence behind that of the issue says so ("Kế hoạch do Phó Chủ tịch … ký")."""
    signed = compiled(table("document_kinds")["about"]["signed"])
    said = (_person_with_office(sentence) for sentence in sentences_behind if signed.search(sentence))
    return next(filter(None, said), None)


def _says_issued(sentence: str) -> bool:
    return any(act in sentence for act in table("document_kinds")["about"]["acts"])


def _reported(sentence: str) -> About | None:
    """The document named in a sentence with a number, or with what it plans ("Quy hoạch phát triển …")."""
    for name, kind in _kind_names():
        numbered = re.search(rf"\b{name} số\s*", sentence)
        if numbered and (match := _number_pattern().match(sentence, numbered.end())):
            return About(
                normal_number(match[0]),
                kind,
                _named(sentence[numbered.start() :]),
                _body(sentence),
                _person_with_office(sentence),
                _date_after(sentence, match.end()),
            )
    for name, kind in _kind_names():
        if (match := re.search(rf"\b(?:phê duyệt|ban hành|thông qua)\s{name}\s\w+", sentence)) and (
            match[0].endswith(("số",)) is False
        ):
            start = sentence.index(name, match.start())
            return About(None, kind, _named(sentence[start:]), _body(sentence), _person_with_office(sentence))
    return None


def _named(text: str) -> str:
    """The name of a plan at the start of `text`, up to where the sentence goes on."""
    end = compiled(table("document_kinds")["about"]["ends"]).search(text)
    return text[: end.start()] if end else text


def _date_after(sentence: str, position: int) -> date | None:
    match = re.compile(r"\s*,?\s*ngày\s+").match(sentence, position)
    found = _DATE.match(sentence, match.end()) if match else None
    return _date(*found.groups()) if found else None


def _alternatives(name: str) -> str:
    """The offices, bodies or issuers of the table as the alternatives of a pattern."""
    return "|".join(map(re.escape, table("document_kinds")["signer"][name]))


def _person_with_office(sentence: str) -> str | None:
    """ "Phó Chủ tịch UBND tỉnh Bắc Giang Nguyễn Thị Thu Hà", "ông Vương Quốc Tuấn, Phó Chủ tịch …"."""
    office = re.search(rf"(?:{_alternatives('offices')})(?:\s(?:{_alternatives('bodies')}))?\s?", sentence)
    if not office:
        return None
    rest = sentence[office.end() :]
    places = find_places(rest)
    if places and places[0][1][0] == 0:
        rest = rest[places[0][1][1] :].lstrip(" ,")
    if match := compiled(_NAME).match(rest):
        return match[0]
    before = sentence[: office.start()].rstrip(" ,")
    match = compiled(rf"(?:[Ôô]ng|[Bb]à|đồng chí)\s({_NAME})$").search(before)
    return match[1] if match else None


def _body(sentence: str) -> str | None:
    """The body that issued a plan: "UBND tỉnh", with its province where the sentence says it."""
    match = re.search(
        rf"(?<![\w/-])(?:{_alternatives('issuers')})(?:\s(?:tỉnh|thành phố))?",
        sentence,
    )
    if not match:
        return None
    places = find_places(sentence[match.end() :])
    near = places and sentence[match.end() :][: places[0][1][0]].strip() == ""
    return f"{match[0]} {places[0][0]}" if near else match[0]


def _with_place(about: About | None, place: str | None) -> About | None:
    """`about` with the province of the page where the issuer is only "UBND tỉnh"."""
    return replace(about, issuer=_in_province(about.issuer, place)) if about else None


def _in_province(issuer: str | None, place: str | None) -> str | None:
    """ "UBND tỉnh" with the name of the province."""
    if issuer and place and issuer.endswith((" tỉnh", " thành phố")):
        return f"{issuer} {place}"
    return issuer


# ---- places ---------------------------------------------------------------------------------------------


def _places(text: str) -> list[str]:
    """Provinces written as names, with a capital letter."""
    return [name for name, (start, _) in find_places(text) if text[start].isupper()]


def _first_place(text: str) -> str | None:
    found = _places(text)
    return found[0] if found else None


def _most_named(blocks: Sequence[Block]) -> str | None:
    named = Counter(place for block in blocks for place in _places(block.text))
    return named.most_common(1)[0][0] if named else None


# ---- digests --------------------------------------------------------------------------------------------


def _digest(blocks: Sequence[Block]) -> Metadata | None:
    """What the two opening lines of a digest say of its original."""
    settings = table("document_kinds")["digest"]
    opening = next(
        (match for block in blocks[:3] if (match := re.match(settings["opening"], block.text))), None
    )
    if not opening:
        return None
    original = next((block.text for block in blocks[:5] if block.text.startswith(settings["original"])), "")
    fields = _fields(original.removeprefix(settings["original"]).rstrip("."), settings["fields"])
    number, title = fields.get("number"), fields.get("title") or opening["original"]
    kind = _digest_kind(fields.get("kind", ""), number)
    return Metadata(
        title=title[:_LONGEST_TITLE],
        kind=kind,
        number=normal_number(number) if number else None,
        issuer=fields.get("issuer"),
        signer=fields.get("signer"),
        issued_on=_written_date(fields.get("date", "")),
        place=fields.get("place") or _first_place(title),
        about=_digest_about(fields) if kind is DocumentKind.NEWS else None,
        digest_of=opening["original"].rstrip("."),
    )


def _fields(text: str, names: dict[str, str]) -> dict[str, str]:
    """ "<title>; loại: trang tin; ngày: 23/11/2020": values by English name, the first one the title."""
    parts = re.split(r";\s+(?=[^;:]{2,25}:\s)", text.strip(" :"))
    found = {"title": parts[0].strip()}
    for part in parts[1:]:
        label, _, value = part.partition(":")
        if name := names.get(label.strip()):
            found[name] = value.strip()
    return found


def _digest_kind(written: str, number: str | None) -> DocumentKind:
    for name, kind in _kind_names():
        if written.lower().startswith(name.lower()):
            return kind
    return (kind_of_number(number) if number else None) or DocumentKind.NEWS


def _digest_about(fields: dict[str, str]) -> About | None:
    reported = fields.get("reported")
    if not reported:
        return None
    match = _number_pattern().search(reported)
    kind = next((kind for name, kind in _kind_names() if reported.startswith(name)), None)
    return About(
        number=normal_number(match[0]) if match else None,
        kind=kind,
        title=reported,
        issuer=fields.get("reported_issuer"),
        signer=fields.get("reported_signer"),
        issued_on=_written_date(fields.get("reported_date", "")),
    )


def _written_date(text: str) -> date | None:
    match = _DATE.search(text)
    return _date(*match.groups()) if match else None
