"""Surplus goes to the court's case fund: by the timetable, or by one officer's click on what a preview showed."""

import pytest


def test_the_timetable_sweeps_on_its_day(world):
    frozen = world.freezes(balance="8000.00")
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "1000.00").reference)
    world.clock.moves_to("2026-03-11T23:00:00+08:00")
    world.ticks()
    assert frozen.bank.instructed() == []
    world.clock.moves_to("2026-03-12T00:30:00+08:00")
    world.ticks()
    (sent,) = frozen.bank.instructed()
    assert (sent.account, sent.amount, sent.currency) == (frozen.account.number, "5500.00", "CNY")
    assert (sent.to.account, sent.to.name) == ("33010000000000009001", "示例市人民法院案款专户")
    assert world.books.account(frozen.account.id) == (1500_00, 0, 5500_00)


def test_the_timetable_sweeps_once(world):
    frozen = world.freezes()
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    for _ in range(3):
        world.ticks()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00"]


def test_the_timetable_sweeps_again_next_month(world):
    frozen = world.freezes()
    for day in ("2026-03-12", "2026-04-12"):
        world.clock.moves_to(f"{day}T09:00:00+08:00")
        world.ticks()
        frozen.bank.pays_salary(frozen.account, "8000.00")
    # The allowance that nobody took in March is surplus in April, when a new one begins.
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00", "8000.00"]


def test_a_sweep_that_was_missed_is_made_up_for_once(world):
    """No worker ran for three weeks."""
    frozen = world.freezes()
    world.clock.moves_to("2026-04-02T09:00:00+08:00")
    world.ticks()
    world.ticks()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00"]


def test_a_sweep_never_takes_more_than_the_quota(world):
    frozen = world.freezes(balance="8000.00", quota="2000.00")
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["2000.00"]


@pytest.mark.parametrize(("balance", "rule", "sent"), [
    pytest.param("2500.00", {}, [], id="only the allowance is there"),
    pytest.param("2500.50", {}, [], id="less than the smallest sweep"),
    pytest.param("2501.00", {}, ["1.00"], id="just the smallest sweep"),
    pytest.param("8000.00", {"reserve": "3000.00"}, ["2500.00"], id="a reserve is kept"),
    pytest.param("8000.00", {"sweep": {"minimum": "6000.00"}}, [], id="the rule's own minimum"),
])
def test_what_is_left_on_the_account(world, balance, rule, sent):
    frozen = world.freezes(balance=balance, **rule)
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert [transfer.amount for transfer in frozen.bank.instructed()] == sent


def test_a_sweep_never_lowers_what_may_be_taken(world):
    frozen = world.freezes()
    before = frozen.bank.withdraws(frozen.account, "500.00").spendable
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    after = frozen.bank.withdraws(frozen.account, "500.00")
    assert (before, after.decision, after.spendable) == ("2000.00", "approved", "1500.00")


# --- by one click --------------------------------------------------------------------------------


def test_a_click_sends_what_the_preview_showed(world):
    frozen = world.freezes()
    preview = frozen.court.previews(frozen.case)
    assert preview["total"] == "5500.00"
    assert frozen.bank.instructed() == []
    clicked = frozen.court.clicks(frozen.case, preview["preview"])
    assert clicked["total"] == "5500.00"
    world.delivers()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00"]


def test_a_preview_moves_nothing(world):
    frozen = world.freezes()
    before = world.books.money()
    assert frozen.court.previews(frozen.case) == frozen.court.previews(frozen.case)
    assert world.books.money() == before


def test_a_preview_says_why_nothing_would_be_sent(world):
    frozen = world.freezes(balance="100.00")
    preview = frozen.court.previews(frozen.case)
    assert (preview["total"], preview["transfers"]) == ("0.00", [])
    assert preview["nothing_from"]


def test_a_click_before_the_timetable_leaves_it_nothing(world):
    frozen = world.freezes()
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00"]


def _moved(world, frozen):
    frozen.bank.pays_salary(frozen.account, "1.00")


def _clicked(world, frozen):
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])


@pytest.mark.parametrize("meanwhile", [
    pytest.param(_moved, id="something moved since the preview"),
    pytest.param(_clicked, id="a second click on the same sweep"),
])
def test_a_click_on_another_picture_is_refused(world, meanwhile):
    frozen = world.freezes()
    preview = frozen.court.previews(frozen.case)["preview"]
    meanwhile(world, frozen)
    before = world.books.money()
    refused = frozen.court.tries("finance", f"/cases/{frozen.case}/sweeps", {"preview": preview})
    assert (refused.status_code, refused.json["code"]) == (409, "PREVIEW_STALE")
    assert world.books.money() == before
