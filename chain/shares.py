"""What share of a plan's money one item is: "X chiếm bao nhiêu phần trăm tổng vốn?", worked out from two figures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chain.choosing import best_match
from chain.cues import pattern
from chain.drafting import Draft, bold_quantity, plain_text
from chain.matching import score_figures
from chain.sums import computed_figure, is_total
from chain.understanding import Reading, read_question
from domain.figures import Figure
from ingest.scopes import is_money
from vietnamese.folding import fold
from vietnamese.numbers import format_number

_SHARE_ASKED = pattern("shares.share_asked")
_SHARE_OF = pattern("shares.share_of")
_OF_MONEY = pattern("shares.of_money")
_DIGITS = Decimal("0.1")


def asks_share_of_total(draft: Draft) -> bool:
    """Whether the question names the total that it wants a share of ("… bao nhiêu phần trăm tổng vốn?")."""
    folded = _whole_last(fold(draft.reading.query.terms))
    match = _SHARE_ASKED.match(folded) or _SHARE_OF.search(folded)
    return bool(match and pattern("shares.total").search(match[2]))


def answer_share(draft: Draft) -> bool:
    """Fill `draft` with the share of one money figure in the plan's total; False where either is missing."""
    item = _item_asked(draft)
    if item is None:
        return False
    part = best_match(score_figures(item, draft.knowledge), item, draft.knowledge)
    whole = _total_beside(part.figure, draft) if part else None
    if part is None or whole is None or not whole.quantity.amount or part.figure.quantity.amount is None:
        return False
    share = (part.figure.quantity.amount * 100 / whole.quantity.amount).quantize(_DIGITS, ROUND_HALF_UP)
    share = Decimal(f"{share.normalize():f}")
    keys = (draft.cite_figure(part.figure), draft.cite_figure(whole))
    computed = computed_figure([part.figure, whole], share, share, "%", "%", part.figure.indicator)
    draft.state_computed(computed, keys)
    draft.line(
        "share_of_total",
        share=f"**{format_number(share)}%**",
        part=plain_text(part.figure.row or part.figure.indicator),
        part_amount=bold_quantity(part.figure).strip("*"),
        first=keys[0],
        whole=plain_text(whole.indicator),
        whole_amount=bold_quantity(whole).strip("*"),
        last=keys[1],
    )
    return True


_WHOLE_FIRST = pattern("shares.whole_first")


def _whole_last(text: str) -> str:
    """ "So với tổng vốn, X chiếm mấy phần trăm?" as "X chiếm mấy phần trăm tổng vốn"."""
    return _WHOLE_FIRST.sub(r"\2 \1", text)


def _item_asked(draft: Draft) -> Reading | None:
    """The reading of the item alone, held to money."""
    text = _whole_last(draft.reading.query.terms)
    match = _SHARE_ASKED.match(fold(text)) or _SHARE_OF.search(fold(text))
    if not match or (re.search(r"\w{3}", match[2]) and not _OF_MONEY.search(match[2])):
        return None
    item = text[match.start(1) : match.end(1)]
    reading = read_question(item, item, draft.knowledge, date.today(), draft.reading.query.filters)
    return replace(reading, unit="money", asks_rows=True, sources=draft.reading.sources)


def _total_beside(part: Figure, draft: Draft) -> Figure | None:
    """The total that the document of `part` states."""
    totals = [
        figure
        for figure in draft.knowledge.figures
        if figure.document_id == part.document_id
        and figure.row is None
        and is_money(figure.quantity)
        and is_total(figure)
        and figure.figure_id != part.figure_id
    ]
    return max(totals, key=lambda figure: figure.quantity.amount or Decimal(0), default=None)
