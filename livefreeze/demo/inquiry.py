"""How the story begins: a case, an inquiry to three banks, and the salary account recognised from their answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from livefreeze.base.money import parse_signed
from livefreeze.demo import cast
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import CURRENCY, amount_text
from livefreeze.demo.stage import ZONE, Stage

CLAIM = "60000.00"
SALARY = "8000.00"
PAYDAY, SWEEP_DAY = 10, 12
BEGINS_AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
PERIOD = {"period_from": "2023-03-02", "period_to": "2026-03-01"}
PART_COUNT_MAX = 120  # bookings that the late bank puts into one message


class Subject(NamedTuple):
    """Whom the story is about. The court does not know the number of the account yet."""

    case_id: str
    debtor_id: str
    number: str
    fund_number: str


class Findings(NamedTuple):
    """What the banks answered, and what it shows."""

    inquiry_id: str
    banks: Mapping[str, dict]  # how far each was at the end, by its code
    salary_account: dict  # the first candidate of the recognition
    recognition: dict


def register(stage: Stage) -> Subject:
    """The debtor has accounts at two banks; the court registers the case and its case fund."""
    stage.scene(BEGINS_AT, "The case", "立案执行")
    person = {"name": cast.DEBTOR_NAME, "id_number": cast.DEBTOR_ID_NUMBER}
    opened = {**person, "currency": CURRENCY, "opening_balance": "0.00"}
    salary = {"payer": cast.EMPLOYER_NAME, "amount": SALARY, "payday": PAYDAY, "seed": "salary"}
    number = stage.bank.post("/api/accounts", {**opened, "past": salary})["account"]
    stage.late_bank.post("/api/accounts", {**opened, "past": {"seed": "savings"}})
    fund = {"name": cast.CASE_FUND_NAME, "kind": "case_fund", "currency": CURRENCY, "opening_balance": "0.00"}
    fund_number = stage.bank.post("/api/accounts", fund)["account"]

    debtor_id = stage.clerk.post("/court/v1/debtors", person)["id"]
    case_id = stage.clerk.post("/court/v1/cases", {
        "case_number": cast.CASE_NUMBER, "debtors": [debtor_id], "creditor": {"name": cast.CREDITOR_NAME},
        "claim": {"amount": CLAIM, "currency": CURRENCY},
    })["id"]
    stage.screen.say(
        f"Debtor A owes 60,000.00 yuan in case {cast.CASE_NUMBER}. The clerk registers the case. Nobody at the court"
        " knows where the salary goes.",
        f"被执行人甲在 {cast.CASE_NUMBER} 案中应付 60,000.00 元。书记员登记案件，法院尚不知其薪资账户。",
    )
    stage.approve(stage.finance.post("/court/v1/case-fund", {
        "bank": cast.BANK, "account": fund_number, "name": cast.CASE_FUND_NAME, "currency": CURRENCY,
    }))
    stage.screen.say(
        "Finance proposes the court's case fund account, the only place money can ever go; the judge approves.",
        "财务提出案款专户（划款只能进入该账户），法官审批通过。",
    )
    return Subject(case_id, debtor_id, number, fund_number)


def play(stage: Stage, subject: Subject) -> Findings:
    """Ask the banks, wait for the late one, and recognise the salary account. Raises StoryFailed."""
    inquiry_id = _ask(stage, subject)
    banks = _be_answered_late(stage, inquiry_id)
    recognition = _recognise(stage, inquiry_id)
    return Findings(inquiry_id, banks, recognition["candidates"][0], recognition)


def _ask(stage: Stage, subject: Subject) -> str:
    # The late bank answers nobody until it is reminded.
    stage.late_bank.put("/api/faults", {"ignore_inquiries": True, "split_answers": PART_COUNT_MAX})
    stage.scene(datetime(2026, 3, 2, 9, 30, tzinfo=ZONE), "The inquiry", "协助查询")
    started = stage.clerk.post("/court/v1/inquiries", {
        "case": subject.case_id, "debtor": subject.debtor_id, "reason": "查询财产线索", "banks": list(cast.BANKS),
        **PERIOD,
    })
    answer_by = datetime.fromisoformat(started["answer_by"]).astimezone(ZONE)
    stage.screen.say(
        f"The clerk asks {started['banks_count']} banks at once: which accounts, which freezes, the bookings of three"
        f" years. They are to answer by {answer_by:%m-%d %H:%M}.",
        f"书记员同时向 {started['banks_count']} 家银行查询账户、已有冻结及三年交易明细，"
        f"须于 {answer_by:%m-%d %H:%M} 前答复。",
    )
    said = {cast.BANK: "answered", cast.LATE_BANK: "asked", cast.OTHER_BANK: "no_such_person"}
    _wait_for(stage, started["id"], said)
    stage.processes.wait_until(lambda: stage.late_bank.get("/api/quiet")["quiet"], "the late bank to have read it")
    stage.screen.say(
        "The first bank answers at once, in a signed message. The third has no such person. The second is silent.",
        "第一家银行即时签名答复；第三家查无此人；第二家尚未答复。",
    )
    return started["id"]


def _be_answered_late(stage: Stage, inquiry_id: str) -> dict[str, dict]:
    stage.late_bank.put("/api/faults", {"split_answers": PART_COUNT_MAX})
    stage.scene(datetime(2026, 3, 6, 9, 0, tzinfo=ZONE), "A late answer", "逾期答复")
    banks = _wait_for(stage, inquiry_id, dict.fromkeys(cast.BANKS[:2], "answered"))
    late = banks[cast.LATE_BANK]
    stage.screen.say(
        f"The time is over: the second bank is reminded, and answers in {late['parts']} parts. It is accepted, and"
        " marked as late.",
        f"答复期限届满，系统催办第二家银行，其分 {late['parts']} 次答复。照常收录，并标注逾期。",
    )
    return banks


def _recognise(stage: Stage, inquiry_id: str) -> dict:
    stage.scene(datetime(2026, 3, 9, 9, 0, tzinfo=ZONE), "Which is the salary account?", "识别薪资账户")
    for account in stage.clerk.get(f"/court/v1/inquiries/{inquiry_id}/accounts")["accounts"]:
        balance = amount_text(parse_signed(account["balance"], CURRENCY))
        stage.screen.say(
            f"{account['bank']} names account {account['account']}: balance {balance}, {account['lines']} bookings.",
            f"{account['bank_name']}账户 {account['account']}：余额 {balance} 元，交易 {account['lines']} 笔。",
        )
    found = stage.clerk.get(f"/court/v1/inquiries/{inquiry_id}/recognition")
    if not found["candidates"]:
        raise StoryFailed(f"No salary account was recognised: {found}")
    salary = found["candidates"][0]
    days = ", ".join(map(str, salary["days_of_month"]))
    stage.screen.say(
        f"The salary account is {salary['number']}: {salary['payer']} pays into it, payday {days}, confidence"
        f" {salary['confidence']} of 100: {_joined(salary['reasons'], 'sentence', '; ')}.",
        f"薪资账户为 {salary['number']}：付款单位{salary['payer']}，发薪日 {days} 日，"
        f"可信度 {salary['confidence']}/100："
        f"{_joined(salary['reasons'], 'sentence_zh', '；')}。",
    )
    return found


def _wait_for(stage: Stage, inquiry_id: str, statuses: Mapping[str, str]) -> dict[str, dict]:
    """How far each bank is, once these have come so far and have taken the question over."""

    def banks() -> dict[str, dict] | None:
        shown = {bank["bank"]: bank for bank in stage.auditor.get(f"/court/v1/inquiries/{inquiry_id}")["banks"]}
        has_come = all(shown[code]["status"] == status and shown[code]["delivered_at"]
                       for code, status in statuses.items())
        return shown if has_come else None

    return stage.processes.wait_until(banks, f"the banks to be so far: {statuses}")


def _joined(reasons: list[dict], name: str, between: str) -> str:
    return between.join(reason[name] for reason in reasons)
