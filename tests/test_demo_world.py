"""The demo world, small: made by real processes through public HTTP, its books compared, and opened again."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from livefreeze.demo.client import Client

LIVEFREEZE = str(Path(sys.executable).with_name("livefreeze"))

pytestmark = pytest.mark.slow


def demo(folder: Path, *options: str) -> tuple[dict, str]:
    """Run it to its end; its document and what it told."""
    command = [LIVEFREEZE, "demo", "--data", str(folder), "--any-ports", "--exit", "--json", *options]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout), ended.stderr


def test_a_small_world_is_made_once_its_books_agree_and_it_opens_again(tmp_path):
    folder = tmp_path / "world"
    made, told = demo(folder, "--accounts", "12", "--months", "2")
    assert [check["name"] for check in made["checks"] if not check["is_met"]] == [] and len(made["checks"]) == 5
    assert "2026-03" in told and "2026-04" in told
    assert re.search(r"clerk-2 +demo-world-2026 +clerk +某某县人民法院", told)
    assert re.search(r"teller-3 +demo-world-2026 +teller", told)

    again, told = demo(folder)
    assert "Making" not in told and again["checks"] == []
    assert again["tokens"] == made["tokens"] and again["banks"] == made["banks"]
    assert not Client(again["service"]).answers("/health")  # nothing is left running


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").touch()
    ended = subprocess.run([LIVEFREEZE, "demo", "--data", str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 1 and "something else" in ended.stdout
