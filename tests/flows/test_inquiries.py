"""A court asks banks about a debtor; they answer at once, in parts, late, wrongly, again; it is all kept or refused."""

import json
from datetime import UTC, datetime

import pytest

from bank_adapters import signing
from livefreeze.flows import audit_check
from tests.support.world.numbers import id_number

NUMBER = "6222020000001234567"
ACCOUNT = {"account": NUMBER, "kind": "savings", "currency": "CNY", "balance": "8100.00", "opened_on": "2019-05-06",
           "branch": "示例银行营业部", "freezes": [{"rank": 1, "amount": "3000.00", "authority": "示例区人民法院"}]}
LINES = (
    {"date": "2026-01-10", "amount": "8000.00", "sequence": 1, "balance_after": "8600.00", "counterparty": "甲厂",
     "text": "工资", "income": "salary"},
    {"date": "2026-01-11", "amount": "-500.00", "sequence": 2, "balance_after": "8100.00", "text": "ATM"},
    {"date": "2026-02-10", "amount": "8000.00", "sequence": 3, "balance_after": "16100.00", "counterparty": "甲厂"},
    {"date": "2026-02-11", "amount": "-8000.00", "sequence": 4, "balance_after": "8100.00"},
)


def history(*lines: dict, number: str = NUMBER, currency: str = "CNY") -> list[dict]:
    return [{"account": number, "currency": currency, "transactions": list(lines)}]


class Asked:
    """An inquiry about one debtor to one bank, which has read it."""

    def __init__(self, world, *, name: str = "张三", **changes) -> None:
        self.world, self.court, self.bank = world, world.court(), world.bank()
        self.debtor = self.court.names(name, id_number())
        self.case = self.court.opens_case(self.debtor)
        self.id = self.court.asks(self.case, self.debtor, self.bank, **changes)
        world.delivers()
        (self.question,) = self.bank.asked()

    def answers(self, **fields):
        return self.bank.answers(self.question, **{"outcome": "accounts", **fields})

    def code(self, **fields) -> str:
        """The code of the problem that the answer meets."""
        result = self.answers(**fields)
        assert result.outcome == "refused"
        return result.problem.code

    @property
    def status(self) -> str:
        return self.court.sees_progress(self.id)[self.bank.code]

    def flags(self) -> dict[int, list[str]]:
        """By sequence."""
        (account,) = self.court.looks_at(self.id)
        return {line["sequence"]: line["flags"] for line in self.court.looks_at_lines(self.id, account["id"], limit=2)}


@pytest.fixture
def asked(world) -> Asked:
    return Asked(world)


def kinds(world, case: str) -> list[str]:
    return [event["kind"] for event in world.books.chain(f"case:{case}")]


# --- the story


def test_a_bank_is_asked_and_its_answer_is_read_by_the_court_alone(world, asked):
    assert asked.question.id_number == asked.debtor.id_number
    assert asked.question.answer_by.isoformat() == "2026-03-12T15:59:59+00:00"  # the third working day
    assert asked.answers(accounts=[ACCOUNT], histories=history(*LINES)).outcome == "applied"
    assert asked.status == "answered"
    (account,) = asked.court.looks_at(asked.id)
    assert (account["account"], account["balance"], account["lines"]) == ("****4567", "8100.00", 4)
    assert account["freezes"] == [{"rank": 1, "amount": "3000.00", "authority": "示例区人民法院"}]
    lines = asked.court.looks_at_lines(asked.id, account["id"], limit=3)
    assert [(line["date"], line["amount"], line["flags"]) for line in lines] == [
        ("2026-01-10", "8000.00", []), ("2026-01-11", "-500.00", []), ("2026-02-10", "8000.00", []),
        ("2026-02-11", "-8000.00", [])]
    assert lines[0]["counterparty"] == "甲厂"
    other = world.court()
    for path in ("", "/accounts", f"/accounts/{account['id']}/transactions"):
        assert other.tries_to_get("clerk", f"/inquiries/{asked.id}{path}").status_code == 404


def test_each_look_is_an_event_of_the_case(world, asked):
    asked.answers(accounts=[ACCOUNT], histories=history(*LINES))
    (account,) = asked.court.looks_at(asked.id)
    asked.court.looks_at_lines(asked.id, account["id"])
    assert kinds(world, asked.case) == ["case.opened", "inquiry.asked", "inquiry.answered", "inquiry.message",
                                        "inquiry.looked_at", "inquiry.looked_at"]


