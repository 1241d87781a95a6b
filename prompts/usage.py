"""Help and usage errors of the terminal in the user's language.

argparse writes its own words in English. They are replaced here: headings and help by its own options, its
errors by recognising the sentence; one that is not recognised stays as it is.
"""

from __future__ import annotations

import argparse
import functools
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from prompts.wording import Wording

# What argparse says, and the sentence of ours with the same blanks.
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", "required"),
    (r"unrecognized arguments: (?P<names>.+)", "unrecognized"),
    (r"invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)", "invalid_choice"),
    (r"expected (?:one argument|at least one argument|\d+ arguments)", "needs_value"),
    (r"not allowed with argument (?P<other>.+)", "not_together"),
    (r"ignored explicit argument (?P<value>.+)", "takes_no_value"),
    (r"ambiguous option: (?P<value>.+) could match (?P<choices>.+)", "ambiguous"),
    (r"invalid \S+ value: (?P<value>.+)", "invalid_value"),
)
_ABOUT_ARGUMENT = re.compile(r"argument (?P<name>[^:]+): (?P<message>.+)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that speaks the language of `wording`."""

    def __init__(self, wording: Wording, **options: Any) -> None:
        super().__init__(
            **options, add_help=False, formatter_class=functools.partial(_Formatter, wording=wording)
        )
        self._wording = wording
        self._positionals.title = wording.text("help.positionals")
        self._optionals.title = wording.text("help.options")
        self.add_argument("-h", "--help", action="help", help=wording.text("help.help"))

    def error(self, message: str) -> NoReturn:
        said = usage_sentence(message, self._wording)
        self.print_usage()
        self.exit(2, self._wording.text("usage.error", program=self.prog, message=said) + "\n")

    def print_usage(self, file: Any = None) -> None:
        """To the standard error: usage is printed only with an error."""
        import sys

        super().print_usage(file or sys.stderr)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str, wording: Wording) -> None:
        super().__init__(prog, max_help_position=30)
        self._wording = wording

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if getattr(action, "_get_subactions", None):
            self._action_max_length += self._indent_increment  # argparse forgets that commands are indented

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, self._wording.text("help.usage") if prefix is None else prefix
        )


def usage_sentence(message: str, wording: Wording) -> str:
    """argparse's `message` in the language of `wording`."""
    about = _ABOUT_ARGUMENT.fullmatch(message)
    name = about["name"] if about else ""
    told = about["message"] if about else message
    for pattern, key in _SENTENCES:
        if found := re.fullmatch(pattern, told):
            sentence = wording.text(f"usage.{key}", name=name, **found.groupdict())
            names_itself = not name or "{name}" in wording.raw(f"usage.{key}")
            return sentence if names_itself else wording.text("usage.argument", name=name, message=sentence)
    return wording.text("usage.argument", name=name, message=told) if about else told
