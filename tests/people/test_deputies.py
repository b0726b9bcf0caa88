"""Deputies: who may be named, for how long, and what the audit events say of what they do."""

from datetime import timedelta

import pytest

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import approvals, deputies, sessions, staff
from tests.people.person import Person
from tests.people.test_log_in import refused
from tests.support.world import unique

A_WEEK = timedelta(days=7)


def logged_in(person: Person):
    return sessions.principal_of(sessions.open_for_staff(person.staff_id, agent="Firefox"))


def names(principal, deputy: Person | str, *, after: timedelta = timedelta(), term: timedelta = A_WEEK) -> str:
    login = deputy if isinstance(deputy, str) else deputy.login
    begins = clock.now() + after
    return deputies.name(login, valid_from=begins, valid_until=begins + term, principal=principal)


@pytest.fixture
def tokens(judges):
    return [sessions.open_for_staff(judge.staff_id, agent="Firefox") for judge in judges]


def test_a_deputy_is_named_with_whom_they_stand_for(judges, tokens):
    away, deputy = map(sessions.principal_of, tokens[:2])
    names(away, judges[1])
    deputies.act_for(judges[0].staff_id, principal=deputy)
    acting = sessions.principal_of(tokens[1])
    assert acting.actor == f"staff:{judges[1].staff_id} for staff:{judges[0].staff_id}"
    assert (acting.person, acting.staff_id, acting.role) == (deputy.person, deputy.staff_id, deputy.role)
    deputies.act_for(None, principal=acting)
    assert sessions.principal_of(tokens[1]).actor == f"staff:{judges[1].staff_id}"


def test_another_log_in_of_the_deputy_acts_for_nobody(judges, tokens):
    names(sessions.principal_of(tokens[0]), judges[1])
    deputies.act_for(judges[0].staff_id, principal=sessions.principal_of(tokens[1]))
    assert logged_in(judges[1]).acting_for is None


def test_nobody_stands_in_who_was_not_named(judges, tokens):
    first, second, third = map(sessions.principal_of, tokens)
    names(first, judges[1])
    assert refused(deputies.act_for, judges[0].staff_id, principal=third) == "NOT_FOUND"
    assert refused(deputies.act_for, judges[1].staff_id, principal=first) == "NOT_FOUND"


def test_nobody_stands_in_before_the_term(judges, tokens):
    first, second, _ = map(sessions.principal_of, tokens)
    names(first, judges[1], after=timedelta(days=1))
    assert refused(deputies.act_for, judges[0].staff_id, principal=second) == "NOT_FOUND"


def test_the_end_of_the_term_ends_it_in_the_middle_of_a_log_in(world, judges, tokens):
    names(sessions.principal_of(tokens[0]), judges[1])
    deputies.act_for(judges[0].staff_id, principal=sessions.principal_of(tokens[1]))
    world.clock.moves_to(clock.format_instant(clock.now() + A_WEEK + timedelta(hours=1)))
    assert sessions.principal_of(sessions.open_for_staff(judges[1].staff_id, agent="x")).acting_for is None
    assert sessions.principal_of(tokens[1]).acting_for is None


def test_who_named_a_deputy_ends_it_at_once_and_nobody_else_can(judges, tokens):
    first, second, _ = map(sessions.principal_of, tokens)
    named = names(first, judges[1])
    deputies.act_for(judges[0].staff_id, principal=second)
    assert refused(deputies.end, named, principal=second) == "NOT_FOUND"
    deputies.end(named, principal=first)
    assert sessions.principal_of(tokens[1]).acting_for is None
    assert deputies.list_of(first) == []


def test_a_deputy_is_another_person_of_the_same_court_and_role(world, court, judges, clerk):
    first = logged_in(judges[0])
    own = Person.invited(unique("judge"), role="judge", court_code=court.code, person=judges[0].login)
    foreign = Person.invited(unique("judge"), role="judge", court_code=world.court().code)
    for unfit in (judges[0], own, foreign, clerk, "nobody-of-that-name"):
        assert refused(names, first, unfit) == "DEPUTY_UNFIT"
    may = set(deputies.candidates(first))
    assert {judge.login for judge in judges[1:]} <= may
    assert may.isdisjoint({judges[0].login, own.login, foreign.login, clerk.login})


def test_a_clerk_names_nobody(clerk, judges):
    assert refused(names, logged_in(clerk), judges[0]) == "ROLE_NOT_ALLOWED"
    assert deputies.candidates(logged_in(clerk)) == []


@pytest.mark.parametrize(("after", "term"), [
    (timedelta(), timedelta()), (timedelta(), timedelta(days=-1)), (timedelta(), timedelta(days=181)),
    (timedelta(days=-8), A_WEEK),
])
def test_a_term_has_an_end_that_is_still_to_come(judges, after, term):
    assert refused(names, logged_in(judges[0]), judges[1], after=after, term=term) == "DEPUTY_TERM"


def test_four_eyes_compare_persons_whomever_they_stand_for(world, court, judges, tokens):
    """A deputy cannot approve in another's stead what they wrote themselves."""
    writer = sessions.principal_of(tokens[1])
    case = court.opens_case(debtor := court.names())
    account = court.finds_account(debtor, world.bank())
    court.tokens["clerk"] = staff.create_token(writer.login, actor="operator")  # the judge prepares it
    prepared = court.prepares(case, debtor, [account])["proposal"]
    names(sessions.principal_of(tokens[0]), judges[1])
    deputies.act_for(judges[0].staff_id, principal=writer)
    with pytest.raises(Problem, match="APPROVAL_BY_EDITOR"):
        approvals.approve(prepared["id"], prepared["digest"], principal=sessions.principal_of(tokens[1]))


def test_the_event_of_an_approval_names_both(world, court, judges, tokens):
    case = court.opens_case(debtor := court.names())
    prepared = court.prepares(case, debtor, [court.finds_account(debtor, world.bank())])["proposal"]
    court.registers_fund()
    names(sessions.principal_of(tokens[0]), judges[1])
    deputies.act_for(judges[0].staff_id, principal=sessions.principal_of(tokens[1]))
    approvals.approve(prepared["id"], prepared["digest"], principal=sessions.principal_of(tokens[1]))
    documents = "".join(map(str, world.books.whole()["audit_event"]))
    actor = f'"actor":"staff:{judges[1].staff_id} for staff:{judges[0].staff_id}"'
    assert actor in documents and '"kind":"order.served"' in documents


def test_a_deputy_puts_a_rule_of_the_court_in_force(world, court, judges, tokens):
    prepared = court.posts("clerk", "/rules", {
        "name": "发薪日规则", "source": "执行局会议纪要",
        "rule": {"preset": "cn-live-freeze", "anchor_day": 10, "allowance": "2500.00"},
    })["proposal"]
    names(sessions.principal_of(tokens[0]), judges[1])
    deputies.act_for(judges[0].staff_id, principal=sessions.principal_of(tokens[1]))
    approvals.approve(prepared["id"], prepared["digest"], principal=sessions.principal_of(tokens[1]))
    assert [row.approved_by for row in world.books.rows("court_rule_version")] == [judges[1].staff_id]
