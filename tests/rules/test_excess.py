"""What was paid above the allowance without asking, and how later periods pay it back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.rules import excess
from livefreeze.rules.excess import PeriodFacts
from tests.rules import strategies

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("from_held", "stand_in", "ceiling", "carried", "expected"),
    [
        pytest.param(1_000, 1_500, 2_500, 0, (0, 0, 0), id="just up to the allowance"),
        pytest.param(1_000, 1_600, 2_500, 0, (0, 100, 100), id="above it"),
        pytest.param(0, 4_000, 2_500, 0, (0, 1_500, 1_500), id="all of it unasked"),
        pytest.param(2_500, 300, 2_500, 0, (0, 300, 300), id="after the allowance was taken"),
        pytest.param(0, 2_900, 3_000, 0, (0, 0, 0), id="up to the highest allowance of the period"),
        pytest.param(0, 0, 2_500, 700, (700, 0, 0), id="earlier excess is paid back at once"),
        pytest.param(0, 0, 2_500, 3_000, (1_250, 0, 1_750), id="but never more than half an allowance"),
        pytest.param(1_250, 200, 2_500, 3_000, (1_250, 200, 1_950), id="new excess on top of old"),
    ],
)
def test_of_period(from_held, stand_in, ceiling, carried, expected):
    facts = PeriodFacts(2_500, ceiling, from_held, stand_in)
    assert excess.of_period(facts, carried_minor=carried, share=HALF) == expected


def test_half_of_an_odd_allowance_is_rounded_down():
    facts = PeriodFacts(2_501, 2_501, 0, 0)
    assert excess.of_period(facts, carried_minor=9_999, share=HALF).excess_in_minor == 1_250


def test_a_chain_of_periods():
    quiet = PeriodFacts(2_500, 2_500, 0, 0)
    chain = excess.chain([quiet._replace(stand_in_minor=5_500), quiet, quiet, quiet], HALF)
    assert chain == ((0, 3_000, 3_000), (1_250, 0, 1_750), (1_250, 0, 500), (500, 0, 0))


def test_a_chain_may_begin_with_what_is_carried():
    quiet = PeriodFacts(2_500, 2_500, 0, 0)
    assert excess.chain([quiet], HALF, carried_minor=2_000) == ((1_250, 0, 750),)


facts = st.builds(PeriodFacts, strategies.small, strategies.small, strategies.small, strategies.small)


@given(st.lists(facts, max_size=6), st.fractions(0, 1, max_denominator=10))
def test_nothing_of_it_is_lost(periods, share):
    chain = excess.chain(periods, share)
    paid_back = sum(result.excess_in_minor for result in chain)
    carried = chain[-1].carried_minor if chain else 0
    assert sum(result.excess_minor for result in chain) == paid_back + carried
