"""The facts of one debtor for which a rule is evaluated, read strictly from their JSON document."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.base import money
from livefreeze.base.errors import Problem
from livefreeze.rules import exact, fields

ROW_COUNT_MAX = 5000
YEARS = (1900, 2999)
DEPENDANT_COUNT_MAX = 100
KINDS = ("ordinary", "support", "tax", "bankruptcy")
FREQUENCIES = ("daily", "weekly", "biweekly", "semimonthly", "monthly", "yearly")
SOURCES = ("salary", "pension", "benefit", "maintenance", "other")
EXTRA_PAYS = ("none", "in_period", "spread")


class Account(NamedTuple):
    """One account; the balance may lie below nothing."""

    account: str
    balance_minor: int
    is_allowance_account: bool


class Order(NamedTuple):
    """One order: what it may still take, from which accounts, and what the law asks of it."""

    order: str
    rank: int
    quota_left_minor: int
    served_on: date | None
    made_on: date | None  # where not given, the day of service
    kind: str
    accounts: frozenset[str] | None  # None covers them all
    claim: str | None  # orders of one claim share one ceiling
    is_stayed: bool


class Rest(NamedTuple):
    """What an earlier period left unused."""

    period_start: date
    amount_minor: int


class Income(NamedTuple):
    """Money that came in."""

    day: date
    amount_minor: int
    source: str
    account: str | None


class PayPeriod(NamedTuple):
    """The days of one pay; the end is the first day after it."""

    start: date
    end: date


class Facts(NamedTuple):
    """All that a rule may look at; None where the document does not say. Amounts in minor units."""

    currency: str
    on: date | None
    accounts: tuple[Account, ...] | None
    orders: tuple[Order, ...] | None  # by rank, equals by name
    allowance_used_minor: int
    carried_over: tuple[Rest, ...]
    dependants: int
    pay_frequency: str | None
    pay_period: PayPeriod | None
    disposable_earnings_minor: int | None
    incomes: tuple[Income, ...] | None
    supports_other_family: bool
    arrears_over_12_weeks: bool
    extra_pay: str
    court_reduction: Fraction
    local_standard_minor: int | None


_KEYS = (
    "on", "accounts", "orders", "allowance_used", "carried_over", "dependants", "pay_frequency", "pay_period",
    "disposable_earnings", "incomes", "supports_other_family", "arrears_over_12_weeks", "extra_pay",
    "court_reduction", "local_standard",
)  # fmt: skip


def parse(document: object) -> Facts:
    """Read facts. Raises Problem naming the first field that is missing, unknown or wrong."""
    found = fields.members(document, "", required=("currency",), optional=_KEYS)
    currency = fields.currency(found["currency"], "/currency")

    def given(key: str, read: Callable[[Any, str], Any], default: Any = None) -> Any:
        return read(found[key], f"/{key}") if key in found else default

    def amount(value: object, pointer: str) -> int:
        return fields.amount(value, pointer, currency)

    accounts = given("accounts", lambda value, pointer: _accounts(value, pointer, currency))
    names = None if accounts is None else {account.account for account in accounts}
    return Facts(
        currency=currency,
        on=given("on", day),
        accounts=accounts,
        orders=given("orders", lambda value, pointer: _orders(value, pointer, amount, names)),
        allowance_used_minor=given("allowance_used", amount, 0),
        carried_over=given("carried_over", lambda value, pointer: _rests(value, pointer, amount), ()),
        dependants=given("dependants", _dependants, 0),
        pay_frequency=given("pay_frequency", lambda value, pointer: fields.choice(value, pointer, FREQUENCIES)),
        pay_period=given("pay_period", _pay_period),
        disposable_earnings_minor=given("disposable_earnings", amount),
        incomes=given("incomes", lambda value, pointer: _incomes(value, pointer, amount)),
        supports_other_family=given("supports_other_family", _boolean, False),
        arrears_over_12_weeks=given("arrears_over_12_weeks", _boolean, False),
        extra_pay=given("extra_pay", lambda value, pointer: fields.choice(value, pointer, EXTRA_PAYS), "none"),
        court_reduction=given("court_reduction", exact.share, Fraction(0)),
        local_standard_minor=given("local_standard", amount),
    )


def day(value: object, pointer: str) -> date:
    """A day of 1900 to 2999, so that the periods around it have days too. Raises Problem."""
    return within_reach(fields.calendar_day(value, pointer), pointer)


def within_reach(found: date, pointer: str) -> date:
    """The day, if a law of our time can reach it. Raises Problem."""
    if not YEARS[0] <= found.year <= YEARS[1]:
        reason = f"This must be a day of the years {YEARS[0]} to {YEARS[1]}."
        raise fields.invalid(pointer, reason, f"日期须在 {YEARS[0]} 年至 {YEARS[1]} 年之间。")
    return found


def needed(facts: Facts, key: str) -> Any:
    """What the method cannot do without: `"local_standard"`. Raises Problem naming it where it is missing."""
    value = getattr(facts, key, None) if hasattr(facts, key) else getattr(facts, f"{key}_minor")
    if value is None:
        raise Problem("FIELD_MISSING", f"/{key}")
    return value


def _accounts(value: object, pointer: str, currency: str) -> tuple[Account, ...]:
    rows = []
    for place, row in _rows(value, pointer, required=("account", "balance"), optional=("allowance_account",)):
        try:
            balance = money.parse_signed(row["balance"], currency)
        except Problem as problem:
            raise problem.at(f"{place}/balance") from None
        marked = _boolean(row.get("allowance_account", False), f"{place}/allowance_account")
        rows.append(Account(fields.text(row["account"], f"{place}/account"), balance, marked))
    _refuse_twice([row.account for row in rows], pointer, "account")
    if sum(row.is_allowance_account for row in rows) > 1:
        raise fields.invalid(
            pointer, "Mark one account only as the allowance account.", "只能标记一个账户为生活费账户。"
        )
    return tuple(sorted(rows))


def _orders(
    value: object, pointer: str, amount: Callable[[object, str], int], names: set[str] | None
) -> tuple[Order, ...]:
    optional = ("settled", "in_transit", "served_on", "kind", "made_on", "accounts", "claim", "stayed")
    rows = []
    for place, row in _rows(value, pointer, required=("order", "rank", "quota"), optional=optional):
        if type(row["rank"]) is not int or not 1 <= row["rank"] <= 1_000_000:
            raise fields.invalid(f"{place}/rank", "This must be a whole number from 1 on.", "此处须为自 1 起的整数。")
        spent = sum(amount(row[key], f"{place}/{key}") for key in ("settled", "in_transit") if key in row)
        served, made = (
            day(row[key], f"{place}/{key}") if key in row else None for key in ("served_on", "made_on")
        )
        rows.append(
            Order(
                order=fields.text(row["order"], f"{place}/order"),
                rank=row["rank"],
                quota_left_minor=max(0, amount(row["quota"], f"{place}/quota") - spent),
                served_on=served,
                made_on=made or served,
                kind=fields.choice(row.get("kind", "ordinary"), f"{place}/kind", KINDS),
                accounts=_covered(row["accounts"], f"{place}/accounts", names) if "accounts" in row else None,
                claim=fields.text(row["claim"], f"{place}/claim") if "claim" in row else None,
                is_stayed=_boolean(row.get("stayed", False), f"{place}/stayed"),
            )
        )
    _refuse_twice([row.order for row in rows], pointer, "order")
    return tuple(sorted(rows, key=lambda row: (row.rank, row.order)))


def _covered(value: object, pointer: str, names: set[str] | None) -> frozenset[str]:
    if not isinstance(value, list):
        raise fields.invalid(pointer, "This must be a list of accounts.", "此处须为账户列表。")
    covered = [fields.text(name, f"{pointer}/{index}") for index, name in enumerate(value)]
    for index, name in enumerate(covered):
        if names is not None and name not in names:
            raise fields.invalid(
                f"{pointer}/{index}", "This is none of the accounts of these facts.", "此账户不在所列账户之中。"
            )
    return frozenset(covered)


def _rests(value: object, pointer: str, amount: Callable[[object, str], int]) -> tuple[Rest, ...]:
    return tuple(
        sorted(
            Rest(
                day(row["period_start"], f"{place}/period_start"),
                amount(row["amount"], f"{place}/amount"),
            )
            for place, row in _rows(value, pointer, required=("period_start", "amount"))
        )
    )


def _incomes(value: object, pointer: str, amount: Callable[[object, str], int]) -> tuple[Income, ...]:
    rows = _rows(value, pointer, required=("date", "amount", "source"), optional=("account",))
    return tuple(
        Income(
            day(row["date"], f"{place}/date"),
            amount(row["amount"], f"{place}/amount"),
            fields.choice(row["source"], f"{place}/source", SOURCES),
            fields.text(row["account"], f"{place}/account") if "account" in row else None,
        )
        for place, row in rows
    )


def _pay_period(value: object, pointer: str) -> PayPeriod:
    found = fields.members(value, pointer, required=("start", "end"))
    start, end = (day(found[key], f"{pointer}/{key}") for key in ("start", "end"))
    if end <= start:
        reason = "The end is the first day after the pay and must lie after its start."
        raise fields.invalid(f"{pointer}/end", reason, "截止日（不含）须晚于起始日。")
    return PayPeriod(start, end)


def _dependants(value: object, pointer: str) -> int:
    if type(value) is not int or not 0 <= value <= DEPENDANT_COUNT_MAX:
        reason = f"This must be a whole number from 0 to {DEPENDANT_COUNT_MAX}."
        raise fields.invalid(pointer, reason, f"此处须为 0 至 {DEPENDANT_COUNT_MAX} 的整数。")
    return value


def _boolean(value: object, pointer: str) -> bool:
    if type(value) is not bool:
        raise fields.invalid(pointer, "This must be true or false.", "此处须为 true 或 false。")
    return value


def _rows(value: object, pointer: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> list:
    if not isinstance(value, list):
        raise fields.invalid(pointer, "This must be a list.", "此处须为列表。")
    if len(value) > ROW_COUNT_MAX:
        raise Problem("LIST_TOO_LONG", pointer, count_max=ROW_COUNT_MAX)
    places = [(f"{pointer}/{index}", row) for index, row in enumerate(value)]
    return [(place, fields.members(row, place, required=required, optional=optional)) for place, row in places]


def _refuse_twice(names: list[str], pointer: str, key: str) -> None:
    seen = set()
    for index, name in enumerate(names):
        if name in seen:
            raise fields.invalid(f"{pointer}/{index}/{key}", "This name stands twice.", "此名称重复。")
        seen.add(name)
