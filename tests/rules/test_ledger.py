"""Each event of the event table as the rows it writes and the counters they move."""

from datetime import UTC, datetime
from functools import reduce

import pytest

from livefreeze.rules import freeze, ledger
from livefreeze.rules.book import AccountCounters, Book, NotAllowed, PeriodSums, apply
from livefreeze.rules.ledger import EFFECTS, Bucket, Paid, Place, TransferKind

MARCH = datetime(2026, 3, 9, 16, tzinfo=UTC)
APRIL = datetime(2026, 4, 9, 16, tzinfo=UTC)
HERE = Place("acc_1", "pol_1", "CNY")
HELD = {"held_minor": 80, "from_held_minor": 50, "withdrawal_id": "wdl_1", "period_start": MARCH}
SWEPT = {"amount_minor": 30, "claim_id": "clm_1", "sweep_id": "swp_1"}

BEFORE = Book(
    accounts={"acc_1": AccountCounters(100, 80, 30)},
    periods={("pol_1", MARCH): PeriodSums(200, 100, 60, 10), ("pol_1", APRIL): PeriodSums(200)},
    claims={"clm_1": freeze.ClaimCounters(90, 90, 40, 30)},
)


def captured(amount):
    return ledger.capture(HERE, captured_minor=amount, happened_period_start=APRIL, **HELD)


def reversed_(amount, paid):
    return ledger.reverse(HERE, amount_minor=amount, paid=paid, withdrawal_id="wdl_1")


PAID = Paid(of_hold_minor=80, from_held_minor=50, period_start=MARCH)
PAID_MORE = PAID._replace(stand_in_minor=5, stand_in_period_start=APRIL)


@pytest.mark.parametrize(
    ("rows", "account", "march", "april"),
    [
        pytest.param(ledger.opening(HERE, balance_minor=7), (107, 80, 30), (100, 60, 10), (0, 0, 0), id="opening"),
        pytest.param(
            ledger.opening(HERE, balance_minor=-7), (93, 80, 30), (100, 60, 10), (0, 0, 0), id="opening below"
        ),
        pytest.param(ledger.opening(HERE, balance_minor=0), (100, 80, 30), (100, 60, 10), (0, 0, 0), id="empty"),
        pytest.param((ledger.credit(HERE, amount_minor=7),), (107, 80, 30), (100, 60, 10), (0, 0, 0), id="credit"),
        pytest.param(
            (ledger.credit_reversed(HERE, amount_minor=700),),
            (-600, 80, 30),
            (100, 60, 10),
            (0, 0, 0),
            id="a recalled credit leaves a shortfall",
        ),
        pytest.param((ledger.debit(HERE, amount_minor=7),), (93, 80, 30), (100, 60, 10), (0, 0, 0), id="debit"),
        pytest.param(
            (ledger.hold(HERE, amount_minor=20, from_held_minor=15, withdrawal_id="wdl_2", period_start=APRIL),),
            (80, 100, 30),
            (100, 60, 10),
            (20, 15, 0),
            id="authorise",
        ),
        pytest.param((ledger.void(HERE, **HELD),), (180, 0, 30), (20, 10, 10), (0, 0, 0), id="void"),
        pytest.param(captured(80), (100, 0, 30), (100, 60, 10), (0, 0, 0), id="capture all"),
        pytest.param(captured(60), (120, 0, 30), (80, 40, 10), (0, 0, 0), id="capture less: held money back first"),
        pytest.param(captured(20), (160, 0, 30), (40, 10, 10), (0, 0, 0), id="capture much less"),
        pytest.param(captured(85), (95, 0, 30), (100, 60, 10), (5, 0, 5), id="capture more: the rest unasked"),
        pytest.param(reversed_(80, PAID), (180, 80, 30), (20, 10, 10), (0, 0, 0), id="reverse all"),
        pytest.param(reversed_(20, PAID), (120, 80, 30), (80, 40, 10), (0, 0, 0), id="reverse a part"),
        pytest.param(
            reversed_(85, PAID_MORE), (185, 80, 30), (20, 10, 10), (-5, 0, -5), id="reverse what was paid above"
        ),
        pytest.param(
            reversed_(3, PAID_MORE), (103, 80, 30), (97, 57, 10), (0, 0, 0), id="what was held comes back first"
        ),
        pytest.param(reversed_(90, PAID), (190, 80, 30), (20, 10, 10), (0, 0, 0), id="reverse more than was ever paid"),
        pytest.param(
            (ledger.stand_in(HERE, amount_minor=500, period_start=MARCH),),
            (-400, 80, 30),
            (600, 60, 510),
            (0, 0, 0),
            id="stand-in",
        ),
    ],
)
def test_what_happens_to_account_and_period(rows, account, march, april):
    after = reduce(apply, rows, BEFORE)
    periods = [after.periods["pol_1", start][1:] for start in (MARCH, APRIL)]
    assert (after.accounts["acc_1"], *periods, after.claims) == (account, march, april, BEFORE.claims)


def fact(kind):
    return ledger.sweep_fact(kind, HERE, **SWEPT)


