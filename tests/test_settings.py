"""Settings: documented, strict, and a secret key that is never a default."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

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


def test_two_first_starts_at_once_agree_on_a_key_and_leave_nothing_behind(tmp_path) -> None:
    settings, start = Settings(data_dir=tmp_path), Barrier(4)

    def first_start(_number: int) -> str:
        start.wait()
        return signing_key(settings)

    with ThreadPoolExecutor(4) as processes:
        keys = set(processes.map(first_start, range(4)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_that_another_start_made_meanwhile_wins(tmp_path, monkeypatch) -> None:
    settings = Settings(data_dir=tmp_path)
    link = Path.hardlink_to

    def too_late(path: Path, target: Path) -> None:
        path.write_text("the other's", "ascii")
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", too_late)
    assert signing_key(settings) == "the other's"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_database_and_the_queue_are_apart_in_the_data_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=Path("data"))
    assert settings.sqlalchemy_url == f"sqlite:///{tmp_path.resolve() / 'data' / 'review.db'}"
    assert settings.job_queue_url == f"sqlite:///{tmp_path.resolve() / 'data' / 'queue.db'}"


def test_a_given_database_is_used(tmp_path) -> None:
    url = "postgresql+psycopg://review@db.example/review"
    assert Settings(data_dir=tmp_path, database_url=url).sqlalchemy_url == url


def test_a_file_of_settings_is_read_and_the_environment_goes_first(tmp_path, monkeypatch) -> None:
    (tmp_path / ".env").write_text("REVIEW_APP_PORT=8100\nREVIEW_APP_THREADS=4\nOTHER_APP_PORT=1\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEW_APP_THREADS", "2")
    settings = Settings()
    assert (settings.port, settings.threads) == (8100, 2)


def test_a_file_of_settings_that_this_user_may_not_read_is_as_good_as_none(tmp_path) -> None:
    """As ``sudo -u review-app`` meets it in a folder of somebody else's."""
    tmp_path.chmod(0o755)
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / ".env").write_text("REVIEW_APP_PORT=8100\n", "utf-8")
    closed.chmod(0o700)
    told = """if True:
        import os
        from review_app.cli.installation import read_settings
        assert read_settings().port == 8100
        if os.geteuid() == 0:
            os.setuid(65534)
        else:
            os.chmod(".", 0)
        print(read_settings().port)
    """
    asked = subprocess.run([sys.executable, "-c", told], cwd=closed, capture_output=True, text=True, check=False)
    assert asked.stdout == f"{Settings(_env_file=None).port}\n", asked.stderr


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "65536"),
        ("public_port", "-1"),
        ("threads", "0"),
        ("proxies", "6"),
        ("session_days", "0"),
        ("default_language", "fi"),
        ("max_upload_mb", "0"),
        ("log_level", "debug"),
        ("log_json", "perhaps"),
    ],
)
def test_a_value_out_of_its_range_is_refused_by_name(monkeypatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"REVIEW_APP_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


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
