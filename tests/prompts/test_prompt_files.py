import re

import pytest

from prompts.prompt_files import BLANKS, PromptError, parsed, prompt

FILLED = {name: f"<{name}>" for blanks in BLANKS.values() for name in blanks}


@pytest.mark.parametrize(("name", "language"), BLANKS)
def test_every_prompt_has_its_parts_and_blanks(name, language):
    messages = prompt(name, language).messages(**FILLED)
    assert [role for role, _ in messages] == ["system", "user"]
    assert all(f"<{blank}>" in messages[0][1] + messages[1][1] for blank in BLANKS[name, language])


def test_the_version_names_the_text():
    text = "+++ system\nA\n+++ user\n{history} {question}\n"
    first = parsed("standalone", "vi", text)
    assert re.fullmatch(r"standalone\.vi@[0-9a-f]{12}", first.version)
    assert parsed("standalone", "vi", text.replace("A", "B")).version != first.version


@pytest.mark.parametrize(
    "text",
    [
        "+++ system\nA\n+++ user\n{history}\n",
        "+++ system\nA\n+++ user\n{history} {question} {more}\n",
        "+++ user\n{history} {question}\n",
        "before\n+++ system\nA\n+++ user\n{history} {question}\n",
    ],
)
def test_a_prompt_with_other_parts_or_blanks_is_refused(text):
    with pytest.raises(PromptError):
        parsed("standalone", "vi", text)


def test_braces_in_a_value_stay():
    messages = prompt("standalone", "vi").messages(history="{x}", question="{question}")
    assert "{x}" in messages[1][1]
    assert "{question}" in messages[1][1]
