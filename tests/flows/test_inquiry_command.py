"""`livefreeze inquiry`: asked, followed and read on a terminal by a member of the court's staff."""

import json

import pytest
from click.testing import CliRunner

from livefreeze.cli import main
from tests.support.world.inquiry import ACCOUNT
from tests.support.world.numbers import id_number


@pytest.fixture
def run(world, monkeypatch):
    """A command on the world's database, by its clerk."""
    court = world.court()
    for name, value in world.environ().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COURT_TOKEN", court.tokens["clerk"])

    def run(*words: str, exit_code: int = 0) -> str:
        result = CliRunner().invoke(main, ["inquiry", *words])
        world.enter()
        assert result.exit_code == exit_code, result.output
        return result.output

    run.court = court
    return run


def test_an_inquiry_from_the_question_to_the_answer(world, run):
    one, two = world.bank(), world.bank()
    debtor = run.court.names(id_number=id_number())
    case = run.court.opens_case(debtor, case_number="(2026)浙0281执77号")
    banks = ("--bank", one.code, "--bank", two.code)
    asked = json.loads(run("start", "(2026)浙0281执77号", "--reason", "查询财产线索", *banks, "--json"))
    assert asked["banks_count"] == 2
    world.delivers_until(lambda: one.mailbox.letters and two.mailbox.letters)
    (question,) = one.asked()
    assert (question.period_from.isoformat(), question.period_to.isoformat()) == ("2025-03-09", "2026-03-08")
    one.answers(question, outcome="accounts", accounts=[ACCOUNT])
    shown = run("status", asked["id"])
    assert "1 of 2 banks have answered." in shown
    assert f"{one.code}  answered" in shown and f"{two.code}  asked" in shown
    assert f"{one.code}  ****4567  savings  8100.00 CNY" in run("show", asked["id"])
    assert world.books.chain(f"case:{case}")[-1]["kind"] == "inquiry.looked_at"


def test_what_is_refused_is_said(world, run, monkeypatch):
    assert "fields" not in run("start", "cas_" + "0" * 26, "--reason", "x", exit_code=1)
    monkeypatch.setenv("COURT_TOKEN", run.court.tokens["auditor"])
    assert "its role may not do this" in run("start", "x", "--reason", "x", exit_code=1)
    assert "no inquiry" in run("status", "inq_" + "0" * 26, exit_code=1)
