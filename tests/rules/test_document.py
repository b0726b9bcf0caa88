"""Rules as documents: what is read, what is refused and where, presets, cautions."""

from copy import deepcopy
from datetime import date
from fractions import Fraction

import pytest

from livefreeze.base.errors import Problem
from livefreeze.rules import allowance, document
from livefreeze.rules.allowance.registry import register

WHOLE = {
    "preset": "a-court",
    "version": "7",
    "currency": "CNY",
    "time_zone": "Asia/Shanghai",
    "period": {"anchor_day": 10},
    "allowance": {
        "method": "fixed",
        "amounts": [
            {"amount": "2600.00", "valid_from": "2027-01-01", "valid_to": None, "source": "second"},
            {"amount": "2500", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "source": "first"},
        ],
    },
    "reserve": "100.50",
    "channels": ["counter", "app"],
    "sweep": {"day": 12, "minimum": "5.00"},
    "excess_share": "0.25",
    "stand_in_limit": "800.00",
    "source": "an order",
}


def changed(path, value):
    """The whole document with one value set, or one key left out where the value is `...`."""
    result = deepcopy(WHOLE)
    *parents, key = path
    place = result
    for parent in parents:
        place = place[parent]
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return result


def test_everything_is_read():
    rule = document.parse(WHOLE)
    assert (rule.preset, rule.version, rule.currency, rule.time_zone) == ("a-court", "7", "CNY", "Asia/Shanghai")
    assert (rule.anchor_day, rule.reserve_minor, rule.channels) == (10, 100_50, {"counter", "app"})
    assert (rule.sweep_day, rule.sweep_minimum_minor) == (12, 5_00)
    assert (rule.excess_share, rule.stand_in_limit_minor, rule.source) == (Fraction(1, 4), 800_00, "an order")


@pytest.mark.parametrize(
    ("day", "amount", "source"),
    [
        (date(2026, 1, 1), 2_500_00, "first"),
        (date(2026, 12, 31), 2_500_00, "first"),
        (date(2027, 1, 1), 2_600_00, "second"),
        (date(2040, 1, 1), 2_600_00, "second"),
    ],
    ids=str,
)
def test_the_allowance_by_the_law_of_the_day(day, amount, source):
    assert document.parse(WHOLE).allowance_on(day) == (amount, source)


def test_a_day_before_the_law_is_refused():
    with pytest.raises(Problem) as refused:
        document.parse(WHOLE).allowance_on(date(2025, 12, 31))
    assert "2025-12-31" in refused.value.detail
    assert "2025-12-31" in refused.value.detail_zh


def test_a_freeze_that_runs_has_an_allowance_on_every_day():
    ends = deepcopy(WHOLE)
    for amount in ends["allowance"]["amounts"]:
        amount["valid_to"] = {"first": "2026-12-31", "second": "2027-12-31"}[amount["source"]]
    rule = document.parse(ends)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1)]
    assert [rule.allowance_in_force_on(day).source for day in days] == ["first", "first", "first", "second", "second"]


AMOUNTS = ("allowance", "amounts")


