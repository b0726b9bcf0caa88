"""Bad input to the court's API: each a clear error that names the field, and nothing is changed."""

import pytest
from sqlalchemy import func, literal, select, union_all

from livefreeze.flows import transaction
from livefreeze.store import tables as t
from tests.court.world import RULE, new_account_number

UNKNOWN = "01kkb5c8w0q3v7n2m4x6z8a9b1"


@pytest.fixture(scope="module")
def debtor(court, bank) -> str:
    return court.registers_debtor()


@pytest.fixture(scope="module")
def case(court, debtor) -> str:
    return court.opens_case(debtor)


@pytest.fixture(scope="module")
def order(court, case, debtor) -> str:
    return court.serves_order(case, debtor, court.registers_account(debtor))


@pytest.fixture(autouse=True)
def nothing_changes(order, euro_account):
    def written() -> dict[str, int]:
        counted = [select(literal(table.name), func.count()).select_from(table) for table in t.metadata.sorted_tables]
        with transaction.reading() as connection:
            return dict(connection.execute(union_all(*counted)).all())

    before = written()
    yield
    assert written() == before


def errors(problem: dict) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in problem["errors"]]


@pytest.mark.parametrize(("body", "status", "code"), [
    ('{"name": "张三丰"', 400, "BODY_NOT_JSON"),
    ("", 400, "BODY_NOT_JSON"),
    ('{"name": NaN, "id_number": "3302"}', 400, "BODY_NOT_JSON"),
    ("[" * 30_000 + "]" * 30_000, 400, "BODY_TOO_DEEP"),
    ("[" * 100_000 + "]" * 100_000, 413, "BODY_TOO_LARGE"),
    ('{"name": "甲", "name": "乙", "id_number": "330203"}', 400, "DUPLICATE_KEY"),
    (b'{"name": "\xff", "id_number": "330203"}', 400, "BODY_NOT_JSON"),
    ('{"name": "\\ud800", "id_number": "330203"}', 400, "BODY_NOT_JSON"),
    ("[]", 422, "FIELD_INVALID"),
    ("null", 422, "FIELD_INVALID"),
    ('"x"', 422, "FIELD_INVALID"),
    ('{"name": "' + "甲" * 40_000 + '", "id_number": "330203"}', 413, "BODY_TOO_LARGE"),
])
def test_a_body_that_cannot_be_read(court, body, status, code):
    headers = {"Content-Type": "application/json"}
    assert court.clerk.refused("POST", "/debtors", status, data=body, headers=headers)["code"] == code


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/xml"])
def test_a_body_that_is_not_declared_as_json(court, content_type):
    headers = {"Content-Type": content_type}
    problem = court.clerk.refused("POST", "/debtors", 415, data='{"name": "甲"}', headers=headers)
    assert problem["code"] == "CONTENT_TYPE"


@pytest.mark.parametrize(("changes", "pointer", "code"), [
    ({"name": ...}, "/name", "FIELD_MISSING"),
    ({"extra": 1}, "/extra", "FIELD_UNKNOWN"),
    ({"name": ""}, "/name", "TEXT_INVALID"),
    ({"name": " "}, "/name", "TEXT_INVALID"),
    ({"name": "甲" * 201}, "/name", "TEXT_INVALID"),
    ({"name": "甲\n乙"}, "/name", "TEXT_INVALID"),
    ({"name": 7}, "/name", "TEXT_INVALID"),
    ({"name": None}, "/name", "FIELD_INVALID"),
    ({"id_number": "330"}, "/id_number", "TEXT_INVALID"),
    ({"id_number": "330  203"}, "/id_number", "TEXT_INVALID"),
    ({"id_number": "330203\n"}, "/id_number", "TEXT_INVALID"),
    ({"id_number": "330--203"}, "/id_number", "TEXT_INVALID"),
])
def test_a_debtor(court, changes, pointer, code):
    body = {"name": "甲乙丙", "id_number": "330203"} | changes
    body = {name: value for name, value in body.items() if value is not ...}
    assert errors(court.clerk.refused("POST", "/debtors", 422, json=body)) == [(pointer, code)]


