"""The last evening: what waits for people when the world is handed over. The third bank does not answer for a while."""

from datetime import timedelta
from functools import partial

from livefreeze.demo.town import inquiries, people
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.months import WAITING_BANK
from livefreeze.demo.town.places import WORKER
from livefreeze.demo.town.plan import Account, Case, Fate, Order, Plan

SILENT_BANK = 2
HASTY = "hasty-worker"
KEPT_COUNT, AMENDED_COUNT = 3, 1
EXPIRED_AFTER = timedelta(minutes=40)


def play(plan: Plan, acts: Acts) -> None:
    """Leave inquiries, queried withdrawals, dead letters and open proposals behind."""
    evening = plan.ends_at - timedelta(hours=18)
    acts.clock_to(evening)
    settle = partial(acts.settles_down, but_transfers_at=WAITING_BANK)
    settle()
    inquiries.play(plan, acts, evening, silent_bank=SILENT_BANK, settle=settle)
    # So that a letter is dead at once and not in days; whoever looks at the world later has the usual patience.
    acts.place.start_worker(HASTY, DELIVERY_ATTEMPTS_MAX="1")
    kept = _keep_withdrawals(plan, acts)
    acts.faults(SILENT_BANK, unreachable=True)
    acts.place.processes.stop(WORKER)
    _amend_there(plan, acts, {account.number for account in kept})
    _serve_there(plan, acts)
    acts.clock_to(evening + EXPIRED_AFTER)
    acts.place.processes.wait_until(acts.is_worker_idle, "the letters to the silent bank to be given up")
    for bank in acts.banks:
        bank.put("/api/faults", {})
    acts.place.start_worker()
    acts.proposes_fund(1, acts.fund_numbers[1][:-1] + "8")
    acts.changes_rule(0, source="本院执行局会议纪要9号", allowance="2800.00")
    acts.clock_to(plan.ends_at)
    settle()
    acts.place.processes.stop(HASTY)


def _keep_withdrawals(plan: Plan, acts: Acts) -> list[Account]:
    """Approved at the silent bank's counters, and neither paid nor given up."""
    kept: list[Account] = []
    for account in plan.accounts(before_month=plan.months - 1).values():
        if account.bank != SILENT_BANK or len(kept) == KEPT_COUNT:
            continue
        shown = acts.banks[SILENT_BANK].ask("POST", "/api/withdrawals", {
            "account": account.number, "amount": "200.00", "branch": people.BANKS[SILENT_BANK].branches[0],
            "is_kept": True,
        }).document
        if shown.get("decision") == "approved":
            kept.append(account)
    return kept


def _amend_there(plan: Plan, acts: Acts, numbers: set[str]) -> None:
    """An amendment of which the silent bank never hears, on an account that has no other trouble."""
    amended = 0
    for case in plan.cases:
        for order in case.orders:
            is_there = all(each.bank == SILENT_BANK and each.number not in numbers for each in order.accounts)
            if is_there and amended < AMENDED_COUNT and acts.order_status(case, order) == "in_force":
                acts.approves(case.court, acts.amends(case, order, case.claim + 1_000))
                amended += 1


def _serve_there(plan: Plan, acts: Acts) -> None:
    """A new case whose order the silent bank never sees, so that it waits for the receipt."""
    number = max(each.person for each in plan.accounts().values()) + 1
    bank = people.BANKS[SILENT_BANK]
    account = Account(
        number=people.account_number(bank, 99_999_999), bank=SILENT_BANK, person=number, salary=7_200, payday=10,
        payer=people.EMPLOYERS[1], income="salary", opening=1_500, is_for_allowance=True, thrift=0.5,
    )  # fmt: skip
    case_number = people.COURTS[0].case_numbers.format(people.FIRST_CASE + 7 * len(plan.cases))
    order = Order(notice_number=f"{case_number}之一", person=number, accounts=(account,), fate=Fate.USUAL,
                  allowance=people.COURTS[0].allowance)
    case = Case(court=0, number=case_number, creditor=people.creditor(len(plan.cases)), persons=(number,),
                claim=52_000, month=plan.months, orders=(order,))
    acts.opens_account(account, Fate.USUAL)
    acts.employs([account])
    acts.opens(case)
