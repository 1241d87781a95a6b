"""The settings of the program: one frozen object, read when a door opens and passed on from there.

From `HOI_*` variables, an optional TOML file and what the command line gave, in falling order: command line,
environment, file. An unknown name is refused with the nearest known one. Nothing is read on import.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import SettingsError

APPLICATION = "hoi-quy-hoach"
PREFIX = "HOI_"
FILE_VARIABLE = "HOI_SETTINGS"  # names the settings file; not a setting itself


def default_store() -> Path:
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False) / "store"


class Settings(BaseSettings):
    """All settings; field `lock_timeout_seconds` is the variable HOI_LOCK_TIMEOUT_SECONDS."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True,
        protected_namespaces=(),
    )

    store: Path = Field(default_factory=default_store, description="folder of the store")
    language: Literal["vi", "en"] = Field("vi", description="language of messages")
    embedder: str | None = Field(None, description="sentence-transformers model; empty: the bundled one")
    lock_timeout_seconds: float = Field(30.0, ge=0, description="how long to wait for another writer")
    file_max_mebibytes: float = Field(200.0, gt=0, description="larger files are not read")
    file_timeout_seconds: float = Field(120.0, gt=0, description="time limit for reading one file")
    file_memory_mebibytes: int = Field(2048, ge=128, description="memory limit for reading one file")
    question_max_characters: int = Field(2000, ge=1, description="longer questions are refused")
    conversation_days: int = Field(30, ge=1, description="days that a conversation of the page is kept")
    editor_password_hash: SecretStr | None = Field(
        None, description="hash of the editors' password, made by `python -m pages.parts.password`"
    )
    editor_emails: str | None = Field(
        None, description="addresses, between commas, of editors who sign in (OpenID Connect)"
    )
    model: str | None = Field(None, description="language model; empty: extractive answers")
    model_url: str | None = Field(None, description="OpenAI-compatible address of the model")
    model_key: SecretStr | None = Field(None, description="secret key of the model")
    model_timeout_seconds: float = Field(30.0, gt=0, description="time limit for one model answer")


def language_asked_for() -> Literal["vi", "en"]:
    """The language for what is said before the settings are read, or when they cannot be."""
    return "en" if os.environ.get(PREFIX + "LANGUAGE", "").lower().startswith("en") else "vi"


def load_settings(settings_file: Path | None = None, **given: object) -> Settings:
    """The settings in force. `given` holds what the command line named; None there means not given.

    Raises SettingsError with a code that begins with settings_unknown, settings_value or settings_file.
    """
    named = {name: value for name, value in given.items() if value is not None}
    _refuse_unknown((name for name in os.environ if name.startswith(PREFIX)), prefix=PREFIX, where="")
    path = settings_file or _settings_file(named)
    from_file = _read_file(path) if path else {}
    _refuse_unknown(from_file, prefix="", where=str(path))
    below_environment = {
        name: value for name, value in from_file.items() if not os.environ.get(PREFIX + name.upper())
    }
    try:
        return Settings(**(below_environment | named))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = _spelling(str(first["loc"][0]), named, below_environment)
        raise _value_error(name, first["type"], first.get("ctx", {}), first["msg"]) from error


def _value_error(name: str, kind: str, limits: Mapping[str, Any], message: str) -> SettingsError:
    """The error for a value of `name` that pydantic refuses with `kind`."""
    if kind == "literal_error":
        return SettingsError("settings_value_choice", name=name, choices=limits["expected"])
    if kind in {"float_parsing", "int_parsing", "int_from_float", "float_type", "int_type"}:
        return SettingsError("settings_value_number", name=name)
    if kind in {"greater_than", "greater_than_equal"}:
        return SettingsError("settings_value_too_small", name=name, limit=limits.get("gt", limits.get("ge")))
    return SettingsError("settings_value", name=name, reason=message)


def _spelling(name: str, named: Mapping[str, object], from_file: Mapping[str, object]) -> str:
    """The name as whoever set it wrote it."""
    if name in named:
        return "--" + name.replace("_", "-")
    return name if name in from_file else PREFIX + name.upper()


def _settings_file(named: Mapping[str, object]) -> Path | None:
    """HOI_SETTINGS, else settings.toml in the store, else in the user's configuration folder."""
    asked_for = os.environ.get(FILE_VARIABLE)
    if asked_for:
        return Path(asked_for).expanduser()
    from platformdirs import user_config_path

    store = Path(str(named.get("store") or os.environ.get(PREFIX + "STORE") or default_store()))
    folders = (store, user_config_path(APPLICATION, appauthor=False))
    return next((path for folder in folders if (path := folder / "settings.toml").is_file()), None)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError("settings_file_missing", file=path) from error
    except (OSError, ValueError) as error:
        raise SettingsError("settings_file_broken", file=path, detail=error) from error


def _refuse_unknown(names: Iterable[str], prefix: str, where: str) -> None:
    """`names` are spelled as variables with `prefix`, or as fields without; `where` names the file."""
    known = [prefix + name.upper() if prefix else name for name in Settings.model_fields]
    accepted = {*known, FILE_VARIABLE} if prefix else set(known)
    for name in names:
        if name not in accepted:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            code = "settings_unknown_in_file" if where else "settings_unknown"
            raise SettingsError(code, name=name, nearest=nearest[0], file=where)
