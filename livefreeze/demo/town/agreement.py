"""Do both books agree at the end? Every frozen account and both case funds, to the fen; audit chains and inquiries."""

import json

from livefreeze.base.money import format_amount, parse_signed
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import CURRENCY, Check
from livefreeze.demo.town import inquiries, people
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.plan import Plan
from livefreeze.demo.world import PROGRAM

_LIVE = ("in_force", "queued")
_SAID = ("answered", "refused", "asked")  # by the three banks of the second inquiry


def of(plan: Plan, acts: Acts) -> list[Check]:
    """All checks, each with what was found. Raises StoryFailed where a book cannot be read."""
    books = [bank.get("/api/books") for bank in acts.banks]
    return [_accounts(plan, acts, books), _funds(acts, books), _trial(books), _chains(acts), _inquiries(acts)]


def _accounts(plan: Plan, acts: Acts, books: list[dict]) -> Check:
    theirs = {line["account"]: parse_signed(line["balance"], CURRENCY) for book in books for line in book["accounts"]}
    frozen = _frozen(plan, acts)
    ours = dict(zip(frozen, acts.at_once(lambda key: _balance(acts, *key), frozen), strict=True))
    differing = [number[-4:] for (_, number), minor in ours.items() if minor != theirs[number]]
    found = f"{len(ours) - len(differing)} of {len(ours)}" + "".join(f", …{each}" for each in differing)
    return Check("Frozen accounts: the banks' books and ours agree", "冻结账户：双方账目一致",
                 not differing and bool(ours), found)


def _frozen(plan: Plan, acts: Acts) -> list[tuple[int, str]]:
    """Court and number of every account under a live order, once."""
    found: dict[str, int] = {}
    for court, case_orders in enumerate(_statuses(acts)):
        for case in plan.cases:
            for order in case.orders:
                if case.court == court and case_orders.get(order.notice_number) in _LIVE:
                    found |= {account.number: court for account in order.accounts}
    return [(court, number) for number, court in found.items()]


def _statuses(acts: Acts) -> list[dict[str, str]]:
    """For each court the status of its orders by notice number."""
    found = []
    for staff in acts.courts:
        statuses: dict[str, str] = {}
        page = {"next": ""}
        while page["next"] is not None:
            after = {"after": page["next"]} if page["next"] else {}
            page = staff["auditor"].get("/court/v1/orders", limit="200", **after)
            statuses |= {order["notice_number"]: order["status"] for order in page["orders"]}
        found.append(statuses)
    return found


def _balance(acts: Acts, court: int, number: str) -> int:
    account = acts.courts[court]["auditor"].get(f"/court/v1/accounts/{acts.account_ids[court, number]}")
    return sum(parse_signed(account[name], CURRENCY) for name in ("balance", "held", "in_transit"))


def _funds(acts: Acts, books: list[dict]) -> Check:
    """What a fund's bank holds, and what the others owe that bank, is what the court has."""
    found = []
    for court, house in enumerate(people.COURTS):
        ours = acts.courts[court]["auditor"].get("/court/v1/case-fund", currency=CURRENCY)["balance"]
        at_home = [line["balance"] for line in books[house.fund_bank]["accounts"]
                   if line["account"] == acts.fund_numbers[court]]
        name = f"correspondent/{people.BANKS[house.fund_bank].code}"
        elsewhere = [line["balance"] for book in books for line in book["own_accounts"] if line["name"] == name]
        theirs = sum(parse_signed(each, CURRENCY) for each in at_home + elsewhere)
        found.append((parse_signed(ours, CURRENCY), theirs))
    return Check("Case funds: the banks' books and ours agree", "案款专户：双方账目一致",
                 all(ours == theirs for ours, theirs in found),
                 ", ".join(f"{format_amount(ours, CURRENCY)} and {format_amount(theirs, CURRENCY)}"
                           for ours, theirs in found))


def _trial(books: list[dict]) -> Check:
    sums = [amount for book in books for amount in book["trial_balance"].values()]
    return Check("The banks' trial balances are nothing", "银行试算平衡", set(sums) == {"0.00"}, ", ".join(sums))


def _chains(acts: Acts) -> Check:
    """`livefreeze audit verify` recomputes every chain and compares them with the receipts that the banks hold."""
    receipts = [each for bank in acts.banks for each in bank.get("/api/receipts")["receipts"]]
    file = acts.place.folder / "receipts.jsonl"
    lines = (json.dumps({name: each[name] for name in ("chain", "seq", "hash")}) + "\n" for each in receipts)
    file.write_text("".join(lines), encoding="utf-8")
    try:
        found, is_met = acts.place.processes.run([str(PROGRAM), "audit", "verify", "--receipts", str(file)]), True
    except StoryFailed as refused:
        found, is_met = str(refused), False
    return Check("Audit chains, with all receipts", "审计链：全部回执", is_met, found.strip().splitlines()[-1])


def _inquiries(acts: Acts) -> Check:
    """One that all banks have answered, one that one has answered, one refused, and one has yet to answer."""
    first, second = inquiries.states(acts)
    return Check("Inquiries: one answered, one refused here and open there", "协助查询：一件已答复，一件有拒绝、有待复",
                 not {"asked", "partly", "refused"} & set(first) and second == dict.fromkeys(_SAID, 1),
                 "; ".join(", ".join(f"{count} {state}" for state, count in each.items()) for each in (first, second)))