@pytest.mark.parametrize(
    ("path", "value", "pointer", "code"),
    [
        (("version",), ..., "/version", "FIELD_MISSING"),
        ((*AMOUNTS, 1, "valid_to"), "2026-06-30", "/allowance/amounts", "FIELD_INVALID"),  # no law from July on
        (("extra",), 1, "/extra", "FIELD_UNKNOWN"),
        (("a/b~c",), 1, "/a~1b~0c", "FIELD_UNKNOWN"),
        (("period", "extra"), 1, "/period/extra", "FIELD_UNKNOWN"),
        (("period",), 10, "/period", "FIELD_INVALID"),
        (("period", "anchor_day"), 0, "/period/anchor_day", "FIELD_INVALID"),
        (("period", "anchor_day"), 32, "/period/anchor_day", "FIELD_INVALID"),
        (("period", "anchor_day"), "10", "/period/anchor_day", "FIELD_INVALID"),
        (("period", "anchor_day"), 10.0, "/period/anchor_day", "FIELD_INVALID"),
        (("period", "anchor_day"), True, "/period/anchor_day", "FIELD_INVALID"),
        (("preset",), "", "/preset", "TEXT_INVALID"),
        (("preset",), " ", "/preset", "TEXT_INVALID"),
        (("source",), "x" * 501, "/source", "TEXT_INVALID"),
        (("source",), 5, "/source", "TEXT_INVALID"),
        (("currency",), "XXX", "/currency", "CURRENCY_UNKNOWN"),
        (("currency",), None, "/currency", "CURRENCY_UNKNOWN"),
        (("time_zone",), "Asia/Nowhere", "/time_zone", "FIELD_INVALID"),
        (("time_zone",), "Asia", "/time_zone", "FIELD_INVALID"),
        (("time_zone",), "../etc/passwd", "/time_zone", "FIELD_INVALID"),
        (("time_zone",), 8, "/time_zone", "FIELD_INVALID"),
        (("reserve",), 100, "/reserve", "AMOUNT_INVALID"),
        (("reserve",), "-1", "/reserve", "AMOUNT_INVALID"),
        (("reserve",), "1.234", "/reserve", "AMOUNT_INVALID"),
        (("stand_in_limit",), "1e3", "/stand_in_limit", "AMOUNT_INVALID"),
        (("channels",), [], "/channels", "FIELD_INVALID"),
        (("channels",), "counter", "/channels", "FIELD_INVALID"),
        (("channels",), ["counter", "pigeon"], "/channels/1", "CHOICE_UNKNOWN"),
        (("channels",), ["counter"] * 6, "/channels", "LIST_TOO_LONG"),
        (("channels",), [["counter"]], "/channels/0", "CHOICE_UNKNOWN"),
        (("sweep",), ["day"], "/sweep", "FIELD_INVALID"),
        (("sweep", "minimum"), ..., "/sweep/minimum", "FIELD_MISSING"),
        (("sweep", "day"), 40, "/sweep/day", "FIELD_INVALID"),
        (("sweep", "minimum"), "1,00", "/sweep/minimum", "AMOUNT_INVALID"),
        (("excess_share",), "1.1", "/excess_share", "FIELD_INVALID"),
        (("excess_share",), "-0.5", "/excess_share", "FIELD_INVALID"),
        (("excess_share",), "0.50000", "/excess_share", "FIELD_INVALID"),
        (("excess_share",), 0.5, "/excess_share", "FIELD_INVALID"),
        (("allowance",), None, "/allowance", "FIELD_INVALID"),
        (("allowance", "method"), ..., "/allowance/method", "FIELD_MISSING"),
        (("allowance", "method"), "guess", "/allowance/method", "CHOICE_UNKNOWN"),
        (("allowance", "share"), "0.5", "/allowance/share", "FIELD_UNKNOWN"),
        (AMOUNTS, [], "/allowance/amounts", "FIELD_INVALID"),
        (AMOUNTS, [{}] * 201, "/allowance/amounts", "LIST_TOO_LONG"),
        ((*AMOUNTS, 0, "source"), ..., "/allowance/amounts/0/source", "FIELD_MISSING"),
        ((*AMOUNTS, 0, "amount"), "2500.001", "/allowance/amounts/0/amount", "AMOUNT_INVALID"),
        ((*AMOUNTS, 1, "valid_from"), "2026-02-30", "/allowance/amounts/1/valid_from", "FIELD_INVALID"),
        ((*AMOUNTS, 1, "valid_from"), "20260101", "/allowance/amounts/1/valid_from", "FIELD_INVALID"),
        ((*AMOUNTS, 1, "valid_to"), "2025-12-31", "/allowance/amounts/1/valid_to", "FIELD_INVALID"),
        ((*AMOUNTS, 1, "valid_to"), "2027-01-01", "/allowance/amounts", "FIELD_INVALID"),
        ((*AMOUNTS, 1, "valid_to"), None, "/allowance/amounts", "FIELD_INVALID"),
        ((*AMOUNTS, 1, "valid_from"), "2027-01-01", "/allowance/amounts/1/valid_to", "FIELD_INVALID"),
    ],
)
def test_a_fault_is_named_with_its_field(path, value, pointer, code):
    with pytest.raises(Problem) as refused:
        document.parse(changed(path, value))
    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, code)]


@pytest.mark.parametrize("value", [None, [], "rule", 5], ids=repr)
def test_a_rule_is_an_object(value):
    with pytest.raises(Problem):
        document.parse(value)


def test_two_amounts_of_one_first_day_are_refused():
    twice = changed((*AMOUNTS, 1), WHOLE["allowance"]["amounts"][0])
    with pytest.raises(Problem) as refused:
        document.parse(twice)
    assert "2027-01-01" in refused.value.detail


