"""Amounts: exactly what a currency allows becomes minor units and comes back; everything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.base import money
from livefreeze.base.errors import AmountInvalid, CurrencyUnknown

currencies = st.sampled_from(sorted(money.CURRENCIES))


@given(minor=st.integers(min_value=0, max_value=10**15 - 1), currency=currencies)
def test_an_amount_survives_the_way_out_and_in(minor, currency):
    assert money.parse_amount(money.format_amount(minor, currency), currency) == minor


@given(minor=st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1), currency=currencies)
def test_a_balance_survives_the_way_out_and_in(minor, currency):
    assert money.parse_signed(money.format_amount(minor, currency), currency) == minor


@given(text=st.text(max_size=20), currency=currencies)
def test_any_text_is_an_amount_or_refused(text, currency):
    try:
        minor = money.parse_amount(text, currency)
    except AmountInvalid:
        return
    assert text.isascii() and 0 <= minor < 10**18


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("0", "CNY", 0),
        ("0.00", "CNY", 0),
        ("12", "CNY", 1200),
        ("12.3", "CNY", 1230),
        ("12.30", "CNY", 1230),
        ("12.345", "KWD", 12345),
        ("12", "JPY", 12),
        ("999999999999999.99", "CNY", 99999999999999999),
    ],
)
def test_parse_amount(text, currency, minor):
    assert money.parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(12.3, id="number"),
        pytest.param(12, id="whole number"),
        pytest.param(True, id="truth"),
        pytest.param(None, id="nothing"),
        pytest.param(b"12", id="bytes"),
        pytest.param("", id="empty"),
        pytest.param("12.345", id="three decimals"),
        pytest.param("-1", id="negative"),
        pytest.param("+1", id="plus"),
        pytest.param("1" + "0" * 30, id="10^30"),
        pytest.param("1" + "0" * 15, id="sixteen digits"),
        pytest.param("1e3", id="exponent"),
        pytest.param("１２", id="full-width digits"),
        pytest.param("١٢", id="Arabic digits"),
        pytest.param("1.00\n", id="trailing newline"),
        pytest.param(" 12", id="space"),
        pytest.param("012", id="leading zero"),
        pytest.param("1.", id="point without decimals"),
        pytest.param(".5", id="decimals without whole"),
        pytest.param("1,000", id="comma"),
        pytest.param("1_000", id="underscore"),
        pytest.param("NaN", id="NaN"),
        pytest.param("0x10", id="hexadecimal"),
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(AmountInvalid):
        money.parse_amount(text, "CNY")


def test_a_currency_without_decimals_takes_none():
    with pytest.raises(AmountInvalid):
        money.parse_amount("12.0", "JPY")


@pytest.mark.parametrize("text", ["0", "0.00"])
def test_a_movement_is_never_zero(text):
    with pytest.raises(AmountInvalid):
        money.parse_positive(text, "CNY")


@pytest.mark.parametrize("text", ["-0", "-0.00", "--1", "-", "- 1", "1-"])
def test_a_balance_has_one_spelling(text):
    with pytest.raises(AmountInvalid):
        money.parse_signed(text, "CNY")


def test_a_balance_may_be_below_zero():
    assert money.parse_signed("-12.30", "CNY") == -1230


@pytest.mark.parametrize("currency", ["XXX", "cny", "CNY ", "", None, 156, ["CNY"]])
def test_an_unknown_currency_is_refused(currency):
    with pytest.raises(CurrencyUnknown):
        money.parse_amount("12", currency)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(5, "CNY", "0.05"), (-5, "CNY", "-0.05"), (0, "CNY", "0.00"), (-1234, "KWD", "-1.234"), (-7, "JPY", "-7")],
)
def test_format_amount(minor, currency, text):
    assert money.format_amount(minor, currency) == text


def test_the_usual_currencies_have_the_decimals_of_iso_4217():
    codes = "CNY EUR USD GBP JPY KWD HKD CHF SGD AUD KRW".split()
    assert [money.CURRENCIES[code] for code in codes] == [2, 2, 2, 2, 0, 3, 2, 2, 2, 2, 0]
