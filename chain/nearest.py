"""The passage nearest to a question that the plans do not answer, labelled as such."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from chain.drafting import Draft, document_name, plain_text
from chain.knowledge import words_of
from chain.matching import prepare
from chain.prose import ranked
from chain.sentences import sentence_score, setting_of
from chain.synonyms import holds
from chain.thresholds import THRESHOLDS
from domain.answers import Hit
from domain.documents import Passage, PassageKind
from vietnamese.sentences import sentence_spans

_TELLING = 0.5  # the weight of a word that tells what is asked about
_RARE = 3.5  # the weight of a word that is enough by itself: "5G"
_BESIDE = 0.3  # of such words that stand side by side in the question, the share that must do so in the sentence
_LONGEST = 400  # characters; of a longer sentence its beginning is enough to tell whether it helps


def name_nearest(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Put the sentence nearest to the question under a refusal; False where none is near."""
    found = ranked(draft.reading, hits, draft.knowledge)
    told = [item for item in found if item.passage.kind is not PassageKind.FRONT_MATTER]
    if not told or told[0].coverage < THRESHOLDS.nearest_coverage:
        return False
    passage = told[0].passage
    setting = setting_of(passage, draft.knowledge)
    spans = sentence_spans(passage.text)
    best = max(spans, key=lambda span: sentence_score(draft.reading, passage.text[slice(*span)], setting))
    quote = passage.text[slice(*best)].strip()
    if not _is_near(draft, passage, quote):
        return False
    quote = quote if len(quote) <= _LONGEST else quote[:_LONGEST].rsplit(" ", 1)[0]
    name = document_name(draft.knowledge.source_of(passage), draft.wording)
    draft.lines = [draft.wording.text("answer.nearest_passage", document=name)]
    draft.lines.append(f"- {plain_text(quote)} [{draft.cite(passage, quote)}]")
    return True


def _is_near(draft: Draft, passage: Passage, sentence: str) -> bool:
    """Whether the sentence itself, or a heading over it, has enough words of the question that tell something."""
    reading = draft.reading
    title = draft.knowledge.source_of(passage).title
    headings = [heading for heading in passage.path if heading != title]
    own = words_of(" . ".join((*headings, sentence)))
    asked = prepare(reading)
    meant = {
        reading.words[position]
        for span, others in asked.synonyms
        if any(holds(own, other) for other in others)
        for position in span
    }
    telling = {word: weight for word, weight in reading.weights.items() if weight > _TELLING}
    held = [w for w in telling if w in meant or (w in own.singles and reading.is_form(w, own))]
    share = math.fsum(telling[word] for word in held) / (math.fsum(telling.values()) or 1.0)
    pairs = [pair for pair in itertools.pairwise(reading.words) if set(pair) <= set(telling)]
    beside = sum(set(pair) <= set(held) and (pair in own.pairs or set(pair) <= meant) for pair in pairs)
    rare = any(telling[word] >= _RARE for word in held)
    return share >= THRESHOLDS.nearest_said and (rare or beside > _BESIDE * len(pairs))
