"""Days that no law of our time reaches are refused by their field, and stop no other item of a list."""

from datetime import date

import pytest

from livefreeze.base.errors import Problem
from livefreeze.rules import evaluation, facts, law

PAY = {"currency": "EUR", "disposable_earnings": "3000.00", "pay_frequency": "monthly"}


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
@pytest.mark.parametrize("preset", ["de-850c", "de-p-konto", "es-607", "fr-wages"])
def test_a_far_day_is_refused(preset, on):
    with pytest.raises(Problem) as refused:
        evaluation.evaluate(law.preset(preset), facts.parse(PAY), date.fromisoformat(on))
    assert refused.value.errors[0].pointer == "/on"


@pytest.mark.parametrize(("changed", "field"), [
    ({"on": "9999-12-31"}, "/on"),
    ({"incomes": [{"date": "9999-12-31", "amount": "1.00", "source": "salary"}]}, "/incomes/0/date"),
    ({"carried_over": [{"period_start": "0001-01-01", "amount": "1.00"}]}, "/carried_over/0/period_start"),
    ({"pay_period": {"start": "2999-12-01", "end": "3000-01-01"}}, "/pay_period/end"),
    ({"orders": [{"order": "a", "rank": 1, "quota": "1.00", "made_on": "1899-12-31"}]}, "/orders/0/made_on"),
])  # fmt: skip
def test_a_far_day_of_the_facts_is_named(changed, field):
    with pytest.raises(Problem) as refused:
        facts.parse(PAY | changed)
    assert refused.value.errors[0].pointer == field
