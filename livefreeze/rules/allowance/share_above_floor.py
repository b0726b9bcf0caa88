"""The lesser of a share of the pay and what is above so many hours of the minimum wage; support apart."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.rules import dated, exact, facts, fields, pools
from livefreeze.rules.allowance.free_amount import frequency_of
from livefreeze.rules.allowance.registry import Case, Line, Method, Taking, register

DECIMALS_MAX = 8


class Parameters(NamedTuple):
    """The law of the limits; see docs/rules.md, `share_above_floor`."""

    wages: dated.Values  # the minimum wage of an hour
    hours: Fraction  # of it that a week must leave
    share: Fraction
    weeks: Mapping[str, Fraction]  # in a pay of each frequency
    decimals: int | None  # to which the weeks of an odd number of days are rounded; None: exact
    floor_to_minor: Any  # how the floor is rounded; None: not
    support: Fraction  # of the pay, for support
    support_other_family: Fraction  # where another family is supported
    support_arrears: Fraction  # more, where the debtor is far behind


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read wages, hours, weeks and shares. Raises Problem."""
    required = ("method", "values", "hours", "share", "weeks", "support")
    found = fields.members(document, pointer, required=required, optional=("weeks_decimals", "floor_rounding"))
    weeks = fields.members(found["weeks"], f"{pointer}/weeks", required=(), optional=facts.FREQUENCIES)
    keys = ("share", "with_other_family", "arrears_more")
    support = fields.members(found["support"], f"{pointer}/support", required=keys)
    decimals = found.get("weeks_decimals")
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= DECIMALS_MAX):
        reason = f"This must be a whole number from 0 to {DECIMALS_MAX}."
        raise fields.invalid(f"{pointer}/weeks_decimals", reason, f"此处须为 0 至 {DECIMALS_MAX} 的整数。")
    rounding = found.get("floor_rounding")
    if rounding is not None:
        fields.choice(rounding, f"{pointer}/floor_rounding", tuple(exact.ROUNDINGS))
    return Parameters(
        dated.read(
            found["values"],
            f"{pointer}/values",
            lambda entry, place: fields.amount(entry["amount"], f"{place}/amount", currency),
            required=("amount",),
        ),
        exact.number(found["hours"], f"{pointer}/hours"),
        exact.share(found["share"], f"{pointer}/share"),
        {key: exact.number(value, f"{pointer}/weeks/{key}") for key, value in weeks.items()},
        decimals,
        exact.ROUNDINGS.get(rounding),
        *(exact.share(support[key], f"{pointer}/support/{key}") for key in keys),
    )


def award(parameters: Parameters, case: Case) -> Taking:
    """The limit of each kind of order; what earlier ones took counts against the later ones' limits."""
    orders = case.facts.orders or ()
    limits = {kind: _limit(parameters, case, kind) for kind in {order.kind for order in orders} or {"ordinary"}}
    shares = pools.share_in_turn(orders, lambda order, taken: limits[order.kind] - taken)
    return Taking(max(limits.values()), shares)


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """The floor, then the limit of each kind of order."""
    source = parameters.wages.on(case.on).source
    kinds = sorted({order.kind for order in case.facts.orders or ()} or {"ordinary"})
    lines = [Line("minimum wage of an hour", parameters.wages.on(case.on).value, source)]
    if "ordinary" in kinds:
        lines.append(Line("must stay of this pay", _floor(parameters, case), source))
        lines.append(Line(f"{parameters.share} of the pay", case.base_minor * parameters.share, source))
    return lines + [Line(f"limit of {kind} orders", _limit(parameters, case, kind), source) for kind in kinds]


def _limit(parameters: Parameters, case: Case, kind: str) -> int:
    """The most that orders of a kind may take of this pay; never above the law's limit, so rounded down."""
    if kind in ("tax", "bankruptcy"):
        return case.base_minor
    if kind == "support":
        found = case.facts
        share = parameters.support_other_family if found.supports_other_family else parameters.support
        share += parameters.support_arrears if found.arrears_over_12_weeks else 0
        return exact.down(case.base_minor * min(share, Fraction(1)))
    excess = exact.down(max(Fraction(0), case.base_minor - _floor(parameters, case)))
    return min(exact.down(case.base_minor * parameters.share), excess)


def _floor(parameters: Parameters, case: Case) -> Fraction:
    floor = parameters.wages.on(case.on).value * parameters.hours * _weeks(parameters, case)
    return floor if parameters.floor_to_minor is None else Fraction(parameters.floor_to_minor(floor))


def _weeks(parameters: Parameters, case: Case) -> Fraction:
    """Weeks in the pay: by its frequency, else by its days."""
    if case.facts.pay_frequency is not None or case.facts.pay_period is None:
        return parameters.weeks[frequency_of(case, tuple(parameters.weeks))]
    weeks = Fraction((case.facts.pay_period.end - case.facts.pay_period.start).days, 7)
    if parameters.decimals is None:
        return weeks
    unit = 10**parameters.decimals
    return Fraction(exact.half_up(weeks * unit), unit)


register("share_above_floor", Method(read, award=award, explain=explain, is_wage=True))
