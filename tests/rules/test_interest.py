"""Interest of claims: published cases, a table, a day-by-day reference, and what always holds."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.base.errors import Problem
from livefreeze.rules import exact, interest_terms
from livefreeze.rules.interest import Part, Payment, Rate, Span, Terms, reckon

CASES = json.loads((Path(__file__).parents[1] / "cases" / "claims-cn-delay-interest.json").read_text("utf-8"))
DAY = timedelta(days=1)
FIRST = date(2024, 1, 1)
YEAR = {"from": "2024-01-01", "rate": "0.0365", "per": "year", "year_days": 365}


def terms(**changed):
    return {
        "currency": "CNY", "parts": [{"principal": "10000.00", "start": "2024-01-01"}],
        "rates": [{"from": "2014-08-01", "to": None, "rate": "0.000175", "per": "day"}], "count": "both",
    } | changed  # fmt: skip


def reckoned(on, **changed):
    return interest_terms.document(interest_terms.parse(terms(**changed)), date.fromisoformat(on))


@pytest.mark.parametrize("case", [case for case in CASES if case.get("binding", True)], ids=lambda case: case["id"])
def test_case(case):
    found = interest_terms.document(interest_terms.parse(case["terms"]), date.fromisoformat(case["on"]))
    assert {key: found[key] for key in case["expect"]} == case["expect"]


@pytest.mark.parametrize(("on", "changed", "expected"), [
    pytest.param("2023-12-31", {}, ("0.00", "0.00", "0.00", "10000.00", 0), id="before the first day"),
    pytest.param("2024-01-01", {}, ("1.75", "0.00", "1.75", "10000.00", 1), id="the first day alone"),
    pytest.param("2024-01-01", {"count": "first"}, ("0.00", "0.00", "0.00", "10000.00", 0), id="the last day left out"),
    pytest.param("2024-01-10", {"payments": [{"on": "2024-01-05", "amount": "10005.00"}]},
                 ("8.75", "5.00", "3.75", "0.00", 5), id="what is above the principal goes to the interest"),
    pytest.param("2024-01-10", {"payments": [{"on": "2024-01-05", "amount": "20000.00"}]},
                 ("8.75", "8.75", "0.00", "0.00", 5), id="never more interest than of that day"),
    pytest.param("2024-01-10", {"payments": [{"on": "2024-01-11", "amount": "10000.00"}]},
                 ("17.50", "0.00", "17.50", "10000.00", 10), id="a later payment has not happened"),
    pytest.param("2024-01-10", {"suspensions": [{"from": "2024-01-05"}]},
                 ("7.00", "0.00", "7.00", "10000.00", 4), id="suspended until further notice"),
    pytest.param("2024-01-10", {"rates": [YEAR]}, ("10.00", "0.00", "10.00", "10000.00", 10), id="by the year"),
    pytest.param("2024-01-10", {"rates": [YEAR | {"from": "2024-01-06"}]},
                 ("5.00", "0.00", "5.00", "10000.00", 5), id="no rate, no interest"),
])  # fmt: skip
def test_reckon(on, changed, expected):
    found = reckoned(on, **changed)
    keys = ("interest", "interest_paid", "interest_left", "principal_left", "days")
    assert tuple(found[key] for key in keys) == expected


@pytest.mark.parametrize(("on", "changed", "days"), [
    pytest.param("2024-01-10", {"rates": [YEAR | {"to": "9999-12-31"}]}, 10, id="a rate until the last day there is"),
    pytest.param("2024-01-10", {"suspensions": [{"from": "2024-01-03", "to": "9999-12-31"}]}, 2, id="a suspension"),
    pytest.param("9999-12-31", {"parts": [{"principal": "1.00", "start": "9999-12-31"}],
                                "payments": [{"on": "9999-12-31", "amount": "1.00"}]}, 1, id="the day itself"),
])  # fmt: skip
def test_the_last_day_there_is(on, changed, days):
    assert reckoned(on, **changed)["days"] == days


def test_a_line_says_what_it_multiplies():
    found = reckoned("2024-01-10", payments=[{"on": "2024-01-05", "amount": "4000.01"}])
    assert found["lines"] == [
        {"from": "2024-01-01", "to": "2024-01-05", "days": 5, "principal": "10000.00", "rate": "0.000175",
         "amount": "8.75"},
        {"from": "2024-01-06", "to": "2024-01-10", "days": 5, "principal": "5999.99", "rate": "0.000175",
         "amount": "5.24999125"},
    ]  # fmt: skip


def test_what_no_decimals_end_is_written_as_a_fraction():
    found = reckoned("2024-01-01", rates=[YEAR | {"rate": "0.05"}])
    assert found["lines"][0]["amount"] == "100/73"


@pytest.mark.parametrize(("changed", "field"), [
    ({"parts": []}, "/parts"),
    ({"count": "last"}, "/count"),
    ({"extra": 1}, "/extra"),
    ({"currency": "XXQ"}, "/currency"),
    ({"parts": [{"principal": 1.5, "start": "2024-01-01"}]}, "/parts/0/principal"),
    ({"parts": [{"principal": "1.005", "start": "2024-01-01"}]}, "/parts/0/principal"),
    ({"parts": [{"principal": "1.00", "start": "2024-02-30"}]}, "/parts/0/start"),
    ({"rates": [{"from": "2024-01-01", "rate": "0.05", "per": "year"}]}, "/rates/0/year_days"),
    ({"rates": [YEAR | {"year_days": 366}]}, "/rates/0/year_days"),
    ({"rates": [YEAR | {"per": "day"}]}, "/rates/0/year_days"),
    ({"rates": [YEAR | {"rate": "4.35"}]}, "/rates/0/rate"),
    ({"rates": [YEAR, YEAR]}, "/rates"),
    ({"rates": [YEAR | {"to": "2023-12-31"}]}, "/rates/0/to"),
    ({"payments": [{"on": "2024-01-01", "amount": "-1.00"}]}, "/payments/0/amount"),
    ({"suspensions": [{"to": "2024-01-01"}]}, "/suspensions/0/from"),
])  # fmt: skip
def test_what_is_wrong_is_named(changed, field):
    with pytest.raises(Problem) as refused:
        interest_terms.parse(terms(**changed))
    assert refused.value.errors[0].pointer == field


days = st.integers(0, 120).map(lambda number: FIRST + number * DAY)
amounts = st.integers(0, 5_000_00)
random_terms = st.builds(
    Terms,
    currency=st.just("CNY"),
    parts=st.lists(st.builds(Part, amounts, days), min_size=1, max_size=3).map(tuple),
    rates=st.tuples(days, st.integers(1, 60), st.integers(1, 60)).map(lambda drawn: (
        Rate(drawn[0], drawn[0] + drawn[1] * DAY, Fraction(7, 40_000), "0.000175"),
        Rate(drawn[0] + (drawn[1] + drawn[2]) * DAY, None, Fraction(1, 7_300), "0.05"),
    )),
    counts_both_ends=st.booleans(),
    payments=st.lists(st.builds(Payment, days, amounts), max_size=4).map(tuple),
    suspensions=st.lists(st.builds(lambda first, length: Span(first, first + length * DAY), days, st.integers(0, 20)),
                         max_size=2).map(tuple),
)  # fmt: skip


def day_by_day(found, on):
    """The same, without any thought: one day after the other."""
    left = [[part.start, part.principal_minor] for part in sorted(found.parts, key=lambda part: part.start)]
    interest, paid, counted, day = Fraction(0), Fraction(0), 0, FIRST

    def bears():
        nonlocal interest, counted
        rate = next((one for one in found.rates if one.first <= day and (one.last is None or day <= one.last)), None)
        if rate is None or any(span.first <= day <= span.last for span in found.suspensions):
            return
        principal = sum(amount for start, amount in left if start <= day)
        interest += principal * rate.a_day
        counted += principal > 0

    def pays():
        nonlocal paid
        rest = sum(payment.amount_minor for payment in found.payments if payment.on == day)
        for part in left:
            taken = min(part[1], rest)
            part[1], rest = part[1] - taken, rest - taken
        paid += min(Fraction(rest), interest - paid)

    while day <= on:
        for act in (bears, pays) if found.counts_both_ends else (pays, bears):
            if not (act is bears and day == on and not found.counts_both_ends):
                act()
        day += DAY
    return counted, exact.half_up(interest), exact.half_up(paid), sum(amount for _, amount in left)


@given(random_terms, days)
def test_day_by_day_comes_to_the_same(found, on):
    answer = reckon(found, on)
    reckoned_so = (answer.days, answer.interest_minor, answer.interest_paid_minor, answer.principal_left_minor)
    assert reckoned_so == day_by_day(found, on)


@given(random_terms, days)
def test_the_order_of_rows_never_matters_and_the_lines_add_up(found, on):
    turned = found._replace(parts=found.parts[::-1], payments=found.payments[::-1], suspensions=found.suspensions[::-1])
    answer = reckon(found, on)
    assert reckon(turned, on) == answer
    assert exact.half_up(sum((line.amount_minor for line in answer.lines), Fraction(0))) == answer.interest_minor
    assert 0 <= answer.interest_paid_minor <= answer.interest_minor
