"""The triggers move the counters of account, pool and claim exactly as rules.book, the pure model, says."""

import random

import pytest
from sqlalchemy import select

from livefreeze.rules import book as model
from livefreeze.rules import freeze, ledger
from livefreeze.rules.book import AccountCounters, Book, NotAllowed, PeriodSums
from livefreeze.rules.ledger import EFFECTS, Place, TransferKind
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from livefreeze.store.audit import Head
from livefreeze.store.errors import Refused
from livefreeze.store.record import Record
from tests.store import seeds
from tests.store.seeds import AT, NEXT_PERIOD, PERIOD

PLACE = Place("acc_1", "pol_1", "CNY")
ALLOWANCE_MINOR = 2_500_00
ROWS_MAX = 120


@pytest.fixture
def engine(database_url):
    engine = store_engine.connect(database_url)
    with store_engine.writing(engine) as connection:
        seeds.ledger(connection, quota_minor=600_00)
    yield engine
    engine.dispose()


def first_book() -> Book:
    sums = PeriodSums(ceiling_minor=ALLOWANCE_MINOR)
    return Book(accounts={"acc_1": AccountCounters()}, claims={"clm_1": freeze.new_claim(600_00)},
                periods={("pol_1", PERIOD): sums, ("pol_1", NEXT_PERIOD): sums})


def random_history(chance: random.Random):
    """Rows of every kind, in any order a bank might bring about; holds and sweeps end at most once."""
    holds, sweeps = {}, {}
    for number in range(ROWS_MAX):
        period = PERIOD if number < ROWS_MAX // 2 else chance.choice([PERIOD, NEXT_PERIOD])
        amount = chance.randint(1, 300_00)
        choice = chance.choice(["credit", "credit", "back", "debit", "hold", "end", "stand_in", "sweep", "fact"])
        if choice == "credit":
            yield ledger.credit(PLACE, amount_minor=amount)
        elif choice == "back":
            yield ledger.credit_reversed(PLACE, amount_minor=amount // 4 + 1)
        elif choice == "debit":
            yield ledger.debit(PLACE, amount_minor=amount // 4 + 1)
        elif choice == "stand_in":
            yield ledger.stand_in(PLACE, amount_minor=amount // 4 + 1, period_start=period)
        elif choice == "hold":
            holds[f"wdl_{number}"] = (amount, chance.randint(0, amount), period)
            held, from_held, period = holds[f"wdl_{number}"]
            yield ledger.hold(PLACE, amount_minor=held, from_held_minor=from_held, withdrawal_id=f"wdl_{number}",
                              period_start=period)
        elif choice == "end" and holds:
            name, (held, from_held, period) = holds.popitem()
            if chance.random() < 0.5:
                yield ledger.void(PLACE, held_minor=held, from_held_minor=from_held, withdrawal_id=name,
                                  period_start=period)
            else:
                yield from ledger.capture(PLACE, captured_minor=chance.randint(1, held + 100), held_minor=held,
                                          from_held_minor=from_held, withdrawal_id=name, period_start=period,
                                          happened_period_start=period)
        elif choice == "sweep":
            sweeps[f"swp_{number}"] = amount
            yield ledger.sweep(PLACE, amount_minor=amount, claim_id="clm_1", sweep_id=f"swp_{number}")
        elif choice == "fact" and sweeps:
            name, amount = sweeps.popitem()
            kinds = chance.choice([
                [TransferKind.SWEEP_SETTLED], [TransferKind.SWEEP_FAILED],
                [TransferKind.SWEEP_SETTLED, TransferKind.SWEEP_RETURNED],
                [TransferKind.SWEEP_FAILED, TransferKind.SWEEP_SETTLED_LATE],
            ])
            for kind in kinds:
                yield ledger.sweep_fact(kind, PLACE, amount_minor=amount, claim_id="clm_1", sweep_id=name)


def write(engine, row) -> bool:
    """Append one row; False where the database refuses it."""
    try:
        with store_engine.writing(engine) as connection:
            record = Record(connection, AT, [Head("account:acc_1", 0, bytes(32))])
            record.transfer(row, happened_at=AT)
            record.flush()
    except Refused:
        return False
    return True


def as_model(row, book: Book, refused: set) -> tuple[Book, bool]:
    """The model's answer; what was never begun cannot end, so its later rows are refused like the first."""
    if (row.withdrawal_id or row.sweep_id) in refused:
        return book, False
    try:
        after = model.apply(book, row)
    except NotAllowed:
        return book, False
    # The model leaves these to the decision; the database guards them too.
    if not EFFECTS[row.kind].is_fact and after.accounts["acc_1"].balance_minor < 0:
        return book, False
    free = max(0, book.accounts["acc_1"].balance_minor - book.claims["clm_1"].quota_left_minor)
    if row.kind == TransferKind.HOLD and row.amount_minor - row.from_held_minor > free:
        return book, False
    return after, True


@pytest.mark.parametrize("seed", range(6))
def test_counters_move_as_the_model_says(engine, seed):
    chance = random.Random(seed)
    book, refused = first_book(), set()
    for number, row in enumerate(random_history(chance)):
        if number == ROWS_MAX // 3:
            with store_engine.writing(engine) as connection:
                seeds.next_period(connection)
        if row.period_start == NEXT_PERIOD and number <= ROWS_MAX // 3:
            continue
        if (row.withdrawal_id or row.sweep_id) in refused:
            continue
        book, is_allowed = as_model(row, book, refused)
        assert write(engine, row) == is_allowed, row
        if not is_allowed:
            refused.add(row.withdrawal_id or row.sweep_id)
    assert counters(engine) == (book.accounts["acc_1"], book.claims["clm_1"], book.periods[("pol_1", PERIOD)],
                                book.periods[("pol_1", NEXT_PERIOD)])


def counters(engine):
    with store_engine.reading(engine) as connection:
        account = connection.execute(select(t.account)).one()
        claim = connection.execute(select(t.claim)).one()
        closed = connection.execute(select(t.allowance_period)).one()
        pool = connection.execute(select(t.pool)).one()
        assert pool.quota_left_minor == max(0, claim.quota_minor - claim.settled_minor - claim.in_transit_minor)
    return (
        AccountCounters(account.balance_minor, account.held_minor, account.in_transit_minor),
        freeze.ClaimCounters(claim.target_minor, claim.quota_minor, claim.settled_minor, claim.in_transit_minor,
                             claim.over_collected_minor),
        *(PeriodSums(row.ceiling_minor, row.taken_minor, row.from_held_minor, row.stand_in_minor)
          for row in (closed, pool)),
    )
