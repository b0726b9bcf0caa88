"""Promises to those who asked: what was answered is done exactly once, what was not answered at most once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tests.crash.books import CHARGES, INCOMES, BankBooks, ServiceBooks
from tests.crash.load import Asked

DONE = (200, 201)


def broken(asked: Sequence[Asked], banks: Mapping[str, BankBooks], service: ServiceBooks) -> Iterator[str]:
    """A sentence for each promise that was not kept."""
    done, sent = _done(banks), Counter(row.run for row in service.sweeps.values())
    for one in asked:
        if one.what in ("withdrawal", "credit", "charge"):
            times = done[one.what, one.mark]
            if times > 1 or (times == 0 and one.status in DONE):
                yield f"{one.what} {one.mark} was answered {one.status} and done {times} times"
        if one.what == "click" and one.status == 201:
            promised, times = len(one.answer["transfers"]), sent[f"click:{one.mark}"]
            if promised != times:
                yield f"click {one.mark[:8]} was answered with {promised} transfers and has sent {times}"
        if one.account is not None and "paid_amount" in (one.answer or {}):
            yield from _screen_untrue(one.answer, banks[one.account.bank])


def _done(banks: Mapping[str, BankBooks]) -> Counter[tuple[str, str]]:
    """How often each mark of the load stands in the books of the banks."""
    done: Counter[tuple[str, str]] = Counter()
    for bank in banks.values():
        done.update(("withdrawal", row["teller"]) for row in bank.withdrawals.values())
        for row in bank.bookings.values():
            amount = f"{row['amount_minor'] // 100}.{row['amount_minor'] % 100:02}"
            if row["kind"] in INCOMES:
                done["credit", amount] += 1
            elif row["kind"] in (*CHARGES, "customer"):
                done["charge", amount] += 1
    return done


def _screen_untrue(screen: Mapping, bank: BankBooks) -> Iterator[str]:
    """What a teller's screen has shown stays so: paid is paid, declined and voided are not."""
    row = bank.withdrawals.get(screen["reference"])
    if row is None:
        yield f"withdrawal {screen['reference']} was shown and is gone"
    elif screen["paid_amount"] and row["transaction_reference"] != screen["transaction_reference"]:
        yield f"withdrawal {screen['reference']} was shown as paid and is {row['state']}"
    elif screen["state"] in ("declined", "voided") and row["state"] != screen["state"]:
        yield f"withdrawal {screen['reference']} was shown as {screen['state']} and is {row['state']}"
