"""What the README says is so: its settings, its commands, and the answer that it shows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from prompts.wording import Wording
from settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_rows():
    for name, field in Settings.model_fields.items():
        default = field.default
        if field.default_factory:
            written = "a folder of the user's data directory"
        elif default is None:
            written = ""
        else:
            written = f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
        yield f"| `{PREFIX}{name.upper()}` | {written} | {field.description} |"


@pytest.mark.parametrize("row", tuple(settings_rows()))
def test_every_setting_stands_in_the_table(row):
    assert row in README


def options_of_commands():
    parser = cli._parser(Wording("en"))
    (commands,) = (action.choices for action in parser._actions if action.dest == "command")
    for name, command in commands.items():
        for action in command._actions:
            yield from ((name, option) for option in action.option_strings if option.startswith("--"))


@pytest.mark.parametrize(("command", "option"), tuple(options_of_commands()))
def test_every_option_of_every_command_is_documented(command, option):
    row = next((line for line in README.splitlines() if line.startswith(f"| `hoi {command}")), "")
    assert row, f"hoi {command} has no row in the README"
    assert option in row or option in ("--store", "--help")


def test_the_answer_it_shows_is_the_answer_it_gives(tmp_path):
    shown = re.search(r'```\n\$ \.venv/bin/hoi ask "(.+?)"\n(.*?)```', README, re.DOTALL)
    assert shown
    question, answer = shown.groups()

    def hoi(*arguments):
        command = [sys.executable, "-m", "cli", *arguments, "--store", str(tmp_path)]
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    hoi("ingest", "plans")
    assert hoi("ask", question) == answer


def test_its_pictures_and_links_are_there():
    targets = re.findall(r"\]\((?!http)([^)]+)\)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]