@pytest.mark.parametrize(
    ("text", "share"),
    [("0", Fraction(0)), ("1", Fraction(1)), ("1.0000", Fraction(1)), ("0.3333", Fraction(3333, 10000))],
)
def test_a_share_is_exact(text, share):
    assert document.parse(changed(("excess_share",), text)).excess_share == share


def test_limits_are_within_what_is_allowed():
    rule = document.parse(changed(("source",), "x" * 500) | {"channels": list(document.CHANNELS)})
    assert (len(rule.source), rule.channels) == (500, set(document.CHANNELS))


def test_an_amount_may_be_the_law_of_one_day():
    one = next(row for row in WHOLE["allowance"]["amounts"] if row["valid_from"] == "2026-01-01")
    rule = document.parse(changed(AMOUNTS, [one | {"valid_to": "2026-01-01"}]))
    assert rule.allowance_on(date(2026, 1, 1)).amount_minor == 2_500_00


def test_no_limit_for_stand_ins():
    assert document.parse(changed(("stand_in_limit",), None)).stand_in_limit_minor is None


@pytest.mark.parametrize("name", document.preset_names())
def test_a_preset_is_a_rule_that_names_itself_and_its_source(name):
    rule = document.preset(name)
    assert (rule.preset, bool(rule.source)) == (name, True)


def test_the_preset_of_the_story():
    rule = document.preset("cn-live-freeze", anchor_day=10)
    assert (rule.currency, rule.time_zone, rule.anchor_day) == ("CNY", "Asia/Shanghai", 10)
    assert (rule.allowance_on(date(2026, 3, 10)).amount_minor, rule.reserve_minor) == (2_500_00, 0)
    assert (rule.sweep_day, rule.excess_share) == (12, Fraction(1, 2))
    assert "counter" in rule.channels
    assert "transfer" not in rule.channels


def test_what_a_court_sets_otherwise():
    rule = document.preset(
        "cn-live-freeze",
        source="(2026)浙0281执1234号",
        allowance="3000.00",
        reserve="200.00",
        channels=["counter"],
        sweep={"day": 15},
        anchor_day=None,
    )
    assert rule.allowance_on(date(2026, 1, 1)) == (3_000_00, "(2026)浙0281执1234号")
    assert (rule.reserve_minor, rule.channels, rule.anchor_day) == (200_00, {"counter"}, 1)
    assert (rule.sweep_day, rule.sweep_minimum_minor, rule.source) == (15, 1_00, "(2026)浙0281执1234号")


def test_overrides_leave_the_preset_as_it_is():
    document.preset("cn-live-freeze", allowance="3000.00", sweep={"day": 15}, anchor_day=5)
    rule = document.preset("cn-live-freeze")
    assert (rule.allowance_on(date(2026, 1, 1)).amount_minor, rule.sweep_day, rule.anchor_day) == (2_500_00, 12, 1)


@pytest.mark.parametrize(
    ("overrides", "pointer"),
    [
        ({"anchor_day": 0}, "/anchor_day"),
        ({"allowance": "lots"}, "/allowance"),
        ({"reserve": 5}, "/reserve"),
        ({"channels": ["pigeon"]}, "/channels/0"),
        ({"sweep": {"month": 1}}, "/sweep/month"),
        ({"sweep": {"day": 0}}, "/sweep/day"),
        ({"sweep": 12}, "/sweep"),
        ({"currency": "EUR"}, "/currency"),
    ],
)
def test_a_wrong_override_is_named(overrides, pointer):
    with pytest.raises(Problem) as refused:
        document.preset("cn-live-freeze", **overrides)
    assert refused.value.errors[0].pointer == pointer


def test_an_unknown_preset():
    with pytest.raises(Problem) as refused:
        document.preset("atlantis")
    assert refused.value.errors[0].pointer == "/preset"
    assert "cn-live-freeze" in refused.value.detail


@pytest.mark.parametrize(
    ("overrides", "codes"),
    [
        pytest.param({}, ["NOTHING_ON_FIRST_DAY"], id="calendar month without reserve"),
        pytest.param({"anchor_day": 10}, [], id="from payday to payday"),
        pytest.param({"reserve": "2500.00"}, [], id="with a reserve"),
    ],
)
def test_warnings(overrides, codes):
    cautions = document.warnings(document.preset("cn-live-freeze", **overrides))
    assert [caution.code for caution in cautions] == codes
    assert all(caution.sentence and caution.sentence_zh for caution in cautions)


def test_a_method_has_one_name():
    with pytest.raises(ValueError, match="fixed"):
        register("fixed", allowance.method("fixed"))
