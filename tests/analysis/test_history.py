"""A history read from its document; what is wrong is named by its field."""

from datetime import date

import pytest

from livefreeze.analysis.history import Line, read
from livefreeze.base.errors import Problem

ROW = {
    "date": "2026-03-10", "amount": "8000.00", "counterparty": "星河科技公司", "counterparty_account": None,
    "text": "工资", "balance_after": "-1.50", "income": "salary", "sequence": 7,
}


def document(**changes):
    return {"account": "acc1", "currency": "CNY", "transactions": [ROW, ROW | changes]}


def test_a_line_is_read_exactly():
    history = read(document())
    assert (history.account, history.currency) == ("acc1", "CNY")
    assert list(history.lines)[1] == Line(date(2026, 3, 10), 800000, "星河科技公司", None, "工资", "salary", -150, 7)


@pytest.mark.parametrize(("changes", "pointer"), [
    ({"date": "2026-02-30"}, "/transactions/1/date"),
    ({"date": 20260210}, "/transactions/1/date"),
    ({"date": []}, "/transactions/1/date"),
    ({"amount": 8000}, "/transactions/1/amount"),
    ({"amount": "80.001"}, "/transactions/1/amount"),
    ({"balance_after": "x"}, "/transactions/1/balance_after"),
    ({"counterparty": 5}, "/transactions/1/counterparty"),
    ({"income": "wages"}, "/transactions/1/income"),
    ({"sequence": "7"}, "/transactions/1/sequence"),
    ({"more": 1}, "/transactions/1/more"),
])
def test_a_wrong_field_is_named(changes, pointer):
    with pytest.raises(Problem) as raised:
        list(read(document(**changes)).lines)
    assert raised.value.pointer == pointer or raised.value.errors[0].pointer == pointer


@pytest.mark.parametrize("field", ["date", "amount", "text", "counterparty"])
def test_a_missing_field_is_named(field):
    row = {key: value for key, value in ROW.items() if key != field}
    with pytest.raises(Problem) as raised:
        list(read({"account": "a", "currency": "CNY", "transactions": [row]}).lines)
    assert raised.value.pointer == f"/transactions/0/{field}"
