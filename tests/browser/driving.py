"""What browser tests do again and again."""

import subprocess
import sys
from pathlib import Path

from pages.parts.examples import written_examples

ROOT = Path(__file__).parents[2]
FIRST_EXAMPLE = written_examples()[0][0]


def hoi(*arguments, store):
    """Run the terminal door; it must work."""
    command = [sys.executable, "-m", "cli", *map(str, arguments), "--store", str(store)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)


def ask(page, question):
    """Type a question and wait until it stands in the conversation."""
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=question, exact=True).wait_for()


def ask_first_example(page):
    page.get_by_role("button", name=FIRST_EXAMPLE).click()
    page.locator(".hq-answer").first.wait_for()


def open_citation(page, key=1):
    """The drawer of a citation of the last answer that has one with this key."""
    page.get_by_role("button", name=f"{key} · ").last.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("mark").first.wait_for()
    return dialog
