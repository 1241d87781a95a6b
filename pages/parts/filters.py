"""What the reader pins by hand: places, documents, years, kinds. On the chat they bound what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from domain.answers import Filters
from pages.parts import phrases
from prompts.wording import Wording

if TYPE_CHECKING:  # the store loads while the page paints
    from vectorstore.store import View

_KEYS = ("places", "documents", "years", "kinds")


def draw(view: View, words: Wording) -> None:
    """A button that says how much is pinned, opening the choices."""
    chosen = pinned(view)
    count = sum(len(getattr(chosen, name)) for name in _KEYS)
    label = words.text("page.filters.on", count=count) if count else words.text("page.filters.off")
    with st.popover(label, type="primary" if count else "secondary"):
        _draw_choices(view, words)
        st.button(words.text("page.filters.clear"), on_click=_clear, disabled=not count)


def summary(chosen: Filters, view: View, words: Wording) -> str:
    """One line that names what is pinned; "" where nothing is."""
    names = {source.document_id: phrases.document_name(source, words) for source in view.sources()}
    parts = [
        *chosen.places,
        *(names.get(document, document) for document in chosen.documents),
        *map(str, chosen.years),
        *(words.text(f"kind.{kind}") for kind in chosen.kinds),
    ]
    return words.text("page.filters.summary", parts=", ".join(parts)) if parts else ""


def _draw_choices(view: View, words: Wording) -> None:
    sources = view.sources()
    names = {source.document_id: phrases.document_name(source, words) for source in sources}
    choices: dict[str, list[str] | list[int]] = {
        "places": sorted({source.place for source in sources if source.place}),
        "documents": sorted(names, key=lambda document: names[document]),
        "years": sorted({figure.year for figure in view.figures() if figure.year}),
        "kinds": sorted({source.kind.value for source in sources}),
    }

    def shown(choice: str | int) -> str:
        if choice in names:
            return names[str(choice)]
        return words.text(f"kind.{choice}") if choice in choices["kinds"] else str(choice)

    for name in _KEYS:
        st.multiselect(
            words.text(f"page.filters.{name}"), choices[name], key=_key(name), format_func=shown,
            placeholder=words.text("page.filters.all"),
        )


def pinned(view: View) -> Filters:
    """What is pinned now, without documents that are gone since."""
    there = {source.document_id for source in view.sources()}
    chosen = {name: tuple(st.session_state.get(_key(name), ())) for name in _KEYS}
    chosen["documents"] = tuple(document for document in chosen["documents"] if document in there)
    return Filters(**chosen)


def _clear() -> None:
    for name in _KEYS:
        st.session_state[_key(name)] = []


def _key(name: str) -> str:
    return f"filter-{name}"
