"""What differs from one installation to the next, read once at start from LIVEFREEZE_… variables.

The same names may stand in a file that LIVEFREEZE_SETTINGS names, one NAME=value a line; a variable
of the environment wins over the file. Every mistake is reported, all at once, and stops the start:
a service that guesses what was meant would guess with other people's money.
"""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

DEVELOPMENT = "development"
PRODUCTION = "production"

_PREFIX = "LIVEFREEZE_"
_FILE = "LIVEFREEZE_SETTINGS"
_FOR_TESTS = ("LIVEFREEZE_TEST_", "LIVEFREEZE_FAULTS")  # the test suite's own, which its processes inherit


class SettingsInvalid(Exception):
    """Settings that cannot be used; each of the `mistakes` is a sentence that says how to mend it."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one installation; each field is LIVEFREEZE_ and its name in capitals."""

    environment: str = PRODUCTION  # the careful one, for whoever forgets to say
    database_url: str = field(default="sqlite:///livefreeze.db", repr=False)  # may hold a password
    master_key_file: Path = Path("livefreeze-master-keys.json")
    public_url: str = "http://127.0.0.1:8000"
    clock_file: Path | None = None  # moves the business clock: base/clock.py
    demo_bar: bool = False  # a bar on each page that moves the business clock
    wait_for_disk: bool = True  # false: SQLite commits at once; a power cut, no kill, may lose the last seconds
    delivery_attempts_max: int = 900  # of one message to a bank, about three days; then a person has to look
    inquiry_keep_days: int = 180  # how long after an inquiry its answers may be read; then they are deleted

    @property
    def is_development(self) -> bool:
        """Say whether the movable clock, plain http and the sandbox bank are allowed."""
        return self.environment == DEVELOPMENT


_NAMES = {_PREFIX + each.name.upper(): each.name for each in fields(Settings)}
_PATHS = {"master_key_file", "clock_file"}
_FLAGS = {"demo_bar", "wait_for_disk"}
_TRUE_OR_FALSE = {"true": True, "false": False}
_COUNTS = {"delivery_attempts_max", "inquiry_keep_days"}


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment and the file it names. Raises SettingsInvalid."""
    mistakes: list[str] = []
    texts = _from_file(environ.get(_FILE), mistakes)
    texts |= {name: value for name, value in environ.items() if name.startswith(_PREFIX)}
    texts = {name: value for name, value in texts.items() if name != _FILE and not name.startswith(_FOR_TESTS)}
    mistakes += [_unknown(name) for name in sorted(texts.keys() - _NAMES.keys())]
    given = {_NAMES[name]: value for name, value in texts.items() if name in _NAMES and value}
    settings = Settings(**{name: _read(name, value, mistakes) for name, value in given.items()})
    mistakes += _mistakes_in(settings)
    if mistakes:
        raise SettingsInvalid(mistakes)
    return settings


def _read(name: str, text: str, mistakes: list[str]) -> str | Path | int | bool:
    if name in _PATHS:
        return Path(text)
    if name in _FLAGS:
        if text.lower() not in _TRUE_OR_FALSE:
            mistakes.append(f"{_PREFIX}{name.upper()} must be true or false.")
        return _TRUE_OR_FALSE.get(text.lower(), False)
    if name not in _COUNTS:
        return text
    if text.isascii() and text.isdigit() and 1 <= len(text) <= 6 and int(text) > 0:
        return int(text)
    mistakes.append(f"{_PREFIX}{name.upper()} must be a whole number from 1 to 999999.")
    return 1


def _from_file(name: str | None, mistakes: list[str]) -> dict[str, str]:
    if not name:
        return {}
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{_FILE} names {name}, which cannot be read: {error}")
        return {}
    texts: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        key, equals, value = line.partition("=")
        if not equals or not key.strip().startswith(_PREFIX):
            mistakes.append(f"{name}, line {number}: write {_PREFIX}NAME=value, or begin the line with #.")
        elif key.strip() in texts:
            mistakes.append(f"{name}, line {number}: {key.strip()} stands there twice; keep one.")
        else:
            texts[key.strip()] = value.strip()
    return texts


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0)
    return f"{name} is no setting; is {close[0]} meant? Unset it or mend the name."


def _mistakes_in(settings: Settings) -> list[str]:
    mistakes = []
    if settings.environment not in (DEVELOPMENT, PRODUCTION):
        mistakes.append(f"LIVEFREEZE_ENVIRONMENT must be {DEVELOPMENT} or {PRODUCTION}.")
    if not settings.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        mistakes.append("LIVEFREEZE_DATABASE_URL must begin with sqlite:/// and a file name, or with postgresql://.")
    elif settings.database_url.removeprefix("sqlite:///") in ("", ":memory:"):
        mistakes.append("LIVEFREEZE_DATABASE_URL must name a file: web process and worker cannot share one in memory.")
    mistakes += _mistakes_in_public_url(settings)
    if not settings.wait_for_disk and not settings.is_development:
        mistakes.append(
            "LIVEFREEZE_WAIT_FOR_DISK=false may lose what was answered: unset it, or set"
            " LIVEFREEZE_ENVIRONMENT=development."
        )
    if settings.clock_file is not None and not settings.is_development:
        mistakes.append("LIVEFREEZE_CLOCK_FILE moves the clock: unset it, or set LIVEFREEZE_ENVIRONMENT=development.")
    if settings.demo_bar and (settings.clock_file is None or not settings.is_development):
        mistakes.append(
            "LIVEFREEZE_DEMO_BAR lets everybody move the clock: unset it, or set LIVEFREEZE_ENVIRONMENT=development"
            " and LIVEFREEZE_CLOCK_FILE."
        )
    return mistakes


def _mistakes_in_public_url(settings: Settings) -> list[str]:
    try:
        parts = urlsplit(settings.public_url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, a bracket left open
        has_host = False
    if not has_host or parts.scheme not in ("http", "https"):
        return ["LIVEFREEZE_PUBLIC_URL must be the address that banks call, such as https://freeze.court."]
    if parts.path or parts.query or parts.fragment or parts.username is not None:
        return ["LIVEFREEZE_PUBLIC_URL must end with the host or its port: no slash, path or user after it."]
    if parts.scheme == "http" and not settings.is_development:
        return [
            "LIVEFREEZE_PUBLIC_URL must be the https address that banks call; to try things out on"
            " your own machine, set LIVEFREEZE_ENVIRONMENT=development."
        ]
    return []
