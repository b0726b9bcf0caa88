"""Fifty banks are asked at once, some dead: each question is counted once, none is forgotten, progress is visible."""

from collections import Counter

from tests.support.world.numbers import id_number

BANKS, DEAD = 50, 5


def test_fifty_banks_some_of_them_dead(world):
    court = world.court()
    banks = [world.bank() for _ in range(BANKS)]
    dead, healthy = banks[:DEAD], banks[DEAD:]
    for bank in dead:
        bank.mailbox.status = 503
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, banks=None)
    world.delivers_until(lambda: all(bank.mailbox.letters for bank in healthy))
    for bank in healthy:
        (question,) = bank.asked()
        assert bank.answers(question).outcome == "applied"
    assert Counter(court.sees_progress(inquiry).values()) == {"no_such_person": BANKS - DEAD, "asked": DEAD}
    for bank in dead:
        bank.mailbox.status = 204
    world.delivers_until(lambda: all(each["delivered_at"] for each in court.sees_inquiry(inquiry)["banks"]))
    for bank in banks:
        assert len({letter.headers["webhook-id"] for letter in bank.mailbox.letters}) == 1