AMOUNTS = [60000, 60000.5, "60000.001", "-1.00", "0", "0.00", "1" + "0" * 30, "1e3", "６００００", "60000\n", " 1",
           "1,000", "", "+1", "1.", ".5", True, {}, ["1"]]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_of_a_claim(court, debtor, amount):
    body = court.case_body(debtor, claim={"amount": amount, "currency": "CNY"})
    assert errors(court.clerk.refused("POST", "/cases", 422, json=body)) == [("/claim/amount", "AMOUNT_INVALID")]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_of_an_amendment(court, order, amount):
    problem = court.clerk.refused("POST", f"/orders/{order}/amend", 422, json={"quota": amount})
    assert errors(problem) == [("/quota", "AMOUNT_INVALID")]


@pytest.mark.parametrize(("changes", "status", "pointer", "code"), [
    ({"claim": {"amount": "1.00", "currency": "XYZ"}}, 422, "/claim/currency", "CURRENCY_UNKNOWN"),
    ({"claim": {"amount": "1.00", "currency": "cny"}}, 422, "/claim/currency", "TEXT_INVALID"),
    ({"claim": {"amount": "1.50", "currency": "JPY"}}, 422, "/claim/amount", "AMOUNT_INVALID"),
    ({"claim": {"currency": "CNY"}}, 422, "/claim/amount", "FIELD_MISSING"),
    ({"claim": "1.00"}, 422, "/claim", "FIELD_INVALID"),
    ({"claim": {"amount": "1.00", "currency": "CNY", "x": 1}}, 422, "/claim/x", "FIELD_UNKNOWN"),
    ({"case_number": "x" * 101}, 422, "/case_number", "TEXT_INVALID"),
    ({"creditor": {}}, 422, "/creditor/name", "FIELD_MISSING"),
    ({"debtors": []}, 422, "/debtors", "TEXT_INVALID"),
    ({"debtors": "dbt"}, 422, "/debtors", "FIELD_INVALID"),
    ({"debtors": ["dbt_1"]}, 422, "/debtors/0", "TEXT_INVALID"),
    ({"debtors": [f"dbt_{UNKNOWN}"]}, 404, "/debtors/0", "NOT_FOUND"),
])
def test_a_case(court, debtor, changes, status, pointer, code):
    body = court.case_body(debtor, **changes)
    assert errors(court.clerk.refused("POST", "/cases", status, json=body)) == [(pointer, code)]


def test_a_debtor_who_stands_twice_in_a_case(court, debtor):
    problem = court.clerk.refused("POST", "/cases", 422, json=court.case_body(debtor, debtor))
    assert errors(problem) == [("/debtors/1", "FIELD_INVALID")]


@pytest.mark.parametrize(("changes", "status", "pointer", "code"), [
    ({"debtor": f"dbt_{UNKNOWN}"}, 404, "/debtor", "NOT_FOUND"),
    ({"bank": "no-such-bank"}, 404, "/bank", "NOT_FOUND"),
    ({"bank": "ICBC"}, 422, "/bank", "TEXT_INVALID"),
    ({"account": "12345"}, 422, "/account", "TEXT_INVALID"),
    ({"account": "6222 0200 0000 1234"}, 422, "/account", "TEXT_INVALID"),
    ({"account": "６２２２０２０００１"}, 422, "/account", "TEXT_INVALID"),
    ({"account": 6222020000001234567}, 422, "/account", "TEXT_INVALID"),
    ({"currency": "XYZ"}, 422, "/currency", "CURRENCY_UNKNOWN"),
    ({"allowance_account": "yes"}, 422, "/allowance_account", "FIELD_INVALID"),
    ({"allowance_account": 1}, 422, "/allowance_account", "FIELD_INVALID"),
    ({"balance": "1.00"}, 422, "/balance", "FIELD_UNKNOWN"),
])
def test_an_account(court, debtor, changes, status, pointer, code):
    body = court.account_body(debtor) | changes
    assert errors(court.clerk.refused("POST", "/accounts", status, json=body)) == [(pointer, code)]


