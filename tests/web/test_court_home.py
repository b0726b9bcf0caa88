"""The court's home: what needs this person, by their role, and how pressing it is."""

import re

import pytest

from bank_adapters.addresses import Policy
from livefreeze.flows import delivery, staff
from tests.support.clicking import Visitor
from tests.support.world import SWEEP_DAY, World


def looks(world: World, court, role: str):
    """What a person of this role finds on the court's home."""
    return Visitor(world.app, staff.authenticate(court.tokens[role]).staff_id).opens("/court")


def test_a_day_on_which_nothing_waits_says_what_would_stand_here(world):
    court = world.court()
    for role in ("judge", "clerk", "finance", "auditor"):
        home = looks(world, court, role)
        assert home.status == 200
        assert "Nothing waits for you" in home.text


def test_what_a_clerk_wrote_waits_for_a_judge_and_becomes_late(world):
    frozen = world.serves()
    frozen.bank.accepts(frozen.account)
    frozen.court.posts("clerk", f"/orders/{frozen.order}/release", {"reason": "被执行人已履行"})
    home = looks(world, frozen.court, "judge")
    assert re.search(r"The end of an order waits for your approval. \(2026\)浙0281执\d+号 there is time", home.text)
    assert "approval" not in looks(world, frozen.court, "clerk").text
    world.clock.passes(days=3)
    assert re.search("waits for your approval. [^ ]+ late", looks(world, frozen.court, "judge").text)


def test_nobody_is_asked_to_approve_what_they_wrote_themselves(world):
    frozen = world.serves()
    frozen.bank.accepts(frozen.account)
    frozen.court.posts("judge", f"/orders/{frozen.order}/release", {"reason": "被执行人已履行"})
    assert "Nothing waits for you" in looks(world, frozen.court, "judge").text


def test_a_refused_order_waits_for_the_clerk(world):
    frozen = world.serves()
    told = frozen.bank.accepts(frozen.account, result="refused", balance=None, currency=None, as_of=None)
    assert told.outcome == "applied", told
    assert "The bank refused a freeze order." in looks(world, frozen.court, "clerk").text
    assert "Nothing waits for you" in looks(world, frozen.court, "finance").text


def test_an_order_without_a_receipt_waits_after_a_day(world):
    frozen = world.serves()
    assert "Nothing waits for you" in looks(world, frozen.court, "clerk").text
    world.clock.passes(days=1, minutes=1)
    assert "The bank has not answered order" in looks(world, frozen.court, "clerk").text


def test_a_withdrawal_that_no_bank_confirmed_waits(world):
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "100.00")
    world.clock.passes(minutes=31)
    world.ticks()
    home = looks(world, frozen.court, "clerk")
    assert re.search(r"whether it paid out CNY 100.00. The money stays held. 示例银行 \*{4}\d{4} soon", home.text)


def test_a_sweep_that_failed_waits_for_finance_until_it_is_sent_again(world):
    frozen = world.freezes()
    world.clock.reaches(SWEEP_DAY)
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    world.delivers()
    (transfer,) = frozen.bank.instructed()
    (told,) = frozen.bank.reports(
        frozen.bank.transfer("failed", frozen.account, transfer.transfer, transfer.amount, why="账户已销户"))
    assert told.outcome == "applied", told
    assert "CNY 5,500.00 did not arrive in the case fund" in looks(world, frozen.court, "finance").text
    assert "Nothing waits for you" in looks(world, frozen.court, "judge").text
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    assert "Nothing waits for you" in looks(world, frozen.court, "finance").text


def test_a_bank_that_takes_no_message_is_everybodys_matter(world):
    frozen, other = world.freezes(), world.court()
    frozen.bank.mailbox.close()
    frozen.court.amends(frozen.order, "50000.00")
    delivery.run(policy=Policy(allow_loopback_http=True), attempts_max=1)
    for role in ("judge", "clerk", "finance", "auditor"):
        assert "did not take over a message, and it was given up. soon" in looks(world, frozen.court, role).text
    assert "Nothing waits for you" in looks(world, other, "judge").text


@pytest.mark.parametrize("role", ["judge", "clerk", "finance", "auditor"])
def test_an_alert_leads_to_where_it_is_dealt_with(world, role):
    frozen = world.freezes()
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, "700.00"))
    home = looks(world, frozen.court, role)
    assert "The bank paid out CNY 700.00 without asking us." in home.text
    (address,) = [address for address, text in home.links if "without asking us" in text]
    assert address.startswith("/court/alerts#alr_")
