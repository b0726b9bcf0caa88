"""The `livefreeze` command: exit status, sentences, JSON; each command with an example in its help."""

import json
import re
import socket
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from bank_adapters.keys import PrivateKey, PublicKey, SharedSecret
from livefreeze.base import clock, master_keys
from livefreeze.cli import main
from livefreeze.cli.progress import Bar
from livefreeze.flows import staff

URL = "https://bank.example/livefreeze"
KEY = PrivateKey.generate()
BANK = ("bank", "add", "demo", "--name", "Demo", "--url")


def every_command(command: click.Command = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    below = {name: command.get_command(None, name) for name in command.list_commands(None)}
    return [path] + [found for name, one in below.items() for found in every_command(one, (*path, name))]


EVERY = every_command()
GROUPS = {(), ("court",), ("user",), ("token",), ("bank",), ("bank", "key"), ("message",), ("inquiry",), ("audit",),
          ("sandbox",), ("rules",), ("claims",), ("distribution",)}
STAY_UP = {("serve",), ("worker",)}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch) -> Path:
    """Settings of a database and of keys that are not made yet; the folder they will be in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIVEFREEZE_ENVIRONMENT", "development")
    monkeypatch.setenv("LIVEFREEZE_DATABASE_URL", f"sqlite:///{tmp_path / 'commands.db'}")
    monkeypatch.setenv("LIVEFREEZE_MASTER_KEY_FILE", str(tmp_path / "keys.json"))
    return tmp_path


@pytest.fixture
def ready(settings: Path) -> Path:
    assert run("init").exit_code == 0
    return settings


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def done(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_shows_an_example(path):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert re.search(r"Example:\n +(LIVEFREEZE_\S+ )?livefreeze", result.stdout), result.stdout


@pytest.mark.parametrize("path", [path for path in EVERY if path not in GROUPS | STAY_UP], ids=" ".join)
def test_every_command_can_answer_in_json(path):
    assert "--json" in run(*path, "--help").stdout


def test_init_makes_database_and_keys_once(ready):
    assert (ready / "keys.json").stat().st_mode & 0o777 == 0o600
    assert done("init")["made_keys"] is False


def test_init_makes_no_new_keys_beside_an_old_database(ready):
    (ready / "keys.json").unlink()
    result = run("init")
    assert (result.exit_code, "Restore the file" in result.stderr) == (1, True)
    assert not (ready / "keys.json").exists()


def test_after_init_the_doctor_finds_nothing_wrong_on_either_engine(settings, empty_database_url, monkeypatch):
    monkeypatch.setenv("LIVEFREEZE_DATABASE_URL", empty_database_url)
    done("init")
    assert [(one["name"], one["is_good"]) for one in done("doctor")["checks"]] == [
        ("settings", True), ("master keys", True), ("database", True), ("clock", True)
    ]


def test_the_doctor_says_how_to_make_what_is_not_there(settings):
    result = run("doctor")
    assert (result.exit_code, "FAIL  master keys" in result.stdout, "livefreeze init" in result.stdout) == (
        1, True, True
    )


def test_the_doctor_finds_that_the_keys_are_of_another_database(ready):
    done(*BANK, URL, "--public-key", KEY.public_key.text())
    (ready / "keys.json").unlink()
    master_keys.create(ready / "keys.json")
    result = run("doctor")
    assert (result.exit_code, "FAIL  database" in result.stdout) == (1, True)


def test_a_court_a_user_and_a_token(ready):
    done("court", "add", "yuyao", "--name", "余姚市人民法院")
    done("user", "add", "wang", "--court", "yuyao", "--role", "clerk")
    made = done("token", "create", "wang")
    assert staff.authenticate(made["token"]).login == "wang"
    assert done("token", "revoke", "wang")["revoked"] == 1
    assert staff.authenticate(made["token"]) is None
    again = run("token", "create", "wang").stdout.strip()
    assert staff.authenticate(again).role == "clerk"
    done("user", "disable", "wang")
    assert staff.authenticate(again) is None


def test_a_bank_gets_our_public_key(ready):
    added = done(*BANK, URL, "--public-key", KEY.public_key.text())
    assert PublicKey.parse(added["public_key"])
    listed = done("bank", "key", "list", "demo")["keys"]
    assert [(one["direction"], one["scheme"]) for one in listed] == [("inbound", "v1a"), ("outbound", "v1a")]
    second = done("bank", "key", "add", "demo", "--secret", SharedSecret.generate().text())
    assert SharedSecret.parse(second["public_key"])
    done("bank", "key", "retire", "demo", listed[0]["id"])
    assert len(done("bank", "key", "list", "demo")["keys"]) == 3


@pytest.mark.parametrize(("words", "status", "said"), [
    (("court", "add", "Yuyao", "--name", "x"), 1, "code"),
    (("court", "add", "known", "--name", "x"), 1, "exists already"),
    (("court", "add", "new"), 2, "--name"),
    (("user", "add", "x", "--role", "clerk"), 2, "--court"),
    (("user", "add", "x", "--role", "clerk", "--court", "known", "--bank", "b"), 2, "--court"),
    (("user", "add", "x", "--role", "king", "--court", "known"), 2, "king"),
    (("user", "add", "x", "--role", "teller", "--court", "known"), 1, "role"),
    (("user", "add", "x", "--role", "clerk", "--court", "unknown"), 1, "court"),
    (("token", "create", "nobody"), 1, "login"),
    (("token", "create", "nobody", "--days", "0"), 2, "--days"),
    ((*BANK, URL), 2, "--public-key"),
    ((*BANK, URL, "--public-key", KEY.text()), 1, "whpk_"),
    ((*BANK, URL, "--secret", KEY.public_key.text()), 1, "whsec_"),
    ((*BANK, URL, "--public-key", "whpk_x"), 1, "base64"),
    ((*BANK, "http://bank.example/x", "--public-key", KEY.public_key.text()), 1, "https"),
    ((*BANK, "ftp://127.0.0.1/x", "--public-key", KEY.public_key.text()), 1, "https"),
    (("bank", "key", "retire", "unknown", "key_x"), 1, "known here"),
    (("audit", "verify", "--receipts", "no-such-file"), 2, "no-such-file"),
    (("no-such-command",), 2, "no-such-command"),
])
def test_a_refusal_says_why_and_ends_with_its_status(ready, words, status, said):
    done("court", "add", "known", "--name", "Known")
    result = run(*words)
    assert (result.exit_code, said in result.stderr, result.stdout) == (status, True, "")


def test_a_refusal_in_json_is_a_problem_document(ready):
    result = run("token", "create", "nobody", "--json")
    assert (result.exit_code, json.loads(result.stdout)["code"]) == (1, "NOT_FOUND")


@pytest.mark.parametrize("words", [
    ("init",), ("doctor",), ("court", "add", "c", "--name", "x"), ("serve",), ("worker",),
])
def test_wrong_settings_stop_every_command_with_how_to_mend_them(ready, monkeypatch, words):
    monkeypatch.setenv("LIVEFREEZE_DATABASE_URL", "mysql://x")
    result = run(*words)
    assert (result.exit_code, "LIVEFREEZE_DATABASE_URL must begin" in result.stderr) == (1, True)


@pytest.mark.parametrize("words", [("court", "add", "c", "--name", "x"), ("serve",), ("worker",)])
def test_a_database_that_was_not_made_is_said_so(settings, words):
    master_keys.create(settings / "keys.json")
    result = run(*words)
    assert (result.exit_code, "livefreeze init" in result.stderr) == (1, True)
    assert not (settings / "commands.db").exists()


def test_the_doctor_makes_no_database_either(settings):
    master_keys.create(settings / "keys.json")
    result = run("doctor")
    assert (result.exit_code, "livefreeze init" in result.stdout) == (1, True)
    assert not (settings / "commands.db").exists()


def test_serve_says_that_a_port_is_taken_and_never_that_it_listens_there(ready):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Cannot listen at 127.0.0.1" in result.stderr and "--port" in result.stderr


def test_audit_verify_holds_chains_against_receipts(ready):
    done("court", "add", "known", "--name", "Known")
    assert done("audit", "verify") == {"chains": 1, "events": 1, "receipts": 0, "mistakes": []}
    receipts = ready / "receipts.jsonl"
    receipts.write_text('{"chain": "court:known", "seq": 1, "hash": "' + "0" * 64 + '"}\n')
    result = run("audit", "verify", "--receipts", str(receipts))
    assert (result.exit_code, "another event" in result.stdout) == (1, True)
    receipts.write_text("not a receipt\n")
    result = run("audit", "verify", "--receipts", str(receipts))
    assert (result.exit_code, "line 1" in result.stderr) == (1, True)


def test_openapi_writes_the_reviewed_document(tmp_path):
    done("openapi", "--write", str(tmp_path / "openapi.json"))
    document = json.loads((tmp_path / "openapi.json").read_text())
    assert document["openapi"].startswith("3.1")


def test_a_long_command_shows_how_far_it_is_but_only_to_somebody_who_looks(monkeypatch):
    started_s = clock.stopwatch_s()
    screen, log = Console(file=StringIO(), force_terminal=True), Console(file=StringIO(), force_terminal=False)
    with Bar("Verifying", screen) as seen, Bar("Verifying", log) as unseen:
        seen(1000, 3000)
        assert screen.file.getvalue() == ""
        monkeypatch.setattr(clock, "stopwatch_s", lambda: started_s + 2)
        seen(2000, 3000)
        unseen(2000, 3000)
    assert ("Verifying" in screen.file.getvalue(), log.file.getvalue()) == (True, "")


def test_several_commands_run_in_one_process_each_with_a_line(ready):
    add = ["user", "add", "wang", "--court", "yuyao", "--role", "clerk"]
    lines = [["court", "add", "yuyao", "--name", "余姚"], add, ["token", "create", "wang"]]
    result = CliRunner().invoke(main, ["several"], input="\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and [answer.get("login") for answer in answers] == [None, "wang", "wang"]
    assert answers[2]["token"].startswith("lf_")


def test_the_first_refusal_ends_several(ready):
    lines = [["user", "add", "wang", "--court", "nowhere", "--role", "clerk"], ["court", "add", "x", "--name", "X"]]
    result = CliRunner().invoke(main, ["several"], input="\n".join(map(json.dumps, lines)))
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("line", ["court add", '["serve"]', '"x"', '[1]', '["no-such-command"]'])
def test_a_line_that_is_no_command_is_wrong_use(ready, line):
    assert CliRunner().invoke(main, ["several"], input=line).exit_code == 2
