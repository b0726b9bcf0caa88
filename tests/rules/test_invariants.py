"""The invariants of the one formula, docs/architecture.md, each by its name.

Those that speak of a single position or step stand here; I5 to I9 over long histories are in
`test_histories.py` as well.
"""

from datetime import UTC, datetime
from fractions import Fraction
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefreeze.rules import excess, freeze, ledger, position, sweep, withdrawal
from livefreeze.rules.book import AccountCounters, Book, NotAllowed, PeriodSums, apply
from livefreeze.rules.ledger import EFFECTS, Paid, Place, TransferKind
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from tests.rules import strategies

MARCH = datetime(2026, 3, 9, 16, tzinfo=UTC)
APRIL = datetime(2026, 4, 9, 16, tzinfo=UTC)
HERE = Place("a1", "p1", "CNY")


def withdrawn(facts: PoolFacts, account_id: str, amount: int) -> PoolFacts:
    accounts = tuple(
        account._replace(balance_minor=account.balance_minor - amount) if account.account_id == account_id else account
        for account in facts.accounts
    )
    return facts._replace(accounts=accounts, taken_minor=facts.taken_minor + amount)


def swept(facts: PoolFacts, planned: sweep.PlannedSweep) -> PoolFacts:
    moved = withdrawn(facts, planned.account_id, planned.amount_minor)
    claims = tuple(
        claim._replace(quota_left_minor=claim.quota_left_minor - planned.amount_minor)
        if claim.claim_id == planned.claim_id
        else claim
        for claim in facts.claims
    )
    return moved._replace(claims=claims, taken_minor=facts.taken_minor)


def spendable(facts: PoolFacts) -> int:
    return position.divide(facts).spendable_minor


@settings(max_examples=300)
@given(strategies.every_pool)
def test_i1_spendable_surplus_and_reserved_are_what_is_there(facts):
    divided = position.divide(facts)
    three = (divided.spendable_minor, divided.surplus_minor, divided.reserved_minor)
    parts = divided.parts
    assert sum(three) == divided.present_minor
    assert min(three) >= 0
    assert three == (
        sum(part.spendable_minor for part in parts),
        sum(part.surplus_minor for part in parts),
        sum(part.reserved_minor for part in parts),
    )
    assert all(
        part.spendable_minor + part.surplus_minor + part.reserved_minor == part.present_minor
        and min(part.spendable_minor, part.surplus_minor, part.reserved_minor, part.at_counter_minor) >= 0
        and part.at_counter_minor <= part.present_minor
        for part in parts
    )


@given(strategies.amounts, strategies.amounts, strategies.amounts, strategies.amounts)
def test_i1_holds_on_the_fast_path(balance, quota_left, allowance_left, reserve):
    divided = position.divide_one(balance, quota_left, allowance_left, reserve)
    three = (divided.spendable_minor, divided.surplus_minor, divided.reserved_minor)
    assert (sum(three), min(three) >= 0) == (balance, True)


@settings(max_examples=600)
@given(strategies.every_pool, st.data())
def test_i2_splitting_a_withdrawal_gains_nothing(facts, data):
    divided = position.divide(facts)
    account_id = data.draw(st.sampled_from([part.account_id for part in divided.parts]))
    amount = data.draw(st.integers(0, divided.at_counter(account_id).limit_minor))
    assert spendable(withdrawn(facts, account_id, amount)) == divided.spendable_minor - amount


def most_by_any_path(facts: PoolFacts) -> int:
    """The most that any sequence of withdrawals over all counters yields: every one is tried."""
    divided = position.divide(facts)
    return max(
        (
            amount + most_by_any_path(withdrawn(facts, part.account_id, amount))
            for part in divided.parts
            for amount in range(1, part.at_counter_minor + 1)
        ),
        default=0,
    )


@settings(max_examples=60)
@given(
    st.tuples(st.integers(-1, 3), st.integers(0, 3)),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, {"a1"}, {"a2"}])), max_size=2),
)
def test_i2_every_path_over_the_counters_ends_at_the_same_sum(balances, allowance, claims):
    facts = PoolFacts(
        "CNY",
        allowance,
        0,
        0,
        0,
        tuple(AccountFacts(f"a{index}", balance) for index, balance in enumerate(balances, 1)),
        tuple(
            ClaimFacts(f"k{index}", index, quota, None if cover is None else frozenset(cover))
            for index, (quota, cover) in enumerate(claims)
        ),
    )
    assert most_by_any_path(facts) == spendable(facts)


