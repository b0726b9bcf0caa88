"""Messages that were given up: what was tried, and how two persons let the lane go on."""

import pytest

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import transaction
from livefreeze.flows.operator import messages
from livefreeze.store import delivery_attempts, outbox
from livefreeze.store.queries.operator import banks as bank_queries
from livefreeze.store.queries.operator import messages as queries
from livefreeze.store.queries.operator.messages import Wanted
from livefreeze.store.queries.viewer import PageAsked
from tests.flows.test_operator import events, refused
from tests.support.world.administrator import Administrator


@pytest.fixture
def stuck(world):
    """An order and its change, of which the bank did not take over the first."""
    court, bank = world.court(), world.bank()
    debtor = court.names()
    account = court.finds_account(debtor, bank)
    order = court.serves(court.opens_case(debtor), debtor, [account])
    court.amends(order, "50000.00")
    bank.mailbox.status = 503
    gives_up(world)
    return bank, account


def gives_up(world):
    with transaction.transaction() as connection:
        connection.execute(outbox.outbound_message.update().values(attempts=899, due_at=clock.wall()))
    world.delivers()


def dead(world):
    (letter,) = [row for row in world.books.rows("outbound_message") if row.dead_at is not None]
    return letter


def test_a_dead_letter_stops_its_lane_until_two_persons_replay_it(world, stuck):
    bank, account = stuck
    letter = dead(world)
    bank.mailbox.status = 204
    world.delivers()
    first, second = Administrator(), Administrator()
    asked = first.asks("message.replay", message=letter.id)
    assert refused("ASKED_ALREADY", second.asks, "message.replay", message=letter.id)
    assert refused("APPROVAL_BY_EDITOR", first.approves, asked)
    assert bank.reads() == [] or len(bank.mailbox.letters) == 1
    tried_before = len(bank.mailbox.letters)
    second.approves(asked)
    with transaction.transaction() as connection:
        outbox.close_bank(connection, bank.id, until=clock.wall())
    world.delivers_until(lambda: all(row.delivered_at for row in world.books.rows("outbound_message")))
    letters = bank.mailbox.letters
    assert len(letters) == tried_before + 2
    assert letters[0].headers["webhook-id"] == letters[tried_before].headers["webhook-id"] == letter.id
    (replayed,) = [event for event in events(world, f"bank:{bank.code}") if event["kind"] == "message.replayed"]
    assert replayed["detail"]["message"] == letter.id and replayed["detail"]["account"] == account.id


def test_replaying_twice_does_nothing_twice(world, stuck):
    letter = dead(world)
    first, second = Administrator(), Administrator()
    asked = first.asks("message.replay", message=letter.id)
    messages.replay(letter.id, actor="operator")  # somebody was faster, on the machine itself
    assert refused("MESSAGE_NOT_DEAD", second.approves, asked)
    assert refused("MESSAGE_NOT_DEAD", messages.replay, letter.id, actor="operator")
    assert refused("MESSAGE_NOT_DEAD", first.asks, "message.replay", message="msg_unknown")


def test_attempts_are_kept_and_only_the_last_ones(world, stuck):
    bank, _ = stuck
    letter = dead(world)
    for _ in range(delivery_attempts.KEPT_MAX + 2):
        messages.replay(letter.id, actor="operator")
        with transaction.transaction() as connection:
            outbox.close_bank(connection, bank.id, until=clock.wall())
        gives_up(world)
    with transaction.reading() as connection:
        shown = queries.one(connection, letter.id)
    assert len(shown["tries"]) == delivery_attempts.KEPT_MAX
    assert {(each["outcome"], each["http_status"], each["error"]) for each in shown["tries"]} == {
        ("dead", 503, "HTTP 503")}
    assert shown["state"] == "dead" and shown["behind"] == 1


def test_reading_a_message_is_written_down(world, stuck):
    bank, account = stuck
    reader = Administrator()
    text = messages.read(dead(world).id, principal=reader.principal)
    assert account.number in text
    assert [event["actor"] for event in events(world, f"bank:{bank.code}") if event["kind"] == "message.read"] == [
        reader.principal.actor]
    with pytest.raises(Problem):
        messages.read("msg_unknown", principal=reader.principal)


def test_the_health_of_a_bank(world, stuck):
    bank, account = stuck
    well = world.freezes().bank
    with transaction.reading() as connection:
        shown = {each["code"]: each for each in bank_queries.page(connection, PageAsked(50), at=clock.wall())["banks"]}
        lanes = bank_queries.lanes(connection, bank.id)
        troubled = bank_queries.troubled(connection, at=clock.wall(), count_max=10)
    assert (shown[bank.code]["state"], shown[bank.code]["waiting"], shown[bank.code]["dead"]) == ("dead_letters", 2, 1)
    assert shown[bank.code]["last_in_at"] is None and shown[bank.code]["last_out_at"] is None
    assert (shown[well.code]["state"], shown[well.code]["waiting"]) == ("well", 0)
    assert shown[well.code]["last_in_at"] is not None and shown[well.code]["last_out_at"] is not None
    assert [each["code"] for each in troubled] == [bank.code]
    (lane,) = lanes
    assert (lane["lane"], lane["waiting"], lane["dead"]) == (account.id, 2, 1)
    assert lane["number"].endswith(account.number[-4:]) and account.number not in lane["number"]


def test_messages_are_paged(world, stuck):
    bank, account = stuck
    with transaction.reading() as connection:
        first = queries.page(connection, Wanted(1, bank=bank.code, lane=account.id))
        second = queries.page(connection, Wanted(1, bank=bank.code, lane=account.id, before=first["next"]))
        waiting = queries.page(connection, Wanted(10, bank=bank.code, state="waiting"))
        of_dead = queries.page(connection, Wanted(10, state="dead"))
    assert second["next"] is None
    assert [each["type"] for each in first["messages"] + second["messages"]] == ["freeze.amended", "freeze.placed"]
    assert len(waiting["messages"]) == 2 and [each["id"] for each in of_dead["messages"]] == [dead(world).id]
