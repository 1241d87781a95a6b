"""The id of a figure: from its passage, its place in it and its value, the same whenever the file is read."""

import hashlib

from domain.documents import Passage


def figure_id(passage: Passage, span: tuple[int, int], value: object) -> str:
    return hashlib.sha256(f"{passage.passage_id}:{span}:{value}".encode()).hexdigest()[:16]