@settings(max_examples=600)
@given(strategies.every_pool, st.data())
def test_i3_a_sweep_never_lowers_what_is_spendable(facts, data):
    planned = sweep.plan(facts, minimum_minor=0).sweeps
    order = data.draw(st.permutations(planned)) if planned else ()
    done = data.draw(st.integers(0, len(order)))
    assert spendable(reduce(swept, order[:done], facts)) >= spendable(facts)


@given(strategies.every_pool)
def test_i4_the_living_money_that_is_there_is_spendable(facts):
    divided = position.divide(facts)
    living = min(divided.allowance_left_minor, divided.present_minor)
    assert divided.spendable_minor >= living - divided.deep_minor


@given(strategies.pools())
def test_i4_no_ordinary_claim_reaches_into_it(facts):
    divided = position.divide(facts)
    assert divided.spendable_minor >= min(divided.allowance_left_minor, divided.present_minor)


sums = st.builds(excess.PeriodFacts, strategies.small, strategies.small, strategies.small, strategies.small).map(
    lambda facts: facts._replace(ceiling_minor=max(facts.ceiling_minor, facts.allowance_minor, facts.from_held_minor))
)


@given(st.lists(sums, max_size=6), st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)]))
def test_i5_excess_is_all_that_was_paid_above_the_ceiling(periods, share):
    results = excess.chain(periods, share)
    assert all(
        facts.from_held_minor + facts.stand_in_minor - result.excess_minor <= facts.ceiling_minor
        for facts, result in zip(periods, results, strict=True)
    )


@given(st.lists(st.integers(1, 12), max_size=8), strategies.pools())
def test_i5_approvals_out_of_frozen_money_stay_below_the_ceiling(amounts, facts):
    facts = facts._replace(taken_minor=0)
    from_held = 0
    for amount in amounts:
        for account in facts.accounts:
            counter = position.divide(facts).at_counter(account.account_id)
            decision = withdrawal.decide(amount, counter, channel="counter", channels=("counter",))
            facts = withdrawn(facts, account.account_id, decision.approved_minor)
            from_held += decision.from_held_minor
    assert from_held <= facts.allowance_minor


def test_i5_the_book_refuses_an_approval_above_the_ceiling():
    book = Book(periods={("p1", MARCH): PeriodSums(ceiling_minor=100)})
    above = ledger.hold(HERE, amount_minor=101, from_held_minor=101, withdrawal_id="w1", period_start=MARCH)
    with pytest.raises(NotAllowed):
        apply(book, above)


steps = st.lists(
    st.tuples(st.sampled_from(["sweep", "settled", "failed", "late", "returned", "amend"]), strategies.small),
    max_size=15,
)


def collected(claim: freeze.ClaimCounters, step: tuple[str, int]) -> freeze.ClaimCounters:
    """A step as far as the claim allows it: what is not on the way cannot settle."""
    what, amount = step
    on_the_way, settled = min(amount, claim.in_transit_minor), min(amount, claim.settled_minor)
    if what == "sweep":
        return freeze.after_instruction(claim, min(amount, claim.quota_left_minor))
    if what == "amend":
        return freeze.amend(claim, max(amount, claim.settled_minor))
    settled_by, in_transit_by = {
        "settled": (on_the_way, -on_the_way),
        "failed": (0, -on_the_way),
        "late": (amount, 0),
        "returned": (-settled, 0),
    }[what]
    return freeze.after_fact(claim, settled_minor=settled_by, in_transit_minor=in_transit_by)


@settings(max_examples=400)
@given(strategies.small, steps)
def test_i6_no_more_is_collected_than_quota_and_over_collection(target, steps):
    claim = reduce(collected, steps, freeze.new_claim(target))
    assert claim.settled_minor + claim.in_transit_minor <= claim.quota_minor + claim.over_collected_minor
    assert claim.over_collected_minor == max(0, claim.settled_minor - claim.target_minor)
    assert min(claim) >= 0


