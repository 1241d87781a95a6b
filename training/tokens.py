"""The tokenizer of the bundled model: folded text in, tokens of one or several syllables out.

Two stages. First an ordinary byte-pair encoding inside syllables. Then further merges across the space
between whole syllables, chosen by frequency × pointwise mutual information, so that Vietnamese words
("ngân sách", "thành phố Hồ Chí Minh") become one token. The result is a plain `tokenizers` BPE model.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

SPACE = "▁"
UNKNOWN = "[UNK]"
LONGEST_TOKEN_SYLLABLES = 4


def train_tokenizer(texts: Sequence[str], syllable_tokens: int, rounds: Sequence[int]) -> Tokenizer:
    """`syllable_tokens` tokens inside syllables, then a round of merges across them for each of `rounds`."""
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = _folding_normalizer()
    tokenizer.pre_tokenizer = _phrases(split=True)
    trainer = trainers.BpeTrainer(
        vocab_size=syllable_tokens, special_tokens=[UNKNOWN], show_progress=False, min_frequency=3
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.pre_tokenizer = _phrases(split=False)
    for merges in rounds:
        tokenizer = _with_merges(tokenizer, _best_pairs(tokenizer, texts, merges))
    return tokenizer


def _folding_normalizer() -> normalizers.Normalizer:
    """The same folding as `vietnamese.folding`, in the tokenizer's own terms, so that it is saved with it."""
    return normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("đ", "d"),
        ]
    )


def _phrases(split: bool) -> pre_tokenizers.PreTokenizer:
    """Punctuation is dropped and parts phrases; `split` parts the syllables of a phrase as well."""
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\s*[^\w\s]+\s*|\s*_+\s*|\s\s+|[\n\t\r]"), behavior="removed"),
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=split),
        ]
    )


def _best_pairs(tokenizer: Tokenizer, texts: Sequence[str], count: int) -> list[tuple[str, str]]:
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for tokens in _token_lists(tokenizer, texts):
        singles.update(tokens)
        pairs.update(
            (left, right)
            for (left, right), after in zip(pairwise(tokens), [*tokens[2:], SPACE], strict=False)
            if left[0] == SPACE and right[0] == SPACE and after[0] == SPACE
        )
    total = sum(singles.values())

    def worth(pair: tuple[str, str]) -> float:
        left, right = pair
        return pairs[pair] * math.log(pairs[pair] * total / (singles[left] * singles[right]))

    fitting = [pair for pair, frequency in pairs.items() if frequency >= 10 and _mergeable(pair)]
    return sorted(fitting, key=lambda pair: (-worth(pair), pair))[:count]


def _mergeable(pair: tuple[str, str]) -> bool:
    joined = pair[0] + pair[1]
    return joined.count(SPACE) <= LONGEST_TOKEN_SYLLABLES and not any(c.isdigit() for c in joined)


def _token_lists(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterable[list[str]]:
    for start in range(0, len(texts), 2000):
        for encoding in tokenizer.encode_batch(texts[start : start + 2000], add_special_tokens=False):
            yield encoding.tokens


def _with_merges(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> Tokenizer:
    described = json.loads(tokenizer.to_str())
    model = described["model"]
    for left, right in pairs:
        if left + right not in model["vocab"]:
            model["vocab"][left + right] = len(model["vocab"])
            model["merges"].append([left, right])
    return Tokenizer.from_str(json.dumps(described))