def test_most_banks_have_no_such_person(asked):
    assert asked.answers(outcome="no_such_person").outcome == "applied"
    assert asked.status == "no_such_person"
    assert asked.court.looks_at(asked.id) == []


def test_a_refusal_has_its_reason(asked):
    assert asked.answers(outcome="refused", why="公章不清").outcome == "applied"
    assert asked.status == "refused"


# --- parts


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_parts_come_in_any_order(asked, order):
    parts = [
        {"part": 1, "parts": None, "accounts": [ACCOUNT]},
        {"part": 2, "parts": None, "histories": history(*LINES[:2])},
        {"part": 3, "parts": 3, "histories": history(*LINES[2:])},
    ]
    seen = []
    for index in order:
        assert asked.answers(**parts[index]).outcome == "applied"
        seen.append(asked.status)
    assert seen == ["partly", "partly", "answered"]
    assert asked.flags() == {1: [], 2: [], 3: [], 4: []}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_balance_that_breaks_between_parts_is_flagged_in_whatever_order_they_come(asked, order):
    broken = {**LINES[2], "balance_after": "17000.00"}
    parts = [{"part": 1, "parts": 2, "accounts": [ACCOUNT], "histories": history(*LINES[:2])},
             {"part": 2, "parts": 2, "histories": history(broken)}]
    for index in order:
        asked.answers(**parts[index])
    assert asked.flags() == {1: [], 2: [], 3: ["BALANCE_BREAK"]}


def test_the_same_part_again_is_one_part(asked):
    said = {"as_of": "2026-03-09T15:00:00+08:00", "accounts": [ACCOUNT], "histories": history(*LINES)}
    assert [asked.answers(**said).outcome, asked.answers(**said).outcome] == ["applied", "applied"]
    (account,) = asked.court.looks_at(asked.id)
    assert account["lines"] == 4


def test_the_same_event_again_is_one_event(world, asked):
    event = asked.bank.answer(asked.question)
    assert [asked.bank.reports(event)[0].outcome for _ in range(2)] == ["applied", "applied"]
    assert len(world.books.rows("inquiry_answer")) == 1


# --- corrections


def test_a_corrected_answer_replaces_the_old_one_which_stays_as_evidence(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT], histories=history(*LINES[:2]))
    better = {**ACCOUNT, "balance": "9000.00"}
    assert asked.answers(event_id="E-2", corrects="E-1", accounts=[better], histories=history(LINES[0])).outcome == (
        "applied")
    (account,) = asked.court.looks_at(asked.id)
    assert (account["balance"], account["lines"]) == ("9000.00", 1)
    assert len(world.books.rows("inquiry_evidence")) == 2
    assert asked.code(corrects="E-1", accounts=[ACCOUNT]) == "INQUIRY_CORRECTED"
    assert asked.court.sees_inquiry(asked.id)["banks"][0]["is_corrected"]


def test_a_correction_may_come_before_what_it_corrects(asked):
    asked.answers(event_id="E-2", corrects="E-1", accounts=[{**ACCOUNT, "balance": "9000.00"}])
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    assert asked.court.looks_at(asked.id)[0]["balance"] == "9000.00"
    assert asked.status == "answered"


def test_a_part_that_comes_after_its_correction_flags_nothing_of_what_stands(asked):
    wrong = {**LINES[1], "balance_after": "1.00"}
    asked.answers(part=2, parts=2, histories=history(*LINES[2:]))
    asked.answers(event_id="E-2", corrects="E-1", parts=None, accounts=[ACCOUNT],
                  histories=history(*LINES[:2]))
    late = asked.answers(event_id="E-1", parts=None, accounts=[ACCOUNT], histories=history(wrong))
    assert late.outcome == "applied"
    assert asked.flags() == {1: [], 2: [], 3: [], 4: []}


def test_no_such_person_may_turn_out_to_be_wrong(asked):
    asked.answers(event_id="E-1", outcome="no_such_person")
    asked.answers(corrects="E-1", accounts=[ACCOUNT])
    assert asked.status == "answered"


# --- what is wrong is refused, and nothing of it stays


