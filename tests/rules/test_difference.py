"""Two rules side by side: what differs, field by field, as a person reads a rule."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.rules.difference import differences
from livefreeze.rules.document import preset_document

BEFORE = preset_document("cn-live-freeze", source="会议纪要")


@pytest.mark.parametrize(("overrides", "expected"), [
    pytest.param({}, [], id="nothing"),
    pytest.param({"allowance": "2800"}, [("allowance", "2500.00", "2800.00")], id="allowance"),
    pytest.param({"anchor_day": 10}, [("period/anchor_day", 1, 10)], id="anchor day"),
    pytest.param({"channels": ["card", "counter", "cash_machine"]}, [], id="channels in another order"),
    pytest.param({"channels": ["counter"]},
                 [("channels", ["card", "cash_machine", "counter"], ["counter"])], id="channels"),
    pytest.param({"stand_in_limit": "800"}, [("stand_in_limit", None, "800.00")], id="stand-in limit"),
    pytest.param(
        {"sweep": {"minimum": "5", "day": 20}, "reserve": "9", "allowance": "2600.00"},
        [("allowance", "2500.00", "2600.00"), ("reserve", "0.00", "9.00"), ("sweep/day", 12, 20),
         ("sweep/minimum", "1.00", "5.00")], id="several, in the order in which a person reads them",
    ),
])
def test_what_a_court_sets_otherwise(overrides, expected):
    found = differences(BEFORE, preset_document("cn-live-freeze", **overrides))
    assert [tuple(each) for each in found if each.field != "source"] == expected


def dated(*amounts: tuple[str, str | None, str]) -> dict:
    rows = [{"valid_from": first, "valid_to": last, "amount": amount, "source": "law"}
            for first, last, amount in amounts]
    return {**BEFORE, "allowance": {"method": "fixed", "amounts": rows}}


def test_amounts_with_dates_are_compared_by_their_first_days():
    before = dated(("2026-01-01", None, "2500.00"))
    after = dated(("2026-01-01", "2026-06-30", "2500.00"), ("2026-07-01", None, "2700.00"))
    assert [tuple(each) for each in differences(before, after)] == [
        ("allowance/2026-01-01/valid_to", None, "2026-06-30"),
        ("allowance/2026-07-01", None, "2700.00"),
    ]


def test_another_method_is_told_field_by_field():
    after = {**BEFORE, "allowance": {"method": "share", "share": "0.5"}}
    fields = {each.field: each.after for each in differences(BEFORE, after)}
    assert fields["allowance/method"] == "share"
    assert fields["allowance/share"] == "0.5"
    assert fields["allowance/2026-01-01"] is None


def test_a_field_that_this_version_does_not_know_is_told_by_its_path():
    after = deepcopy(BEFORE) | {"carry_over": {"periods": 2}}
    assert [tuple(each) for each in differences(BEFORE, after)] == [("carry_over/periods", None, 2)]


DOCUMENTS = st.builds(
    preset_document, st.just("cn-live-freeze"), anchor_day=st.integers(1, 31),
    allowance=st.sampled_from(["1.00", "2500.00", "2800.00"]), reserve=st.sampled_from(["0.00", "3.00"]),
    channels=st.sampled_from([["counter"], ["counter", "card"]]),
)


@given(before=DOCUMENTS, after=DOCUMENTS)
def test_there_and_back_names_the_same_fields(before, after):
    there, back = differences(before, after), differences(after, before)
    assert [(each.field, each.after, each.before) for each in there] == [tuple(each) for each in back]
    assert (there == ()) == (before == after)