@pytest.mark.parametrize(
    ("row", "account", "settled", "in_transit", "over_collected"),
    [
        pytest.param(ledger.sweep(HERE, **SWEPT | {"amount_minor": 20}), (80, 80, 50), 40, 50, 0, id="sweep"),
        pytest.param(fact(TransferKind.SWEEP_SETTLED), (100, 80, 0), 70, 0, 0, id="settled"),
        pytest.param(fact(TransferKind.SWEEP_FAILED), (130, 80, 0), 40, 0, 0, id="failed"),
        pytest.param(fact(TransferKind.SWEEP_RETURNED), (130, 80, 30), 10, 30, 0, id="returned"),
        pytest.param(
            ledger.sweep_fact(TransferKind.SWEEP_SETTLED_LATE, HERE, **SWEPT | {"amount_minor": 60}),
            (40, 80, 30),
            100,
            30,
            10,
            id="settled after failed, above the target",
        ),
    ],
)
def test_what_happens_to_the_claim(row, account, settled, in_transit, over_collected):
    after = apply(BEFORE, row)
    claim = after.claims["clm_1"]
    assert (
        after.accounts["acc_1"],
        claim.settled_minor,
        claim.in_transit_minor,
        claim.over_collected_minor,
        after.periods,
    ) == (account, settled, in_transit, over_collected, BEFORE.periods)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            ledger.hold(HERE, amount_minor=141, from_held_minor=141, withdrawal_id="wdl_2", period_start=MARCH),
            id="a withdrawal out of frozen money above the ceiling",
        ),
        pytest.param(ledger.sweep(HERE, **SWEPT | {"amount_minor": 21}), id="a sweep above the quota"),
    ],
)
def test_the_book_refuses(row):
    with pytest.raises(NotAllowed):
        apply(BEFORE, row)


def test_the_book_takes_a_withdrawal_just_up_to_the_ceiling():
    hold = ledger.hold(HERE, amount_minor=500, from_held_minor=140, withdrawal_id="wdl_2", period_start=MARCH)
    assert apply(BEFORE, hold).periods["pol_1", MARCH].from_held_minor == 200


def test_the_given_book_stays_as_it_was():
    book = Book(accounts={"acc_1": AccountCounters(5)})
    apply(book, ledger.credit(HERE, amount_minor=7))
    assert book == Book(accounts={"acc_1": AccountCounters(5)})


@pytest.mark.parametrize("kind", TransferKind, ids=str)
def test_every_kind_has_its_effect(kind):
    effect = EFFECTS[kind]
    assert effect.debit is not effect.credit
    assert {effect.debit, effect.credit} <= set(Bucket)


@pytest.mark.parametrize("amount", [0, -5])
def test_a_transfer_moves_something(amount):
    with pytest.raises(ValueError, match="above nothing"):
        ledger.credit(HERE, amount_minor=amount)


def row_signs(row):
    return tuple((amount > 0) - (amount < 0) for amount in (row.taken_minor, row.from_held_minor, row.stand_in_minor))


@pytest.mark.parametrize(
    "row",
    [
        ledger.hold(HERE, amount_minor=2, from_held_minor=1, withdrawal_id="wdl_2", period_start=MARCH),
        ledger.void(HERE, **HELD),
        captured(80)[0],
        captured(60)[1],
        reversed_(80, PAID)[0],
        ledger.stand_in(HERE, amount_minor=5, period_start=MARCH),
        ledger.credit(HERE, amount_minor=5),
        ledger.sweep(HERE, **SWEPT),
    ],
    ids=lambda row: row.kind,
)
def test_rows_count_as_the_table_of_effects_says(row):
    effect = EFFECTS[row.kind]
    signs = (effect.taken_sign, effect.from_held_sign, effect.stand_in_sign)
    assert all(found in (0, sign) for found, sign in zip(row_signs(row), signs, strict=True))


@pytest.mark.parametrize(
    ("kind", "signs"),
    [
        ("hold", (1, 1, 0)),
        ("rest_back", (-1, -1, 0)),
        ("void", (-1, -1, 0)),
        ("reverse", (-1, -1, -1)),
        ("stand_in", (1, 0, 1)),
    ],
)
def test_what_counts_on_the_period(kind, signs):
    effect = EFFECTS[TransferKind(kind)]
    assert (effect.taken_sign, effect.from_held_sign, effect.stand_in_sign) == signs


def test_nothing_else_counts_on_it():
    counting = {kind for kind, effect in EFFECTS.items() if effect[2:5] != (0, 0, 0)}
    assert counting == {"hold", "rest_back", "void", "reverse", "stand_in"}


def test_a_row_names_what_it_corrects():
    recall = ledger.credit_reversed(HERE, amount_minor=5, corrects="trf_9")
    back = ledger.reverse(HERE, amount_minor=5, paid=PAID, withdrawal_id="wdl_1", corrects="trf_8")
    assert (recall.corrects, back[0].corrects) == ("trf_9", "trf_8")


def test_what_comes_back_above_all_that_was_paid_is_a_credit():
    rows = reversed_(90, PAID)
    assert [(row.kind, row.amount_minor) for row in rows] == [("reverse", 80), ("credit", 10)]


@pytest.mark.parametrize(
    ("captured_minor", "paid", "rows"),
    [
        pytest.param(80, PAID, [], id="as was assumed"),
        pytest.param(60, PAID, [("reverse", 20)], id="less"),
        pytest.param(85, PAID, [("stand_in", 5)], id="more"),
        pytest.param(
            85,
            PAID._replace(came_back_above_minor=3),
            [("credit_reversed", 3), ("stand_in", 2)],
            id="more, of which some has come back",
        ),
    ],
)
def test_a_capture_told_after_its_reversal(captured_minor, paid, rows):
    written = ledger.capture_after_reverse(
        HERE,
        captured_minor=captured_minor,
        assumed_minor=80,
        paid=paid,
        withdrawal_id="wdl_1",
        happened_period_start=APRIL,
    )
    assert [(row.kind, row.amount_minor) for row in written] == rows
