"""Settings: documented, strict, and a secret key that is never a default."""

import stat

import pytest
from pydantic import ValidationError

from review_app.resources import TEMPLATES
from review_app.settings import Settings, signing_key


def test_every_setting_is_documented() -> None:
    documented = (TEMPLATES.parent / "docs" / "settings.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"`REVIEW_APP_{name.upper()}`" in documented, name


def test_a_secret_key_is_generated_once_and_only_for_its_owner(tmp_path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    key = signing_key(settings)
    assert len(key) >= 40
    assert signing_key(settings) == key
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    assert signing_key(Settings(data_dir=tmp_path / "other")) != key


def test_a_given_secret_key_is_used(tmp_path) -> None:
    assert signing_key(Settings(data_dir=tmp_path, secret_key="from the environment")) == "from the environment"
    assert not (tmp_path / "secret_key").exists()


def test_cookies_are_secure_when_the_address_is_https() -> None:
    assert Settings(base_url="https://granska.example.se").secure_cookies
    assert not Settings(base_url="http://127.0.0.1:8000").secure_cookies


def test_a_wrong_value_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("REVIEW_APP_PORT", "many")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_internal_hosts_are_a_comma_separated_list(monkeypatch) -> None:
    monkeypatch.setenv("REVIEW_APP_FETCH_HOSTS", "Intranet.example, 10.0.0.5 ,")
    assert Settings().fetch_hosts == {"intranet.example", "10.0.0.5"}