@pytest.mark.parametrize(("changes", "status", "pointer", "code"), [
    ({"quota": "59999.99"}, 422, "/quota", "QUOTA_NOT_CLAIM"),
    ({"quota": 60000}, 422, "/quota", "AMOUNT_INVALID"),
    ({"quota": "60000.001"}, 422, "/quota", "AMOUNT_INVALID"),
    ({"accounts": []}, 422, "/accounts", "TEXT_INVALID"),
    ({"accounts": [f"acc_{UNKNOWN}"]}, 404, "/accounts/0", "NOT_FOUND"),
    ({"accounts": [f"cas_{UNKNOWN}"]}, 422, "/accounts/0", "TEXT_INVALID"),
    ({"case": f"cas_{UNKNOWN}"}, 404, "/case", "NOT_FOUND"),
    ({"debtor": f"dbt_{UNKNOWN}"}, 404, "/debtor", "NOT_FOUND"),
    ({"notice_number": ""}, 422, "/notice_number", "TEXT_INVALID"),
    ({"rule": {}}, 422, "/rule/preset", "FIELD_MISSING"),
    ({"rule": "cn-live-freeze"}, 422, "/rule", "FIELD_INVALID"),
    ({"rule": {"preset": "no-such-law"}}, 422, "/rule/preset", "CHOICE_UNKNOWN"),
    ({"rule": {"preset": ["cn-live-freeze"]}}, 422, "/rule/preset", "CHOICE_UNKNOWN"),
    ({"rule": {**RULE, "anchor_day": 0}}, 422, "/rule/anchor_day", "FIELD_INVALID"),
    ({"rule": {**RULE, "anchor_day": 32}}, 422, "/rule/anchor_day", "FIELD_INVALID"),
    ({"rule": {**RULE, "anchor_day": "10"}}, 422, "/rule/anchor_day", "FIELD_INVALID"),
    ({"rule": {**RULE, "anchor_day": 10.5}}, 422, "/rule/anchor_day", "FIELD_INVALID"),
    ({"rule": {**RULE, "allowance": 2500}}, 422, "/rule/allowance", "AMOUNT_INVALID"),
    ({"rule": {**RULE, "reserve": "-1.00"}}, 422, "/rule/reserve", "AMOUNT_INVALID"),
    ({"rule": {**RULE, "channels": ["carrier_pigeon"]}}, 422, "/rule/channels/0", "CHOICE_UNKNOWN"),
    ({"rule": {**RULE, "sweep": {"day": 12, "hour": 1}}}, 422, "/rule/sweep/hour", "FIELD_UNKNOWN"),
    ({"rule": {**RULE, "sweep": {"minimum": 1}}}, 422, "/rule/sweep/minimum", "AMOUNT_INVALID"),
    ({"rule": {**RULE, "time_zone": "Asia/Tokyo"}}, 422, "/rule/time_zone", "FIELD_UNKNOWN"),
    ({"status": "pending"}, 422, "/status", "FIELD_UNKNOWN"),
])
def test_an_order(court, case, debtor, order, changes, status, pointer, code):
    account = court.auditor.get(f"/orders/{order}")["accounts"][0]["account"]
    body = court.order_body(case, debtor, account) | changes
    assert errors(court.clerk.refused("POST", "/orders", status, json=body)) == [(pointer, code)]


def test_an_account_that_stands_twice_in_an_order(court, case, debtor, order):
    account = court.auditor.get(f"/orders/{order}")["accounts"][0]["account"]
    problem = court.clerk.refused("POST", "/orders", 422, json=court.order_body(case, debtor, account, account))
    assert errors(problem) == [("/accounts/1", "FIELD_INVALID")]


