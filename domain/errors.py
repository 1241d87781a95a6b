"""The error tree. An error carries a code and values; only the doors look up its wording (prompts/).

HoiError
├── UsageError            what the user typed cannot be used (exit status 1, or 2 for wrong usage)
├── ReadError             one file cannot be read; the others go on
├── StoreError            the store is missing, locked, broken or from another version
├── EmbedderError         the embedding model cannot be found or used
├── SettingsError         a setting is unknown or has no usable value
└── ModelError            the configured language model did not answer usefully
"""

from __future__ import annotations


class HoiError(Exception):
    """`code` names the wording in the message catalogues, `values` fill its blanks."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.values)


def _rebuild(kind: type[HoiError], code: str, values: dict[str, object]) -> HoiError:
    return kind(code, **values)


class UsageError(HoiError):
    """The question, the path or the option cannot be used."""


class ReadError(HoiError):
    """A file cannot be read: unsupported, broken, encrypted, too large, too slow."""


class StoreError(HoiError):
    """The store cannot be opened, read or written."""


class EmbedderError(HoiError):
    """The embedding model cannot be found or used."""


class SettingsError(HoiError):
    """A setting is unknown or has no usable value."""


class ModelError(HoiError):
    """The language model did not give a usable answer."""
