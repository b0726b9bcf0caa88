"""Every movement of money as one transfer row: which buckets, and what it does to the period's sums."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Bucket(StrEnum):
    """Where money lies. The bank's closing balance of an account is the sum of the three in its middle."""

    OUTSIDE = "outside"
    ACCOUNT = "account"
    WITHDRAWAL_HOLD = "withdrawal_hold"
    SWEEP_IN_TRANSIT = "sweep_in_transit"
    CASE_FUND = "case_fund"


class TransferKind(StrEnum):
    """One word for each kind of movement."""

    OPENING = "opening"  # the balance of the bank's receipt
    OPENING_SHORTFALL = "opening_shortfall"  # the same, where it is below nothing
    CREDIT = "credit"
    CREDIT_REVERSED = "credit_reversed"
    DEBIT = "debit"  # bank charge, correction, other authority: nothing that the debtor took
    HOLD = "hold"
    CAPTURE = "capture"
    REST_BACK = "rest_back"  # captured less than was held
    VOID = "void"
    REVERSE = "reverse"  # paid back after capture
    STAND_IN = "stand_in"  # paid without asking us, or above what we approved
    SWEEP = "sweep"
    SWEEP_SETTLED = "sweep_settled"
    SWEEP_FAILED = "sweep_failed"
    SWEEP_RETURNED = "sweep_returned"
    SWEEP_SETTLED_LATE = "sweep_settled_late"  # settled after it was reported failed


class Effect(NamedTuple):
    """What a kind of transfer moves: the buckets, and the sign of its effect on the period's sums."""

    debit: Bucket  # the money leaves it
    credit: Bucket  # the money enters it
    taken_sign: int = 0
    from_held_sign: int = 0
    stand_in_sign: int = 0
    is_fact: bool = True  # reported by a bank, so never refused; else approved or instructed by us


