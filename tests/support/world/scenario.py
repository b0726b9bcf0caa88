"""A court and a bank between which everything has happened once, so that no page of theirs is empty."""

import json
from dataclasses import dataclass, field, replace

from livefreeze.flows import banks, credentials, sessions, staff
from tests.support.world import SWEEP_DAY, World, unique
from tests.support.world.administrator import Administrator
from tests.support.world.bank import Account, Bank
from tests.support.world.counter import Teller
from tests.support.world.court import Court, Debtor
from tests.support.world.numbers import id_number, number

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·艾合买提江"
LONG_CREDITOR = "示例省融资担保与不良资产处置股份有限公司（原示例市农村信用合作联社）余姚分公司"
LARGE = "987654321098.76"

#: What people wrote in this world, and no catalogue translates.
SAID_BY_PEOPLE = (
    LONG_NAME, LONG_CREDITOR, "张三", "示例小额贷款有限公司", "示例市人民法院案款专户", "示例市人民法院", "示例银行",
    "被执行人已履行", "账户已销户", "发薪日规则", "执行局会议纪要",
    "查询财产线索", "示例纺织有限公司", "民事诉讼法（2023）第二百五十四条", "法释〔2004〕15号（2020）第三条",
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One tenant's things, by the name that an address gives them: `case_id`, `order_id` …"""

    court: Court
    bank: Bank
    debtor: Debtor
    account: Account
    things: dict[str, str] = field(default_factory=dict)
    full: "Scenario | None" = None  # the same court's things with the longest names and the largest sums


def has_nothing(world: World) -> Scenario:
    """A court and a bank on their first day, and somebody whose accounts nobody has frozen."""
    court, bank = Court(world.client), world.bank()
    debtor = court.names()
    return Scenario(court, bank, debtor, Account("", "", "CNY"), {"bank": bank.code, "court": court.code})


def happens(world: World) -> Scenario:
    """One account from the order to the sweep and a bit further; others refused, waiting, long and large."""
    court = world.court()
    court_rule = court.adopts_rule()
    frozen = world.freezes(court=court, court_rule=court_rule)
    bank, account = frozen.bank, frozen.account
    scenario = Scenario(court, bank, frozen.debtor, account, {
        "case_id": frozen.case, "order_id": frozen.order, "account_id": account.id, "debtor_id": frozen.debtor.id,
        "court_rule_id": court_rule, "bank": bank.code, "court": court.code,
    })
    _is_withdrawn_from(bank, account)
    world.clock.reaches(SWEEP_DAY)
    preview = court.previews(frozen.case)
    court.clicks(frozen.case, preview["preview"])
    world.delivers()
    (transfer,) = bank.instructed()
    bank.reports(bank.transfer("settled", account, transfer.transfer, transfer.amount))
    scenario.things["sweep_id"] = transfer.transfer
    court.amends(frozen.order, "55000.00")
    world.delivers()
    bank.reads()
    bank.reports(bank.stand_in(account, "700.00"))  # paid without asking: excess of the period, and an alert
    court.changes_rule(court_rule, allowance="2600.00")
    court.prepares_version(court_rule, reserve="500.00")
    _is_paid_on_our_own_page(scenario)
    _is_refused(world, court, bank)
    full = _is_long_and_large(world, court, bank)
    scenario.things.update(_is_asked_about(world, court))
    scenario.things["session_id"] = _is_logged_in(court)
    scenario.things["token"] = _is_invited(court)
    waiting = court.posts("clerk", f"/orders/{frozen.order}/release", {"reason": "被执行人已履行"})
    scenario.things["proposal_id"] = waiting["id"]
    scenario.things["alert_id"] = court.gets("auditor", "/alerts")["alerts"][0]["id"]
    scenario.things["message_id"] = _message_about(world, account)
    scenario.things["outbound_id"] = _is_given_up(world, court)
    scenario.things.update(_is_administered(court, bank))
    return replace(scenario, full=full)


def _is_given_up(world: World, court: Court) -> str:
    """The id of a message that another bank would not take over; the next one about the account waits behind it."""
    silent = world.bank()
    silent.mailbox.status = 503
    debtor = court.names()
    account = court.finds_account(debtor, silent)
    order = court.serves(court.opens_case(debtor), debtor, [account])
    world.delivers(attempts_max=1)
    court.amends(order, "50000.00")
    return next(row.id for row in world.books.rows("outbound_message") if row.lane == account.id)


def _is_administered(court: Court, bank: Bank) -> dict[str, str]:
    """A user of the court whom its administrator wants disabled, and a key of the bank."""
    user_id = staff.add(unique("leaving"), role="clerk", court_code=court.code, actor="operator")
    asked = Administrator(court=court.code).asks("staff.disable", user=user_id)
    return {"user_id": user_id, "platform_proposal_id": asked.id, "key_id": banks.keys(bank.code)[0].id}


def _is_asked_about(world: World, court: Court) -> dict[str, str]:
    """An inquiry that a bank has answered with one account."""
    bank = world.bank()
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, bank)
    world.delivers_until(lambda: bool(bank.mailbox.letters))
    (question,) = bank.asked()
    number_there = f"622202{number():013}"
    bank.answers(question, outcome="accounts", accounts=[{
        "account": number_there, "kind": "savings", "currency": "CNY", "balance": "8100.00",
        "opened_on": "2019-05-06", "branch": "示例银行营业部",
        "freezes": [{"rank": 1, "amount": "3000.00", "authority": "示例区人民法院"}],
    }], histories=[{"account": number_there, "currency": "CNY", "transactions": _year_of_pay()}])
    answers = court.gets("auditor", f"/inquiries/{inquiry}/answers")["answers"]
    return {"inquiry_id": inquiry, "inquiry_account_id": court.looks_at(inquiry)[0]["id"],
            "inquiry_answer_id": answers[0]["id"]}


