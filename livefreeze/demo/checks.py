"""What must be so at the end: inquiry, figures, both books to the fen, every audit chain, every receipt."""

import json
from collections.abc import Iterator, Sequence

from livefreeze.base.money import parse_amount, parse_signed
from livefreeze.demo import cast, chains, inquiry_checks
from livefreeze.demo.chains import Receipt
from livefreeze.demo.client import Client
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import CURRENCY, Check, amount_text
from livefreeze.demo.scenes import Outcome
from livefreeze.demo.world import PROGRAM, World


def of(world: World, outcome: Outcome) -> list[Check]:
    """All checks, each with what was found. Raises StoryFailed where a book cannot be read."""
    auditor, banks = Client(world.service_url, world.tokens["auditor"]), tuple(map(Client, world.bank_urls.values()))
    frozen = outcome.frozen
    return [
        *inquiry_checks.of(outcome.findings, auditor, case_id=frozen.case_id, number=frozen.number),
        *_figures(outcome, auditor),
        *_books(outcome, auditor, banks),
        *_chains(world, outcome, auditor, banks),
        *_nothing_left(auditor, banks),
    ]


def _figures(outcome: Outcome, auditor: Client) -> Iterator[Check]:
    asked = auditor.get("/court/v1/withdrawals", account=outcome.frozen.account_id)["withdrawals"]
    decided = [(each["captured_amount"], each["status"], each["reason"]) for each in asked]
    left = outcome.approved["allowance_left"]
    yield Check(
        "1,000.00 withdrawn, 1,500.00 left", "已支取 1,000.00，余 1,500.00",
        decided[:1] == [("1000.00", "captured", "WITHIN_LIMITS")] and left == "1500.00",
        f"{_read(outcome.approved['paid_amount'])}, {_read(left)}",
    )
    declined = outcome.declined
    yield Check(
        "2,000.00 declined, 1,500.00 left", "2,000.00 不予支取，余 1,500.00",
        decided[1:2] == [("0.00", "declined", "ALLOWANCE_EXHAUSTED")] and declined["allowance_left"] == "1500.00",
        f"{declined['reason']}, {_read(declined['allowance_left'])}",
    )
    sweep = outcome.sweep
    yield Check(
        "5,500.00 swept to the case fund", "5,500.00 已划入案款专户",
        (sweep["amount"], sweep["status"]) == ("5500.00", "settled"), f"{_read(sweep['amount'])}, {sweep['status']}",
    )
    quota_left = auditor.get(f"/court/v1/cases/{outcome.frozen.case_id}")["claims"][0]["quota_left"]
    yield Check("Quota left 54,500.00", "冻结限额余额 54,500.00", quota_left == "54500.00", _read(quota_left))
    payday = outcome.next_payday
    yield Check(
        "Next payday: allowance whole, the money there", "次月发薪日：生活费额度恢复，账户有款",
        payday.allowance_left_minor == payday.spendable_minor == parse_amount("2500.00", CURRENCY),
        f"{amount_text(payday.allowance_left_minor)}, {amount_text(payday.spendable_minor)}",
    )


def _books(outcome: Outcome, auditor: Client, banks: Sequence[Client]) -> Iterator[Check]:
    agreeing = sum(row.figures.books_agree for row in outcome.rows)
    last = outcome.rows[-1].figures
    yield Check(
        "Account: the bank's books and ours agree after each scene", "薪资账户：每一步双方账目一致",
        agreeing == len(outcome.rows),
        f"{agreeing} of {len(outcome.rows)}; the bank {amount_text(last.bank_balance_minor)} = account "
        f"{amount_text(last.balance_minor)} + held {amount_text(last.held_minor)} + in transit "
        f"{amount_text(last.in_transit_minor)}",
    )
    ours = auditor.get("/court/v1/case-fund", currency=CURRENCY)["balance"]
    books = [bank.get("/api/books") for bank in banks]
    (theirs,) = (line["balance"] for line in books[0]["accounts"] if line["account"] == outcome.frozen.fund_number)
    yield Check("Case fund: the bank's books and ours agree", "案款专户：双方账目一致", ours == theirs == "5500.00",
                f"the bank {_read(theirs)}, we {_read(ours)}")
    sums = [(amount, currency) for each in books for currency, amount in each["trial_balance"].items()]
    yield Check("The banks' trial balances are nothing", "银行试算平衡", {amount for amount, _ in sums} == {"0.00"},
                ", ".join(f"{amount} {currency}" for amount, currency in sums))


def _chains(world: World, outcome: Outcome, auditor: Client, banks: Sequence[Client]) -> Iterator[Check]:
    names = (f"account:{outcome.frozen.account_id}", f"case:{outcome.frozen.case_id}", f"court:{cast.COURT}")
    verified = {name: chains.verify(name, *chains.read(auditor, name)) for name in names}
    mistakes = [mistake for each in verified.values() for mistake in each.mistakes]
    events = sum(len(each.hashes) for each in verified.values())
    yield Check("Audit chains, recomputed from their documents", "审计链：据原文重新计算", not mistakes and events > 0,
                "; ".join(mistakes) or f"{events} events in {len(verified)} chains")

    kept = [
        Receipt(each["chain"], each["seq"], each["hash"])
        for bank in banks for each in bank.get("/api/receipts")["receipts"]
    ]
    shown = [receipt for receipt in kept if receipt.chain in verified]
    against = chains.contradictions(shown, verified)
    yield Check("The banks' receipts for account and case fit", "银行所存账户、案件审计回执相符",
                not against and bool(shown), "; ".join(against) or f"{len(shown)} receipts")

    file = world.folder / "receipts.jsonl"
    file.write_text("".join(json.dumps(receipt._asdict()) + "\n" for receipt in kept), encoding="utf-8")
    try:
        found = world.processes.run([str(PROGRAM), "audit", "verify", "--receipts", str(file)]).strip()
        is_met = True
    except StoryFailed as refused:
        found, is_met = str(refused), False
    yield Check("livefreeze audit verify, with all receipts", "livefreeze audit verify：全部回执", is_met,
                found.splitlines()[-1])


def _nothing_left(auditor: Client, banks: Sequence[Client]) -> Iterator[Check]:
    messages = [bank.get("/api/messages") for bank in banks]
    states = [(each["state"], "done") for bank in messages for each in bank["inbox"]]
    states += [(each["state"], "answered") for bank in messages for each in bank["outbox"]]
    exchanged, unfinished = len(states), [state for state, end in states if state != end]
    yield Check("Every signed message was acted on", "全部签名报文均已处理", not unfinished and exchanged > 0,
                f"{exchanged} messages" if not unfinished else f"{len(unfinished)} of {exchanged} were not")
    alerts = [alert["kind"] for alert in auditor.get("/court/v1/alerts")["alerts"]]
    yield Check("No alerts but of the late answer", "除逾期答复外无异常提醒", alerts == ["INQUIRY_OVERDUE"],
                ", ".join(alerts) or "none")


def _read(amount: str) -> str:
    return amount_text(parse_signed(amount, CURRENCY))
