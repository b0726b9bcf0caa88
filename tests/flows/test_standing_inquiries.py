"""The same question for a term: asked again, new accounts are told, an order is drafted, and it ends by itself."""

import pytest

from tests.support.world import unique
from tests.support.world.inquiry import Asked

NEW = "6222020000007654321"


class Standing(Asked):
    """A standing inquiry for 90 days, asked again every 30."""

    def __init__(self, world, **changes) -> None:
        super().__init__(world, **{"standing": {"term_days": 90}, **changes})

    def opens(self, **fields):
        told = {"type": "account.opened", "event_id": unique("E"), "happened_at": self.bank.clock.now(),
                "inquiry": self.id, "id_number": self.debtor.id_number, "account": NEW, "kind": "savings",
                "currency": "CNY", "opened_on": "2026-04-01", "branch": "示例银行营业部", **fields}
        return self.bank.reports(told)[0]

    def proposals(self) -> list[dict]:
        return self.court.gets("judge", "/proposals?status=open")["proposals"]

    def read(self) -> list[str]:
        """The types of the notices that came."""
        self.world.ticks()
        return [notice.type for notice in self.bank.reads()]


@pytest.fixture
def standing(world) -> Standing:
    return Standing(world)


def test_it_is_asked_again_at_its_interval_and_ends_with_its_term(world, standing):
    assert standing.question.standing_until.isoformat().startswith("2026-06-07")
    world.clock.passes(days=29)
    assert standing.read() == ["inquiry.reminded"]
    world.clock.passes(days=1)
    world.ticks()
    (again,) = standing.bank.asked()
    assert (again.period_from.isoformat(), again.period_to.isoformat()) == ("2026-03-08", "2026-04-07")
    assert again.inquiry != standing.id and again.standing_until is None
    assert standing.read() == []
    world.clock.passes(days=61)
    assert "inquiry.ended" in standing.read()
    world.clock.passes(days=61)
    assert "inquiry.requested" not in standing.read()


def test_a_new_account_prepares_an_order_for_approval_once(world, standing):
    assert standing.opens().outcome == "applied"
    (account,) = standing.court.looks_at(standing.id)
    assert (account["account"], account["balance"], account["flags"]) == ("****4321", None, ["NEWLY_OPENED"])
    assert standing.court.sees_alerts() == ["INQUIRY_HIT"]
    assert standing.proposals() == []
    world.ticks()
    world.ticks()
    (proposal,) = standing.proposals()
    document = standing.court.gets("judge", f"/proposals/{proposal['id']}")["document"]
    (by,) = {event["actor"] for event in world.books.chain(f"case:{standing.case}")
             if event["kind"] == "proposal.prepared"}
    assert by.startswith("job:standing_inquiries for staff:")  # nobody was there: the events say so
    assert (document["case"], document["quota"], len(document["accounts"])) == (standing.case, "60000.00", 1)
    standing.court.posts("judge", f"/proposals/{proposal['id']}/approve", {"digest": proposal["digest"]})
    world.delivers()
    (placed,) = standing.bank.reads()
    assert (placed.type, placed.account) == ("freeze.placed", NEW)


def test_a_new_account_that_is_told_twice_prepares_one_order(world, standing):
    assert [standing.opens().outcome for _ in range(2)] == ["applied", "applied"]  # each time another event id
    world.ticks()
    assert len(standing.proposals()) == 1 and standing.court.sees_alerts() == ["INQUIRY_HIT"]


def test_the_answer_is_still_the_answer_after_a_new_account(standing):
    standing.opens()
    assert standing.answers(outcome="no_such_person").outcome == "applied"
    assert standing.status == "no_such_person"


def test_it_ends_with_the_case(world, standing):
    standing.court.posts("judge", f"/cases/{standing.case}/close", {"reason": "已执行完毕"})
    assert standing.read() == ["inquiry.ended"]
    assert standing.opens().problem.code == "INQUIRY_NOT_STANDING"


def test_the_court_ends_it(standing):
    standing.court.posts("clerk", f"/inquiries/{standing.id}/end", {})
    standing.court.posts("clerk", f"/inquiries/{standing.id}/end", {})
    assert standing.read() == ["inquiry.ended"]


def test_only_a_standing_inquiry_hears_of_new_accounts(world):
    asked = Standing(world, standing=None)
    assert asked.opens().problem.code == "INQUIRY_NOT_STANDING"
    assert asked.opens(id_number="110101199003070038").problem.code == "INQUIRY_OTHER_PERSON"
    refused = asked.court.tries("clerk", f"/inquiries/{asked.id}/end", {})
    assert (refused.status_code, refused.json["code"]) == (409, "INQUIRY_NOT_STANDING")


@pytest.mark.parametrize("standing", [
    {"term_days": 31}, {"term_days": "30"}, {}, {"term_days": 30, "interval_days": 0},
])
def test_a_term_is_one_of_three(world, standing):
    court, bank = world.court(), world.bank()
    debtor = court.names()
    case = court.opens_case(debtor)
    assert court.tries("clerk", "/inquiries", court.question(case, debtor, bank, standing=standing)).status_code == 422
