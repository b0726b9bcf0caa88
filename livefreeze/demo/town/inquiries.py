"""What the first court asked the banks on the last evening: one inquiry answered, one refused here and open there."""

from collections.abc import Callable
from datetime import datetime, timedelta

from livefreeze.demo.town import people
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.plan import Case, Plan

COURT = 0
ANSWERING_BANK, REFUSING_BANK = 0, 1
WHY_REFUSED = "协助查询函未加盖公章"
YEAR = timedelta(days=365)


def play(plan: Plan, acts: Acts, evening: datetime, *, silent_bank: int, settle: Callable[[], None]) -> None:
    """Ask about the story's debtor, whom all banks answer; then of another: one answers, one refuses, one waits."""
    cases = [case for case in plan.cases if case.court == COURT and case.orders[0].accounts[0].bank == ANSWERING_BANK]
    _ask(acts, cases[0], evening)
    settle()
    acts.faults(REFUSING_BANK, refuse_inquiries=WHY_REFUSED)
    acts.faults(silent_bank, ignore_inquiries=True)
    _ask(acts, cases[-1], evening)
    settle()


def states(acts: Acts) -> list[dict[str, int]]:
    """How many banks of each inquiry are how far, oldest inquiry first."""
    return [each["progress"] for each in acts.courts[COURT]["auditor"].get("/court/v1/inquiries")["inquiries"]]


def _ask(acts: Acts, case: Case, evening: datetime) -> None:
    clerk, case_id = acts.courts[COURT]["clerk"], acts.case_ids[case.number]
    clerk.post("/court/v1/inquiries", {
        "case": case_id, "debtor": clerk.get(f"/court/v1/cases/{case_id}")["debtors"][0]["id"],
        "reason": "查询财产线索", "banks": [bank.code for bank in people.BANKS],
        "period_from": (evening - YEAR).date().isoformat(), "period_to": evening.date().isoformat(),
    })