def _year_of_pay() -> list[dict]:
    """Wages on each 10th, spent on each 20th; one balance does not follow, and a bonus came in January."""
    lines = []
    for index, month in enumerate((*(f"2025-{each:02}" for each in range(4, 13)), "2026-01", "2026-02")):
        amount = "16000.00" if month == "2026-01" else "8000.00"
        lines += [
            {"date": f"{month}-10", "amount": amount, "sequence": 2 * index + 1, "balance_after": amount,
             "counterparty": "示例纺织有限公司", "text": "工资", "income": "salary"},
            {"date": f"{month}-20", "amount": f"-{amount}", "sequence": 2 * index + 2,
             "balance_after": "100.00" if month == "2025-06" else "0.00", "text": "转账支取"},
        ]
    return lines


def _is_invited(court: Court) -> str:
    """Somebody has not yet followed the link by which they set up their log-in."""
    login = unique("invited")
    staff.add(login, role="judge", court_code=court.code, actor="operator")
    return credentials.invite(login, actor="operator")


def _is_logged_in(court: Court) -> str:
    """Somebody has the court's pages open."""
    staff_id = staff.add(unique("somebody"), role="clerk", court_code=court.code, actor="operator")
    return sessions.principal_of(sessions.open_for_staff(staff_id, agent="test")).session_id


def _message_about(world: World, account: Account) -> str:
    """Our id of a signed message that told of something on this account."""
    documents = [json.loads(row.document) for row in world.books.rows("audit_event")
                 if row.chain == f"account:{account.id}"]
    told = {document["detail"].get("message") for document in documents}
    return next(row.id for row in world.books.rows("inbound_message") if row.message_id in told)


def _is_withdrawn_from(bank: Bank, account: Account) -> None:
    """1,000 taken, 2,000 declined, 100 approved and not paid out, 50 approved and open."""
    assert account.currency == "CNY"
    bank.captures(bank.withdraws(account, "1000.00").reference)
    assert bank.withdraws(account, "2000.00").decision == "declined"
    bank.voids(bank.withdraws(account, "100.00").reference)
    bank.withdraws(account, "50.00")


def _is_paid_on_our_own_page(scenario: Scenario) -> None:
    """30 paid, of which cash came back that waits for a second teller; 20 of which nobody has said what became."""
    teller = Teller(scenario.bank)
    paid = teller.asks(scenario.account, "30.00")["id"]
    teller.pays(paid)
    scenario.things.update(withdrawal_id=paid, reversal_id=teller.asks_back(paid, "10.00")["id"])
    teller.asks(scenario.account, "20.00")


def _is_refused(world: World, court: Court, bank: Bank) -> None:
    frozen = world.serves(court=court, bank=bank)
    told = bank.accepts(frozen.account, result="refused", why="账户已销户", balance=None, currency=None, as_of=None)
    assert told.outcome == "applied", told


def _is_long_and_large(world: World, court: Court, bank: Bank) -> Scenario:
    debtor = court.names(LONG_NAME)
    case = court.opens_case(debtor, amount=LARGE, creditor=LONG_CREDITOR)
    account = court.finds_account(debtor, bank)
    order = court.serves(case, debtor, [account], quota=LARGE)
    world.delivers()
    bank.reads()
    bank.accepts(account)
    bank.pays_salary(account, LARGE)
    later = court.opens_case(debtor, amount="1.00")
    court.prepares(later, debtor, [account], quota="1.00")
    return Scenario(court, bank, debtor, account, {
        "case_id": case, "order_id": order, "account_id": account.id, "debtor_id": debtor.id,
        "bank": bank.code, "court": court.code,
    })