EFFECTS: dict[TransferKind, Effect] = {
    TransferKind.OPENING: Effect(Bucket.OUTSIDE, Bucket.ACCOUNT),
    TransferKind.OPENING_SHORTFALL: Effect(Bucket.ACCOUNT, Bucket.OUTSIDE),
    TransferKind.CREDIT: Effect(Bucket.OUTSIDE, Bucket.ACCOUNT),
    TransferKind.CREDIT_REVERSED: Effect(Bucket.ACCOUNT, Bucket.OUTSIDE),
    TransferKind.DEBIT: Effect(Bucket.ACCOUNT, Bucket.OUTSIDE),
    TransferKind.HOLD: Effect(Bucket.ACCOUNT, Bucket.WITHDRAWAL_HOLD, 1, 1, is_fact=False),
    TransferKind.CAPTURE: Effect(Bucket.WITHDRAWAL_HOLD, Bucket.OUTSIDE),
    TransferKind.REST_BACK: Effect(Bucket.WITHDRAWAL_HOLD, Bucket.ACCOUNT, -1, -1),
    TransferKind.VOID: Effect(Bucket.WITHDRAWAL_HOLD, Bucket.ACCOUNT, -1, -1),
    TransferKind.REVERSE: Effect(Bucket.OUTSIDE, Bucket.ACCOUNT, -1, -1, -1),
    TransferKind.STAND_IN: Effect(Bucket.ACCOUNT, Bucket.OUTSIDE, 1, 0, 1),
    TransferKind.SWEEP: Effect(Bucket.ACCOUNT, Bucket.SWEEP_IN_TRANSIT, is_fact=False),
    TransferKind.SWEEP_SETTLED: Effect(Bucket.SWEEP_IN_TRANSIT, Bucket.CASE_FUND),
    TransferKind.SWEEP_FAILED: Effect(Bucket.SWEEP_IN_TRANSIT, Bucket.ACCOUNT),
    TransferKind.SWEEP_RETURNED: Effect(Bucket.CASE_FUND, Bucket.ACCOUNT),
    TransferKind.SWEEP_SETTLED_LATE: Effect(Bucket.ACCOUNT, Bucket.CASE_FUND),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One row of the ledger. It is never changed; a mistake is corrected by a row that names it.

    `taken_minor`, `from_held_minor` and `stand_in_minor` are signed: what the row adds to the sums of the
    period that starts at `period_start`. Taken includes what was taken by stand-in.
    """

    kind: TransferKind
    account_id: str
    pool_id: str
    debit: Bucket
    credit: Bucket
    amount_minor: int  # always above nothing, in minor units of `currency`
    currency: str
    claim_id: str | None = None
    withdrawal_id: str | None = None
    sweep_id: str | None = None
    corrects: str | None = None  # the transfer that this one makes undone
    period_start: datetime | None = None
    taken_minor: int = 0
    from_held_minor: int = 0
    stand_in_minor: int = 0


class Place(NamedTuple):
    """The account that a transfer touches, with its pool and currency."""

    account_id: str
    pool_id: str
    currency: str


def opening(place: Place, *, balance_minor: int) -> tuple[Transfer, ...]:
    """The balance that the bank's receipt names: one row, or none for an empty account."""
    if balance_minor == 0:
        return ()
    kind = TransferKind.OPENING if balance_minor > 0 else TransferKind.OPENING_SHORTFALL
    return (_transfer(kind, place, abs(balance_minor)),)


def credit(place: Place, *, amount_minor: int, withdrawal_id: str | None = None) -> Transfer:
    """Money came in."""
    return _transfer(TransferKind.CREDIT, place, amount_minor, withdrawal_id=withdrawal_id)


def credit_reversed(
    place: Place, *, amount_minor: int, corrects: str | None = None, withdrawal_id: str | None = None
) -> Transfer:
    """Money that came in is recalled, even where it is no longer there."""
    return _transfer(TransferKind.CREDIT_REVERSED, place, amount_minor, corrects=corrects, withdrawal_id=withdrawal_id)


def debit(place: Place, *, amount_minor: int) -> Transfer:
    """A charge, a correction or another authority's debit. What the customer took is a `stand_in`."""
    return _transfer(TransferKind.DEBIT, place, amount_minor)


def hold(
    place: Place, *, amount_minor: int, from_held_minor: int, withdrawal_id: str, period_start: datetime
) -> Transfer:
    """An approved withdrawal. The whole amount counts on the allowance, in the period of our clock."""
    return _transfer(
        TransferKind.HOLD,
        place,
        amount_minor,
        withdrawal_id=withdrawal_id,
        period_start=period_start,
        taken_minor=amount_minor,
        from_held_minor=from_held_minor,
    )


def capture(
    place: Place,
    *,
    captured_minor: int,
    held_minor: int,
    from_held_minor: int,
    withdrawal_id: str,
    period_start: datetime,
    happened_period_start: datetime,
) -> tuple[Transfer, ...]:
    """The bank paid. Paid less than held, the rest goes back; more, what is above counts as a stand-in.

    `held_minor`, `from_held_minor`, `period_start` are those of the hold; `happened_period_start` is the
    period in which the bank paid.
    """
    paid_of_hold = min(captured_minor, held_minor)
    rows = [_transfer(TransferKind.CAPTURE, place, paid_of_hold, withdrawal_id=withdrawal_id)]
    if captured_minor < held_minor:
        rows.append(
            _given_back(
                TransferKind.REST_BACK,
                place,
                held_minor - captured_minor,
                from_held_minor,
                withdrawal_id,
                period_start,
            )
        )
    if captured_minor > held_minor:
        rows.append(
            stand_in(
                place,
                amount_minor=captured_minor - held_minor,
                period_start=happened_period_start,
                withdrawal_id=withdrawal_id,
            )
        )
    return tuple(rows)


def void(
    place: Place, *, held_minor: int, from_held_minor: int, withdrawal_id: str, period_start: datetime
) -> Transfer:
    """The hold ends unpaid: its exact inverse, in the period of the hold."""
    return _given_back(TransferKind.VOID, place, held_minor, from_held_minor, withdrawal_id, period_start)


class Paid(NamedTuple):
    """What a captured withdrawal still counts for, after what was already reversed of it."""

    of_hold_minor: int  # paid out of the hold
    from_held_minor: int  # the part of it that came out of frozen money
    period_start: datetime
    stand_in_minor: int = 0  # paid above the hold
    stand_in_period_start: datetime | None = None
    came_back_above_minor: int = 0  # reversed beyond all that was paid, and so an ordinary credit


def reverse(
    place: Place, *, amount_minor: int, paid: Paid, withdrawal_id: str, corrects: str | None = None
) -> tuple[Transfer, ...]:
    """Paid back after capture: the exact inverse of what is left, in the periods where it counted.

    What was paid out of the hold is given back first, so that the books are the same when the reversal is told
    before the capture. Above all that was paid a bank contradicts itself: the money is there, so the rest is an
    ordinary credit.
    """
    of_hold = min(amount_minor, paid.of_hold_minor)
    of_stand_in = min(amount_minor - of_hold, paid.stand_in_minor)
    rows = []
    if of_hold:
        rows.append(
            _given_back(
                TransferKind.REVERSE,
                place,
                of_hold,
                paid.from_held_minor,
                withdrawal_id,
                paid.period_start,
                corrects,
            )
        )
    if of_stand_in:
        rows.append(
            _transfer(
                TransferKind.REVERSE,
                place,
                of_stand_in,
                withdrawal_id=withdrawal_id,
                corrects=corrects,
                period_start=paid.stand_in_period_start,
                taken_minor=-of_stand_in,
                stand_in_minor=-of_stand_in,
            )
        )
    rest = amount_minor - of_hold - of_stand_in
    if rest:
        rows.append(credit(place, amount_minor=rest, withdrawal_id=withdrawal_id))
    return tuple(rows)


def capture_after_reverse(
    place: Place,
    *,
    captured_minor: int,
    assumed_minor: int,
    paid: Paid,
    withdrawal_id: str,
    happened_period_start: datetime,
) -> tuple[Transfer, ...]:
    """What was paid is told after a reversal, which was counted as if all that was held had been paid.

    The same books as in the other order: less was paid, so the difference goes back; more, so it is a stand-in
    unless it has come back already.
    """
    if captured_minor < assumed_minor:
        return reverse(place, amount_minor=assumed_minor - captured_minor, paid=paid, withdrawal_id=withdrawal_id)
    above = captured_minor - assumed_minor
    came_back = min(above, paid.came_back_above_minor)
    rows = []
    if came_back:
        rows.append(credit_reversed(place, amount_minor=came_back, withdrawal_id=withdrawal_id))
    if above > came_back:
        rows.append(
            stand_in(
                place,
                amount_minor=above - came_back,
                period_start=happened_period_start,
                withdrawal_id=withdrawal_id,
            )
        )
    return tuple(rows)


def stand_in(place: Place, *, amount_minor: int, period_start: datetime, withdrawal_id: str | None = None) -> Transfer:
    """The bank paid without asking us, maybe below nothing: counted in the period in which it happened."""
    return _transfer(
        TransferKind.STAND_IN,
        place,
        amount_minor,
        withdrawal_id=withdrawal_id,
        period_start=period_start,
        taken_minor=amount_minor,
        stand_in_minor=amount_minor,
    )


def sweep(place: Place, *, amount_minor: int, claim_id: str, sweep_id: str) -> Transfer:
    """Surplus is instructed to go to the court's case fund."""
    return _transfer(TransferKind.SWEEP, place, amount_minor, claim_id=claim_id, sweep_id=sweep_id)


def sweep_fact(
    kind: TransferKind,
    place: Place,
    *,
    amount_minor: int,
    claim_id: str,
    sweep_id: str,
    corrects: str | None = None,
) -> Transfer:
    """What became of a sweep: a kind that `rules.sweep.after_fact` names."""
    return _transfer(kind, place, amount_minor, claim_id=claim_id, sweep_id=sweep_id, corrects=corrects)


def _given_back(
    kind: TransferKind,
    place: Place,
    amount: int,
    from_held: int,
    withdrawal_id: str,
    period_start: datetime,
    corrects: str | None = None,
) -> Transfer:
    """Frozen money is given back first: what stays is what a withdrawal of the smaller amount had been."""
    return _transfer(
        kind,
        place,
        amount,
        withdrawal_id=withdrawal_id,
        corrects=corrects,
        period_start=period_start,
        taken_minor=-amount,
        from_held_minor=-min(amount, from_held),
    )


def _transfer(kind: TransferKind, place: Place, amount_minor: int, **details: object) -> Transfer:
    if amount_minor <= 0:
        raise ValueError(f"a transfer of {amount_minor}: amounts are above nothing")
    effect = EFFECTS[kind]
    return Transfer(
        kind=kind,
        account_id=place.account_id,
        pool_id=place.pool_id,
        currency=place.currency,
        debit=effect.debit,
        credit=effect.credit,
        amount_minor=amount_minor,
        **details,
    )
