"""What is another court's does not exist: every address answers 404 with the same words, and nothing changes."""

import pytest

from tests.court.world import Freeze, freeze, new_account_number

NEVER_MADE = "01kkb5c8w0q3v7n2m4x6z8a9b1"


@pytest.fixture(scope="module")
def frozen(other_court, bank) -> Freeze:
    return freeze(other_court, bank)


@pytest.fixture(scope="module")
def things(other_court, bank, frozen) -> dict[str, str]:
    """What the other court has, by the name of the path's parameter."""
    other_court.registers_fund()
    preview = other_court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    (sweep,) = other_court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview)["transfers"]
    proposal = other_court.clerk.post(f"/orders/{frozen.order}/release", reason="解除")
    rule = other_court.clerk.post("/rules", name="他院规则", source="会议纪要", rule={"preset": "cn-live-freeze"})
    other_court.judge.post(f"/proposals/{rule['proposal']['id']}/approve", digest=rule["proposal"]["digest"])
    return {"rule": rule["court_rule"], "case": frozen.case, "debtor": frozen.debtor, "account": frozen.account,
            "order": frozen.order, "sweep": sweep["id"], "proposal": proposal["id"], "digest": proposal["digest"]}


ADDRESSES = [
    ("GET", "/cases/{case}", None),
    ("GET", "/cases/{case}/sweep", None),
    ("POST", "/cases/{case}/sweeps", {"preview": "0" * 64}),
    ("GET", "/accounts/{account}", None),
    ("GET", "/accounts/{account}/position", None),
    ("GET", "/withdrawals?account={account}", None),
    ("GET", "/orders/{order}", None),
    ("POST", "/orders/{order}/amend", {"quota": "1.00"}),
    ("POST", "/orders/{order}/release", {"reason": "x"}),
    ("GET", "/proposals/{proposal}", None),
    ("PUT", "/proposals/{proposal}", {"document": {}}),
    ("POST", "/proposals/{proposal}/approve", {"digest": "sha256:" + "0" * 64}),
    ("POST", "/proposals/{proposal}/withdraw", None),
    ("GET", "/rules/{rule}", None),
    ("POST", "/rules/{rule}/versions", {"source": "x", "rule": {"allowance": "1.00"}}),
    ("POST", "/rules/preview", {"court_rule": "{rule}", "rule": {"allowance": "1.00"}}),
    ("GET", "/sweeps/{sweep}", None),
    ("GET", "/audit?chain=case:{case}", None),
    ("GET", "/audit?chain=account:{account}", None),
    ("GET", "/audit?chain=court:cixi", None),
    ("GET", "/audit?chain=bank:icbc", None),
]


def role_for(court, method: str, path: str):
    if path.endswith("/approve"):
        return court.judge
    return court.finance if path.endswith("/sweeps") else court.clerk


def sent(body: dict | None, names: dict[str, str]) -> dict:
    if body is None:
        return {}
    return {"json": {key: value.format(**names) if isinstance(value, str) else value for key, value in body.items()}}


@pytest.mark.parametrize(("method", "path", "body"), ADDRESSES)
def test_anothers_is_as_unknown_as_what_was_never_made(court, things, method, path, body):
    person = role_for(court, method, path)
    never = {name: f"{value[:4]}{NEVER_MADE}" for name, value in things.items()}
    anothers = person.refused(method, path.format(**things), 404, **sent(body, things))
    assert anothers == person.refused(method, path.format(**never), 404, **sent(body, never))
    assert anothers["code"] == "NOT_FOUND"


@pytest.mark.parametrize(("field", "value"), [
    ("case", "{case}"), ("debtor", "{debtor}"), ("accounts", ["{account}"]),
])
def test_an_order_names_only_what_is_the_courts_own(court, bank, things, field, value):
    debtor = court.registers_debtor()
    body = court.order_body(court.opens_case(debtor), debtor, court.registers_account(debtor))
    body[field] = [things["account"]] if field == "accounts" else value.format(**things)
    problem = court.clerk.refused("POST", "/orders", 404, json=body)
    assert problem["errors"][0]["pointer"].startswith(f"/{field}")


def test_a_case_and_an_account_name_only_debtors_that_the_court_registered(court, bank, things):
    problem = court.clerk.refused("POST", "/cases", 404, json=court.case_body(things["debtor"]))
    assert problem["errors"][0]["pointer"] == "/debtors/0"
    problem = court.clerk.refused("POST", "/accounts", 404, json=court.account_body(things["debtor"]))
    assert problem["errors"][0]["pointer"] == "/debtor"


def test_an_account_of_a_debtor_who_is_not_of_the_case_is_unknown_there(court, bank):
    debtor, stranger = court.registers_debtor(), court.registers_debtor()
    body = court.order_body(court.opens_case(debtor), debtor, court.registers_account(stranger))
    assert court.clerk.refused("POST", "/orders", 404, json=body)["errors"][0]["pointer"] == "/accounts/0"
    body = court.order_body(court.opens_case(debtor), stranger, court.registers_account(stranger))
    assert court.clerk.refused("POST", "/orders", 404, json=body)["errors"][0]["pointer"] == "/debtor"


def test_lists_hold_only_what_is_the_courts_own(court, other_court, things):
    for path, name in (("/cases", "cases"), ("/orders", "orders"), ("/proposals", "proposals"), ("/alerts", "alerts")):
        mine = {one["id"] for one in court.auditor.get(path, limit=200)[name]}
        theirs = {one["id"] for one in other_court.auditor.get(path, limit=200)[name]}
        assert not mine & theirs


def test_two_courts_may_freeze_the_same_account_and_see_their_own_orders_only(court, other_court, bank):
    id_number, number = "330203197001019999", new_account_number()
    orders = {}
    for house in (court, other_court):
        debtor = house.registers_debtor(id_number=id_number)
        account = house.registers_account(debtor, account=number)
        orders[house.code] = house.serves_order(house.opens_case(debtor), debtor, account)
        bank.accepts(orders[house.code], account=number)
    for house in (court, other_court):
        shown = house.auditor.get(f"/accounts/{account}")
        assert [one["id"] for one in shown["orders"]] == [orders[house.code]]
        position = house.auditor.get(f"/accounts/{account}/position")
        assert position["pool"]["quota_left"] == "120000.00"
