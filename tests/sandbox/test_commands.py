"""The command line of the sandbox bank: what a person types, what it prints, and its exit status."""

import itertools
import json
import os

import pytest
from click.testing import CliRunner

from bank_adapters import keys
from bank_adapters.sandbox.commands import sandbox
from tests.sandbox.conftest import running_process
from tests.sandbox.fake_service import FakeService, frozen
from tests.sandbox.test_inquiries import question

ZHANG = ("--name", "张三", "--id-number", "330281199001011234")
_numbers = itertools.count(1)


def run(*arguments: str):
    return CliRunner().invoke(sandbox, arguments)


@pytest.fixture(scope="module")
def service():
    fake = FakeService()
    yield fake
    fake.close()


@pytest.fixture(scope="module")
def process(tmp_path_factory, service):
    """One bank for all commands: starting it takes longer than any of them."""
    with running_process(tmp_path_factory.mktemp("bank"), service) as started:
        yield started


@pytest.fixture
def say(process):
    """A command to the running bank; returns exit status and standard output."""

    def say(command: str, *arguments: str) -> tuple[int, str]:
        done = run(command, "--url", process.url, *arguments)
        return done.exit_code, done.stdout

    return say


@pytest.fixture
def customer(say, process, service) -> str:
    """A new account of 张三 with 8,000.00 under a freeze, and a whole allowance."""
    number = next(_numbers)
    account = f"622202000000{number:07}"
    opened = say("open-account", *ZHANG, "--account", account, "--opening-balance", "8000.00")
    assert opened == (0, f"{account}  8000.00 CNY\n")
    service.notify(
        process.hook, "freeze.placed", message_id=f"m-{number}", **frozen(account, order=f"frz_{number:026}")
    )
    service.wait_for(lambda s: [event for event in s.events_of("freeze.receipt") if event["account"] == account])
    service.allowance_minor = 2_500_00
    return account


def test_withdraw_approved(say, customer):
    status, printed = say("withdraw", "--account", customer, "--amount", "1000.00", "--branch", "east")
    assert (status, printed) == (
        0,
        "Approved: 1,000.00 CNY. 1,500.00 left until the next payday.\n"
        "同意支取 1,000.00 CNY。下次发薪前还可支取 1,500.00。\n",
    )


def test_withdraw_declined(say, customer):
    status, printed = say("withdraw", "--account", customer, "--amount", "3000.00", "--json")
    assert (status, json.loads(printed)["reason"]) == (1, "ALLOWANCE_EXHAUSTED")


def test_pay_salary(say, customer):
    assert say("pay-salary", "--account", customer, "--amount", "8000.00") == (
        0,
        f"{customer}  +8000.00  16000.00\n",
    )


def test_pay_salary_to_all(say, customer):
    status, printed = say("pay-salary", "--amount", "8000.00", "--on", "2026-03-10", "--json")
    assert status == 0
    assert customer in [entry["account"] for entry in json.loads(printed)["entries"]]


def test_faults(say, process):
    assert "lose_answers=3" in say("faults", "lose_answers=3", "fail_transfers=closed")[1]
    assert 'fail_transfers="closed"' in say("faults")[1]
    assert say("faults", "--clear")[0] == 0
    assert process.get("/api/faults")["lose_answers"] == 0


def test_books(say, customer):
    status, printed = say("books")
    assert (status, printed.splitlines()[-1]) == (0, "trial balance 试算平衡: 0.00 CNY")


@pytest.mark.parametrize(
    "arguments",
    [
        ("withdraw", "--account", "6222020000009999999", "--amount", "1.00"),
        ("pay-salary", "--amount", "1.001"),
        ("faults", "colour=red"),
        ("open-account", *ZHANG, "--currency", "XYZ"),
    ],
)
def test_what_the_bank_refuses_ends_with_status_1(say, arguments):
    assert say(*arguments) == (1, "")


@pytest.mark.parametrize("arguments", [("withdraw",), ("faults", "lose_answers"), ("serve", "--port", "x"), ("sing",)])
def test_wrong_use_ends_with_status_2(arguments):
    assert run(*arguments).exit_code == 2


def test_no_bank_at_the_address():
    done = run("books", "--url", "http://127.0.0.1:9")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (
        1,
        "No sandbox bank answers at http://127.0.0.1:9 (CONNECTION_FAILED).",
    )


@pytest.mark.parametrize("command", sorted(sandbox.commands))
def test_every_command_has_an_example_and_json(command):
    shown = run(command, "--help").stdout
    assert f"livefreeze sandbox {command}" in shown
    assert "--json" in shown


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    first, second = (run("key", "--data", str(tmp_path / "bank")).stdout for _ in range(2))
    assert first == second
    assert keys.PublicKey.parse(first.strip())
    assert [os.stat(file).st_mode & 0o077 for file in (tmp_path / "bank").iterdir()] == [0]


def test_a_key_named_beforehand_is_the_only_one_trusted(tmp_path):
    public_key = keys.PrivateKey.generate().public_key.text()
    done = run("trust", "--data", str(tmp_path), public_key, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"trusted": [public_key]})


def test_a_secret_is_no_public_key(tmp_path):
    assert run("trust", "--data", str(tmp_path), keys.SharedSecret.generate().text()).exit_code == 1


def test_a_folder_keeps_its_bank(process):
    done = run("serve", "--data", str(process.folder), "--code", "other-bank", "--service", "http://127.0.0.1:1")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (1, "This folder holds the books of bank demo-bank.")


def test_an_account_with_years_behind_it_and_what_was_asked_about(say, process, service):
    account = f"622202000000{next(_numbers):07}"
    past = ("--past", "payer=甲电子有限公司", "--past", "amount=8000.00", "--past", "payday=10")
    assert say("open-account", *ZHANG, "--account", account, *past)[0] == 0
    status, printed = say("people", "--count", "1", "--json")
    [person] = json.loads(printed)["people"]
    inquiry = f"inq_{next(_numbers):026}"
    service.notify(
        process.hook, "inquiry.requested", message_id=inquiry,
        **question(person["id_number"], inquiry=inquiry),
    )  # fmt: skip
    process.wait_until_quiet()
    assert say("inquiries") == (0, f"{inquiry}  answered   1\n")
    assert say("answer-again", inquiry, "--corrects")[0] == 0
    assert say("answer-again", f"inq_{0:026}")[0] == 1


def test_a_past_without_a_value_is_wrong_use(say):
    assert say("open-account", *ZHANG, "--past", "payer")[0] == 2