@given(strategies.small, steps, st.integers(1, 12))
def test_i6_an_instruction_above_the_quota_is_refused(target, steps, amount):
    claim = reduce(collected, steps, freeze.new_claim(target))
    with pytest.raises(ValueError, match="above the quota"):
        freeze.after_instruction(claim, claim.quota_left_minor + amount)


@st.composite
def facts_of_a_bank(draw):
    """Reports about two holds, a sweep and whatever else moves an account: any of them, in any number."""
    first = {"withdrawal_id": "w1", "period_start": MARCH}
    second = {"withdrawal_id": "w2", "period_start": APRIL}
    amount = draw(st.integers(1, 12))
    captured = draw(st.integers(1, 12))
    held = {"held_minor": 8, "from_held_minor": draw(st.integers(0, 8))}
    choices = (
        (ledger.credit(HERE, amount_minor=amount),),
        (ledger.credit_reversed(HERE, amount_minor=amount),),
        (ledger.debit(HERE, amount_minor=amount),),
        (ledger.stand_in(HERE, amount_minor=amount, period_start=draw(st.sampled_from((MARCH, APRIL)))),),
        (ledger.void(HERE, **held, **first),),
        ledger.capture(HERE, captured_minor=captured, **held, **second, happened_period_start=APRIL),
        ledger.reverse(
            HERE,
            amount_minor=amount,
            paid=Paid(8, 3, MARCH, 2, APRIL),
            withdrawal_id="w3",
        ),
        tuple(
            ledger.sweep_fact(kind, HERE, amount_minor=9, claim_id="k1", sweep_id="s1")
            for kind in sweep.after_fact(
                sweep.SweepStatus.INSTRUCTED,
                draw(st.sampled_from(("settled", "failed", "returned"))),
            ).kinds
        ),
    )
    return draw(st.lists(st.sampled_from(choices), unique_by=id, max_size=8))


BEFORE = Book(
    accounts={"a1": AccountCounters(50, 16, 9)},
    periods={("p1", MARCH): PeriodSums(20, 9, 8, 1), ("p1", APRIL): PeriodSums(20, 16, 12, 4)},
    claims={"k1": freeze.ClaimCounters(20, 20, 4, 9)},
)


@given(st.integers(1, 12), st.integers(0, 12), facts_of_a_bank())
def test_i7_authorised_then_voided_is_as_if_never_done(amount, from_held, between):
    withdrawal_of = {"from_held_minor": min(amount, from_held), "withdrawal_id": "w", "period_start": MARCH}
    rows = [row for fact in between for row in fact]
    hold = ledger.hold(HERE, amount_minor=amount, **withdrawal_of)
    void = ledger.void(HERE, held_minor=amount, **withdrawal_of)
    assert reduce(apply, [hold, *rows, void], BEFORE) == reduce(apply, rows, BEFORE)


@given(st.integers(1, 7), facts_of_a_bank(), st.sampled_from((("failed",), ("settled", "returned"))))
def test_i7_swept_then_failed_is_as_if_never_done(amount, between, reports):
    rows = [row for fact in between for row in fact]
    of_sweep = {"amount_minor": amount, "claim_id": "k1", "sweep_id": "s"}
    status, ends = sweep.SweepStatus.INSTRUCTED, []
    for report in reports:
        status, kinds, _ = sweep.after_fact(status, sweep.SweepStatus(report))
        ends += [ledger.sweep_fact(kind, HERE, **of_sweep) for kind in kinds]
    assert reduce(apply, [ledger.sweep(HERE, **of_sweep), *rows, *ends], BEFORE) == reduce(apply, rows, BEFORE)


@settings(max_examples=300)
@given(facts_of_a_bank(), st.randoms(use_true_random=False))
def test_i8_facts_commute(facts, random):
    rows = [row for fact in facts for row in fact]
    shuffled = random.sample(rows, len(rows))
    assert reduce(apply, shuffled, BEFORE) == reduce(apply, rows, BEFORE)