def test_an_answer_about_another_person_is_refused_and_not_kept(world, asked):
    assert asked.code(id_number=id_number(), accounts=[ACCOUNT]) == "INQUIRY_OTHER_PERSON"
    assert world.books.rows("inquiry_answer") == [] and asked.status == "asked"
    assert asked.court.sees_alerts() == ["INQUIRY_OTHER_PERSON"]


def test_an_answer_to_an_inquiry_that_it_was_not_asked_is_refused(world, asked):
    other = world.bank()
    result = other.answers(asked.question)
    assert (result.outcome, result.problem.code) == ("refused", "NOT_FOUND")
    assert world.books.rows("inquiry_answer") == []


def test_another_content_for_the_same_part_is_refused_and_told(asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    problem = asked.answers(accounts=[{**ACCOUNT, "balance": "1.00"}]).problem
    assert (problem.code, problem.errors[0].pointer) == ("INQUIRY_CONTRADICTED", "/part")
    assert "Event E-1 answered this part" in problem.detail
    assert asked.court.looks_at(asked.id)[0]["balance"] == "8100.00"
    assert asked.court.sees_alerts() == ["INQUIRY_CONTRADICTED"]


def test_parts_that_do_not_fit_together_are_told_apart(asked):
    asked.answers(event_id="E-1", part=1, parts=2, accounts=[ACCOUNT])
    wrong = ({"part": 3, "parts": 3}, {"part": 2, "parts": 2, "corrects": "E-1"})
    fields = [asked.answers(accounts=[ACCOUNT], **place).problem.errors[0] for place in wrong]
    assert [(field.pointer, field.reason) for field in fields] == [
        ("/parts", "The parts do not fit together: the highest is part 3, but parts says 2 / 3."),
        ("/part", "A correction has the part of what it corrects: event E-1 is part 1."),
    ]


def test_the_same_event_with_another_content_is_refused(asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    assert asked.code(event_id="E-1", accounts=[]) == "MESSAGE_REUSED"


@pytest.mark.parametrize(("wrong", "code"), [
    ({"part": 3, "parts": 3}, "INQUIRY_CONTRADICTED"),
    ({"part": 2, "parts": 3}, "INQUIRY_CONTRADICTED"),
    ({"corrects": "E-none"}, "NOT_FOUND"),
    ({"part": 2, "parts": 2, "accounts": [{**ACCOUNT, "currency": "XXX"}]}, "CURRENCY_UNKNOWN"),
    ({"part": 2, "parts": 2, "accounts": [{**ACCOUNT, "balance": "1.001"}]}, "AMOUNT_INVALID"),
    ({"part": 2, "parts": 2, "accounts": [ACCOUNT, ACCOUNT]}, "FIELD_INVALID"),
    ({"part": 2, "parts": 2, "histories": history({**LINES[0], "amount": "1.001"})}, "AMOUNT_INVALID"),
])
def test_a_part_that_does_not_fit_is_refused_whole(world, asked, wrong, code):
    asked.answers(part=1, parts=2, accounts=[ACCOUNT])
    assert asked.code(**wrong) == code
    assert len(world.books.rows("inquiry_answer")) == len(world.books.rows("inquiry_evidence")) == 1
    assert asked.status == "partly"


def test_an_answer_that_does_not_stand_alone_is_refused_before_anything_is_kept(world, asked):
    for events in ([asked.bank.answer(asked.question)] * 2, [asked.bank.answer(asked.question), {"type": "x"}]):
        refused = asked.bank.sends("/events", asked.bank.batch(*events))
        assert (refused.status, refused.message.code) == (422, "INQUIRY_NOT_ALONE")
    malformed = asked.bank.sends("/events", asked.bank.batch(asked.bank.answer(asked.question, part="one")))
    assert (malformed.status, malformed.message.errors[0].pointer) == (422, "/events/0/part")
    assert world.books.rows("inbound_message") == []


def test_what_is_odd_is_kept_and_flagged_line_by_line(asked):
    odd = (LINES[0], {**LINES[1], "balance_after": "8000.00"}, {**LINES[2], "sequence": 5, "balance_after": "99.00"},
           {**LINES[3], "sequence": 5}, {**LINES[3], "sequence": 6, "balance_after": None, "date": "2024-01-01"})
    asked.answers(accounts=[ACCOUNT], histories=history(*({k: v for k, v in line.items() if v is not None}
                                                         for line in odd)))
    (account,) = asked.court.looks_at(asked.id)
    lines = asked.court.looks_at_lines(asked.id, account["id"])
    assert [line["flags"] for line in lines] == [
        [], ["BALANCE_BREAK"], ["SEQUENCE_GAP"], ["SEQUENCE_REPEATED"], ["OUTSIDE_PERIOD"]]


def test_bookings_in_another_currency_and_of_an_account_not_named_are_kept_and_flagged(asked):
    asked.answers(accounts=[ACCOUNT], histories=[*history(*LINES[:1], currency="USD"),
                                                 *history(*LINES[:1], number="6222029999999999999")])
    assert sorted(account["flags"] for account in asked.court.looks_at(asked.id)) == [
        ["NOT_NAMED"], ["OTHER_CURRENCY"]]


def test_a_late_answer_counts_and_is_marked(world, asked):
    world.clock.reaches("2026-03-13T09:00:00+08:00")
    world.ticks()
    world.ticks()
    assert [notice.type for notice in asked.bank.reads()] == ["inquiry.reminded"]
    assert asked.court.sees_alerts() == ["INQUIRY_OVERDUE"]
    asked.answers(accounts=[ACCOUNT])
    shown = asked.court.sees_inquiry(asked.id)["banks"][0]
    assert (shown["status"], shown["is_late"]) == ("answered", True)


# --- evidence


def test_the_court_opens_the_signed_message_of_an_answer_corrected_or_not(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    asked.answers(event_id="E-2", corrects="E-1", accounts=[])
    listed = asked.court.gets("auditor", f"/inquiries/{asked.id}/answers")["answers"]
    assert [(each["event_id"], each["corrected_by"]) for each in listed] == [("E-1", listed[1]["id"]), ("E-2", None)]
    opened = asked.court.gets("clerk", f"/inquiries/{asked.id}/answers/{listed[0]['id']}")
    assert NUMBER in opened["text"] and opened["digest"] == listed[0]["digest"]
    headers = {"webhook-id": opened["message_id"], "webhook-timestamp": opened["signed_at"],
               "webhook-signature": opened["signature"]}
    signed_at = datetime.fromtimestamp(int(opened["signed_at"]), UTC)
    signing.verify(opened["text"].encode(), headers, [asked.bank.key.public_key], signed_at)
    assert kinds(world, asked.case)[-1] == "inquiry.looked_at"
    world.clock.passes(days=181)
    world.ticks()
    assert [each["digest"] for each in asked.court.gets("auditor", f"/inquiries/{asked.id}/answers")["answers"]] == [
        each["digest"] for each in listed]
    gone = asked.court.tries_to_get("clerk", f"/inquiries/{asked.id}/answers/{listed[0]['id']}")
    assert gone.json["code"] == "INQUIRY_DELETED"


# --- asking


@pytest.mark.parametrize(("changes", "status", "code"), [
    ({"period_from": "2026-03-09", "period_to": "2026-03-08"}, 422, "PERIOD_INVALID"),
    ({"period_to": "2026-03-10"}, 422, "PERIOD_INVALID"),
    ({"period_from": "2022-03-08"}, 422, "PERIOD_TOO_LONG"),
    ({"period_from": "2023-03-08"}, 422, "PERIOD_TOO_LONG"),
    ({"period_from": "2026-02-30"}, 422, "DAY_INVALID"),
    ({"banks": ["nobody"]}, 404, "NOT_FOUND"),
    ({"case": None}, 422, "FIELD_MISSING"),
    ({"reason": None}, 422, "FIELD_MISSING"),
])
def test_what_may_not_be_asked(world, changes, status, code):
    court, bank = world.court(), world.bank()
    debtor = court.names(id_number=id_number())
    case = court.opens_case(debtor)
    refused = court.tries("clerk", "/inquiries", court.question(case, debtor, bank, **changes))
    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert world.books.rows("inquiry") == []


def test_three_years_may_be_asked(world):
    assert Asked(world, period_from="2023-03-09").question.period_from.isoformat() == "2023-03-09"


def test_who_may_not_ask_and_about_whom(world):
    court, other, bank = world.court(), world.court(), world.bank()
    debtor, stranger = court.names(id_number=id_number()), court.names(id_number=id_number())
    wrong = court.names(id_number="330281199001010000")
    case, closed = court.opens_case(debtor, wrong), court.opens_case(debtor)
    court.posts("judge", f"/cases/{closed}/close", {"reason": "已执行完毕"})
    for asker, role, asked_case, about, status, code in (
        (other, "clerk", case, debtor, 404, "NOT_FOUND"),
        (court, "auditor", case, debtor, 403, "ROLE_NOT_ALLOWED"),
        (court, "clerk", case, stranger, 404, "NOT_FOUND"), (court, "clerk", closed, debtor, 409, "CASE_CLOSED"),
        (court, "clerk", case, wrong, 422, "ID_NUMBER_INVALID"),
    ):
        refused = asker.tries(role, "/inquiries", asker.question(asked_case, about, bank))
        assert (refused.status_code, refused.json["code"]) == (status, code)
    assert world.books.rows("inquiry") == []


def test_the_same_person_in_any_spelling_is_one_debtor(world):
    court = world.court()
    number = "33028119900101001X"
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number)
    spellings = (number, number.lower(), f"{number[:6]} {number[6:]}", wide)
    assert len({court.names(id_number=spelling).id for spelling in spellings}) == 1


@pytest.mark.parametrize("name", ["古丽·买买提", "𠮷野 家", "Jean  de la Fontaine"])
def test_names_go_to_the_bank_as_they_are_written(world, name):
    assert Asked(world, name=name).question.name == name


def test_all_banks_are_asked_each_in_a_lane_of_its_own(world):
    court, one, two = world.court(), world.bank(), world.bank()
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, banks=None)
    one.mailbox.status = 503
    world.delivers()
    (question,) = two.asked()
    assert two.answers(question).outcome == "applied"
    assert court.sees_progress(inquiry) == {one.code: "asked", two.code: "no_such_person"}


def test_the_working_days_of_a_year_that_is_not_announced_are_a_stated_condition(world):
    world.clock.moves_to("2031-09-29T09:00:00+08:00")
    court, bank = world.court(), world.bank()
    debtor = court.names(id_number=id_number())
    started = court.posts("clerk", "/inquiries", court.question(court.opens_case(debtor), debtor, bank))
    assert started["calendar"] == "not_published"


# --- after the term


def test_after_the_term_nothing_is_left_but_digests_and_the_chain_verifies(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT], histories=history(*LINES))
    (account,) = asked.court.looks_at(asked.id)
    world.clock.passes(days=181)
    world.ticks()
    for path in ("accounts", f"accounts/{account['id']}/transactions"):
        gone = asked.court.tries_to_get("clerk", f"/inquiries/{asked.id}/{path}")
        assert (gone.status_code, gone.json["code"]) in ((409, "INQUIRY_DELETED"), (404, "NOT_FOUND"))
    for table in ("inquiry_key", "inquiry_evidence", "inquiry_account", "inquiry_statement", "inquiry_history",
                  "inquiry_transaction"):
        assert world.books.rows(table) == [], table
    (left,) = world.books.rows("inquiry_answer")
    assert (left.outcome, left.mark, len(left.digest)) == (None, None, 32)
    assert asked.status == "deleted"
    assert asked.code(part=2, parts=2) == "INQUIRY_DELETED"
    assert asked.bank.reports(asked.bank.answer(asked.question, event_id="E-1"))[0].outcome == "refused"
    assert audit_check.verify([]).mistakes == ()


@pytest.mark.parametrize("secret", [NUMBER, "甲厂", "示例区人民法院"])
def test_an_answer_never_stands_in_clear(world, asked, secret):
    asked.answers(accounts=[ACCOUNT], histories=history(*LINES))
    tables = ("inquiry_answer", "inquiry_evidence", "inquiry_account", "inquiry_statement", "inquiry_history",
              "inquiry_transaction", "audit_event", "message_claim", "event_claim", "alert")
    values = [value for table in tables for row in world.books.rows(table) for value in row]
    kept = [value if isinstance(value, bytes) else str(value).encode() for value in values]
    spellings = {secret.encode(), json.dumps(secret).strip('"').encode()}
    assert not any(spelling in value for value in kept for spelling in spellings)
