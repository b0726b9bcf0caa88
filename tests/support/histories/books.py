"""Books what was planned, in the order of days: running balances, sequences, nothing below nothing."""

from dataclasses import replace

from tests.support.histories.values import Account, Draft, Plan, Row


def booked(draft: Draft) -> tuple[Account, ...]:
    """The accounts with their rows; an outgoing amount is at most what is there, and left out where that is nothing."""
    balances, rows = [0] * len(draft.accounts), [[] for _ in draft.accounts]

    def book(plan: Plan, place: int, amount_minor: int, counterparty_account: str | None) -> None:
        balances[place] += amount_minor
        rows[place].append(
            Row(
                account=draft.accounts[place].number,
                day=plan.day,
                amount_minor=amount_minor,
                currency=draft.accounts[place].currency,
                counterparty=plan.counterparty,
                counterparty_account=counterparty_account,
                text=plan.text,
                balance_after_minor=balances[place],
                income=plan.income if amount_minor > 0 else None,
                sequence=len(rows[place]) + 1,
            )
        )

    # What comes in on a day is booked before what goes out, in the order of planning.
    for plan in sorted(draft.plans, key=lambda plan: (plan.day, plan.amount_minor < 0)):
        amount_minor = max(plan.amount_minor, -balances[plan.account])
        if not amount_minor:
            continue
        book(plan, plan.account, amount_minor, plan.counterparty_account)
        if plan.to is not None:
            book(plan, plan.to, -amount_minor, draft.accounts[plan.account].number)
    return tuple(replace(account, rows=tuple(own)) for account, own in zip(draft.accounts, rows, strict=True))
