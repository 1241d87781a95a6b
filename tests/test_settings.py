import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.errors import SettingsError
from settings import Settings, load_settings


@pytest.fixture(autouse=True)
def no_settings_outside(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith("HOI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_defaults_need_no_environment(tmp_path):
    settings = load_settings()
    assert settings.language == "vi"
    assert settings.store == tmp_path / "data" / "hoi-quy-hoach" / "store"
    assert not settings.store.exists()


def test_the_command_line_beats_the_environment_and_that_beats_the_file(monkeypatch, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('store = "/from/file"\nlanguage = "en"\nlock_timeout_seconds = 5\n', encoding="utf-8")
    monkeypatch.setenv("HOI_SETTINGS", str(file))
    monkeypatch.setenv("HOI_STORE", "/from/environment")
    settings = load_settings()
    assert (settings.store, settings.language, settings.lock_timeout_seconds) == (
        Path("/from/environment"),
        "en",
        5.0,
    )
    assert load_settings(store="/from/line", language=None).store == Path("/from/line")


def test_a_settings_file_in_the_store_is_found(tmp_path):
    (tmp_path / "settings.toml").write_text('embedder = "some/model"\n', encoding="utf-8")
    assert load_settings(store=tmp_path).embedder == "some/model"


def test_an_unknown_variable_is_refused_with_the_nearest_known_one(monkeypatch):
    monkeypatch.setenv("HOI_LOCK_TIMEOUT", "3")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.code == "settings_unknown"
    assert caught.value.values["name"] == "HOI_LOCK_TIMEOUT"
    assert caught.value.values["nearest"] == "HOI_LOCK_TIMEOUT_SECONDS"


def test_an_unknown_key_in_the_file_is_refused(monkeypatch, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('languge = "en"\n', encoding="utf-8")
    monkeypatch.setenv("HOI_SETTINGS", str(file))
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.code == "settings_unknown_in_file"
    assert caught.value.values["nearest"] == "language"


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOI_LANGUAGE", "fr"), ("HOI_FILE_TIMEOUT_SECONDS", "soon"), ("HOI_LOCK_TIMEOUT_SECONDS", "-1")],
)
def test_a_useless_value_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.code.startswith("settings_value_")
    assert caught.value.values["name"] == name


def test_a_missing_or_broken_settings_file_is_one_error(monkeypatch, tmp_path):
    monkeypatch.setenv("HOI_SETTINGS", str(tmp_path / "nowhere.toml"))
    with pytest.raises(SettingsError, match="settings_file_missing"):
        load_settings()
    (tmp_path / "nowhere.toml").write_text("= 3", encoding="utf-8")
    with pytest.raises(SettingsError, match="settings_file_broken"):
        load_settings()


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("HOI_EMBEDDER", "")
    assert load_settings().embedder is None


def test_the_key_is_never_shown(monkeypatch):
    monkeypatch.setenv("HOI_MODEL_KEY", "sk-secret")
    settings = load_settings()
    assert "sk-secret" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.model_key is not None
    assert settings.model_key.get_secret_value() == "sk-secret"


def test_settings_are_frozen():
    with pytest.raises(ValueError):
        load_settings().language = "en"  # type: ignore[misc]


def test_nothing_is_read_on_import():
    code = "import os; os.environ['HOI_NONSENSE'] = '1'; os.environ['HOI_LANGUAGE'] = 'xx'; import settings"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])


def test_every_setting_says_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())