@pytest.mark.parametrize(("changes", "pointer", "code"), [
    ({"bank": "ICBC Ningbo"}, "/bank", "TEXT_INVALID"),
    ({"account": "1"}, "/account", "TEXT_INVALID"),
    ({"currency": "XYZ"}, "/currency", "CURRENCY_UNKNOWN"),
    ({"name": ""}, "/name", "TEXT_INVALID"),
    ({"iban": "x"}, "/iban", "FIELD_UNKNOWN"),
])
def test_a_case_fund(court, changes, pointer, code):
    body = {"bank": "icbc", "account": "9558800000008888", "name": "案款专户"} | changes
    assert errors(court.finance.refused("POST", "/case-fund", 422, json=body)) == [(pointer, code)]


@pytest.mark.parametrize(("path", "pointer", "code"), [
    ("/cases?x=1", "?x", "FIELD_UNKNOWN"),
    ("/cases?limit=0", "?limit", "FIELD_INVALID"),
    ("/cases?limit=201", "?limit", "FIELD_INVALID"),
    ("/cases?limit=1.5", "?limit", "FIELD_INVALID"),
    ("/cases?limit=%EF%BC%91", "?limit", "FIELD_INVALID"),
    ("/cases?after=frz_" + UNKNOWN, "?after", "TEXT_INVALID"),
    ("/cases?after=%00", "?after", "TEXT_INVALID"),
    ("/proposals?status=closed", "?status", "CHOICE_UNKNOWN"),
    ("/withdrawals", "?account", "FIELD_MISSING"),
    ("/withdrawals?account=x", "?account", "TEXT_INVALID"),
    ("/audit", "?chain", "FIELD_MISSING"),
    ("/audit?chain=a%20b", "?chain", "TEXT_INVALID"),
    ("/audit?chain=court:yuyao&after=-1", "?after", "FIELD_INVALID"),
    ("/case-fund?currency=XYZ", "?currency", "CHOICE_UNKNOWN"),
])
def test_a_query(court, path, pointer, code):
    assert errors(court.auditor.refused("GET", path, 422)) == [(pointer, code)]


def test_a_query_parameter_that_stands_twice(court):
    assert court.auditor.refused("GET", "/cases?limit=1&limit=2", 400)["code"] == "DUPLICATE_KEY"


def test_a_parameter_where_none_is_taken(court, case):
    problem = court.auditor.refused("GET", f"/cases/{case}?verbose=1", 422)
    assert errors(problem) == [("?verbose", "FIELD_UNKNOWN")]


@pytest.mark.parametrize("path", [
    "/cases/x", "/cases/%00", "/cases/cas_" + UNKNOWN + "%0A", "/orders/cas_" + UNKNOWN, "/accounts/' OR 1=1 --",
    "/cases/CAS_" + UNKNOWN.upper(), "/no-such-thing", "/proposals/prp_" + "z" * 26,
])
def test_an_address_that_names_nothing(court, path):
    assert court.auditor.refused("GET", path, 404)["code"] == "NOT_FOUND"


@pytest.mark.parametrize("body", [{"digest": "x"}, {"digest": "sha256:" + "A" * 64}, {"digest": 1}, {}])
def test_a_digest_that_is_none(court, body):
    court.judge.refused("POST", f"/proposals/prp_{UNKNOWN}/approve", 422, json=body)


def test_an_account_in_another_currency_than_the_claim(court, case, debtor, euro_account):
    problem = court.clerk.refused("POST", "/orders", 422, json=court.order_body(case, debtor, euro_account))
    assert errors(problem) == [("/accounts/0", "CURRENCY_MISMATCH")]


@pytest.fixture(scope="module")
def euro_account(court, debtor) -> str:
    return court.registers_account(debtor, account=new_account_number(), currency="EUR")


def test_a_method_that_the_address_does_not_know(court):
    problem = court.clerk.refused("DELETE", "/cases", 405)
    assert problem["code"] == "METHOD_NOT_ALLOWED"
