"""The running balance, line by line: which lines do not add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.analysis.history import Line
from livefreeze.analysis.running_balance import SENTENCES, Fault, Flag, flags
from tests.analysis.lines import FIRST


def lines(*rows):
    """Amount, balance after, sequence, in minor units."""
    return [Line(FIRST, amount, "", None, "", None, balance, number) for amount, balance, number in rows]


@pytest.mark.parametrize(("rows", "opening", "found"), [
    pytest.param([], None, [], id="nothing"),
    pytest.param([(5, 105, 1), (-10, 95, 2)], 100, [], id="adds up"),
    pytest.param([(5, 999, 1), (1, 1000, 2)], None, [], id="the first balance is believed without an opening one"),
    pytest.param([(5, 106, 1)], 100, [Flag(0, 1, Fault.BALANCE_DIFFERS, 105, 106)], id="wrong from the opening on"),
    pytest.param([(5, 105, 1), (5, 111, 2), (5, 115, 3)], 100, [Flag(1, 2, Fault.BALANCE_DIFFERS, 110, 111)],
                 id="one wrong balance is one flag"),
    pytest.param([(5, 105, 1), (5, 111, 2), (5, 116, 3)], 100, [Flag(1, 2, Fault.BALANCE_DIFFERS, 110, 111)],
                 id="a jump that stays is one flag"),
    pytest.param([(5, 105, 1), (5, 111, 2), (5, 120, 3)], 100,
                 [Flag(1, 2, Fault.BALANCE_DIFFERS, 110, 111), Flag(2, 3, Fault.BALANCE_DIFFERS, 116, 120)],
                 id="two wrong in a row"),
    pytest.param([(5, 105, 1), (7, None, 2), (1, 113, 3)], 100, [], id="a line without a balance"),
    pytest.param([(5, 105, 1), (5, 110, 3)], 100, [Flag(1, 3, Fault.LINES_MISSING)], id="a number is missing"),
    pytest.param([(5, 105, 1), (5, 110, 1)], 100, [Flag(1, 1, Fault.OUT_OF_SEQUENCE)], id="a number twice"),
    pytest.param([(5, 105, None), (5, 110, None)], 100, [], id="no numbers"),
])
def test_lines_that_do_not_add_up_are_flagged(rows, opening, found):
    assert list(flags(lines(*rows), opening_minor=opening)) == found


@given(st.lists(st.integers(-500, 500), min_size=2, max_size=30), st.data())
def test_a_balance_altered_anywhere_is_flagged_there_and_nowhere_else(amounts, data):
    rows = [(amount, sum(amounts[: index + 1]), index + 1) for index, amount in enumerate(amounts)]
    assert list(flags(lines(*rows), opening_minor=0)) == []
    altered = data.draw(st.integers(0, len(rows) - 1))
    rows[altered] = (rows[altered][0], rows[altered][1] + 1, rows[altered][2])
    assert [flag.index for flag in flags(lines(*rows), opening_minor=0)] == [altered]


def test_each_fault_has_both_sentences():
    assert SENTENCES.keys() == set(Fault) and all(all(pair) for pair in SENTENCES.values())
