"""The running balance of an answered history, line by line: which lines do not add up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.rules import history
from livefreeze.rules.history import BALANCE_BREAK, SEQUENCE_GAP, SEQUENCE_REPEATED, Line

DAY = date(2026, 3, 9)


def flags(*rows):
    """Of lines by sequence, amount and balance after, in minor units; by place, those that have any."""
    lines = [Line(sequence, DAY, amount, balance) for sequence, amount, balance in rows]
    found = history.flags(lines, first_day=DAY, last_day=DAY)
    return {place: odd for place, odd in enumerate(found) if odd}


@pytest.mark.parametrize(("rows", "found"), [
    pytest.param([], {}, id="nothing"),
    pytest.param([(1, 5, 999), (2, 1, 1000)], {}, id="the first balance is believed"),
    pytest.param([(1, 5, 105), (2, 5, 111), (3, 5, 115)], {1: (BALANCE_BREAK,)}, id="one wrong balance is one flag"),
    pytest.param([(1, 5, 105), (2, 5, 111), (3, 5, 116)], {1: (BALANCE_BREAK,)}, id="a jump that stays is one flag"),
    pytest.param([(1, 5, 105), (2, 5, 111), (3, 5, 120)], {1: (BALANCE_BREAK,), 2: (BALANCE_BREAK,)},
                 id="two in a row"),
    pytest.param([(1, 5, 105), (2, 7, None), (3, 1, 113)], {}, id="a line without a balance"),
    pytest.param([(1, 5, 105), (2, 7, None), (3, 1, 114)], {2: (BALANCE_BREAK,)}, id="it hides no break"),
    pytest.param([(1, 5, 105), (3, 5, 999)], {1: (SEQUENCE_GAP,)}, id="a number is missing"),
    pytest.param([(1, 5, 105), (1, 5, 999), (2, 1, 1000)], {1: (SEQUENCE_REPEATED,)}, id="a number twice"),
])
def test_lines_that_do_not_add_up_are_flagged(rows, found):
    assert flags(*rows) == found


@given(st.lists(st.integers(-500, 500), min_size=2, max_size=30), st.data())
def test_a_balance_altered_anywhere_but_at_first_is_flagged_there_and_nowhere_else(amounts, data):
    rows = [(place + 1, amount, sum(amounts[: place + 1])) for place, amount in enumerate(amounts)]
    assert flags(*rows) == {}
    altered = data.draw(st.integers(1, len(rows) - 1))
    rows[altered] = (rows[altered][0], rows[altered][1], rows[altered][2] + 1)
    assert flags(*rows) == {altered: (BALANCE_BREAK,)}