@given(st.permutations(["settled", "failed", "returned", "settled", "failed"]), st.integers(0, 5))
def test_i8_reports_about_a_transfer_commute(reports, count):
    def told(order):
        status, book = sweep.SweepStatus.INSTRUCTED, BEFORE
        for report in order:
            status, kinds, _ = sweep.after_fact(status, sweep.SweepStatus(report))
            for kind in kinds:
                row = ledger.sweep_fact(kind, HERE, amount_minor=9, claim_id="k1", sweep_id="s1")
                book = apply(book, row)
        return status, book

    assert told(reports[:count]) == told(sorted(reports[:count]))


def paid_of(rows: list[ledger.Transfer]) -> Paid:
    """What a withdrawal still counts for, from the rows written for it."""

    def total(kind):
        return sum(row.amount_minor for row in rows if row.kind == kind)

    back = sum(row.amount_minor for row in rows if row.kind == "reverse" and not row.stand_in_minor)
    return Paid(
        of_hold_minor=total("capture") - back,
        from_held_minor=sum(row.from_held_minor for row in rows),
        period_start=MARCH,
        stand_in_minor=sum(row.stand_in_minor for row in rows),
        stand_in_period_start=APRIL,
        came_back_above_minor=total("credit") - total("credit_reversed"),
    )


def ended(hold: ledger.Transfer, reports: list[tuple[str, int]]) -> Book:
    """The book when the bank has told these ends of a withdrawal, as the flow writes them."""
    rows, has_ended = [hold], False
    of_hold = {
        "held_minor": hold.amount_minor,
        "from_held_minor": hold.from_held_minor,
        "withdrawal_id": "w1",
        "period_start": MARCH,
        "happened_period_start": APRIL,
    }
    for what, amount in reports:
        if what == "captured" and has_ended:
            rows += ledger.capture_after_reverse(
                HERE,
                captured_minor=amount,
                assumed_minor=hold.amount_minor,
                paid=paid_of(rows),
                withdrawal_id="w1",
                happened_period_start=APRIL,
            )
        elif what == "captured":
            rows += ledger.capture(HERE, captured_minor=amount, **of_hold)
        else:
            if not has_ended:  # until the capture is told, all that was held counts as paid
                rows += ledger.capture(HERE, captured_minor=hold.amount_minor, **of_hold)
            rows += ledger.reverse(HERE, amount_minor=amount, paid=paid_of(rows), withdrawal_id="w1")
        has_ended = True
    return reduce(apply, rows, BEFORE)


@settings(max_examples=300)
@given(
    st.integers(1, 8),
    st.integers(0, 8),
    st.integers(1, 12),
    st.lists(st.integers(1, 12), min_size=1, max_size=3),
    st.data(),
)
def test_i8_a_reversal_may_be_told_before_its_capture(held, from_held, captured, reversals, data):
    hold = ledger.hold(
        HERE,
        amount_minor=held,
        from_held_minor=min(held, from_held),
        withdrawal_id="w1",
        period_start=MARCH,
    )
    told = [("captured", captured), *(("reversed", amount) for amount in reversals)]
    assert ended(hold, data.draw(st.permutations(told))) == ended(hold, told)


MOVES_THE_BANKS_BALANCE = {
    TransferKind.OPENING: 1,
    TransferKind.OPENING_SHORTFALL: -1,
    TransferKind.CREDIT: 1,
    TransferKind.CREDIT_REVERSED: -1,
    TransferKind.DEBIT: -1,
    TransferKind.CAPTURE: -1,
    TransferKind.REVERSE: 1,
    TransferKind.STAND_IN: -1,
    TransferKind.SWEEP_SETTLED: -1,
    TransferKind.SWEEP_RETURNED: 1,
    TransferKind.SWEEP_SETTLED_LATE: -1,
}


@pytest.mark.parametrize("kind", TransferKind, ids=str)
def test_i9_the_banks_closing_balance_is_account_hold_and_transit(kind):
    effect = EFFECTS[kind]
    row = ledger.Transfer(
        kind=kind,
        account_id="a1",
        pool_id="p1",
        debit=effect.debit,
        credit=effect.credit,
        amount_minor=7,
        currency="CNY",
    )
    moved = sum(apply(BEFORE, row).accounts["a1"]) - sum(BEFORE.accounts["a1"])
    assert moved == 7 * MOVES_THE_BANKS_BALANCE.get(kind, 0)
