"""How common each Vietnamese syllable is: the table of vietnamese/data/, counted over the training text.

usage: python -m training.frequencies --corpora DIR

A syllable's rarity is ln(passages / passages that hold it), in the corpus where it is more common of the two
(laws or Wikipedia), for its accented form and for its folded one. Counts are facts: no text is kept.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from training.corpora import LAW_FILE, WIKI_FILE, _records
from vietnamese.folding import fold

OUTPUT = Path(__file__).resolve().parents[1] / "vietnamese" / "data" / "rarity.tsv"
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_PASSAGES = 5
_MOST_LETTERS = 8


def counted(file: Path) -> tuple[int, Counter[str]]:
    """The number of passages of a corpus, and in how many each form of a syllable stands."""
    total, counts = 0, Counter[str]()
    for record in tqdm(_records(file), desc=file.name, unit=" texts"):
        for paragraph in record["text"].split("\n"):
            words = {word.lower() for word in _WORD.findall(paragraph)}
            if len(words) < 5:
                continue
            total += 1
            counts.update(words | {fold(word) for word in words})
    return total, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the two corpora")
    corpora = [counted(parser.parse_args().corpora / name) for name in (LAW_FILE, WIKI_FILE)]
    words = {
        word
        for _, counts in corpora
        for word, count in counts.items()
        if count >= _LEAST_PASSAGES and len(word) <= _MOST_LETTERS
    }
    rarity = {
        word: min(math.log(total / counts[word]) for total, counts in corpora if counts[word])
        for word in sorted(words)
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text("".join(f"{word}\t{value:.1f}\n" for word, value in rarity.items()), "utf-8")
    print(f"{len(rarity)} forms, {OUTPUT.stat().st_size:,} bytes: {OUTPUT.name}")


if __name__ == "__main__":
    main()
