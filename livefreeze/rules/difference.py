"""In what two documents of a freeze rule differ, field by field; pages put it into words."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

#: Where fields stand in this order a person reads them best; others follow by name.
_ORDER = (
    "allowance",
    "period/anchor_day",
    "reserve",
    "channels",
    "sweep/day",
    "sweep/minimum",
    "stand_in_limit",
    "excess_share",
    "currency",
    "time_zone",
    "source",
)


class Difference(NamedTuple):
    """One field that differs: its path without the leading stroke, and its value before and after.

    The field is `allowance` where both rules have a fixed amount without an end, which is the usual case; amounts
    with dates differ as `allowance/2026-03-01`, each named by its first day. None: the field is not there, which in
    `stand_in_limit` means that there is no limit.
    """

    field: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs, in the order in which a person reads a rule. Neither document need be valid."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    if "allowance" not in old or "allowance" not in new:  # dated amounts are compared with dated amounts
        old, new = dict(_leaves(before, is_dated=True)), dict(_leaves(after, is_dated=True))
    changed = [field for field in {**old, **new} if old.get(field) != new.get(field)]
    return tuple(Difference(field, old.get(field), new.get(field)) for field in sorted(changed, key=_place))


def _place(field: str) -> tuple[int, str]:
    first = field.partition("/")[0]
    for index, name in enumerate(_ORDER):
        if field == name or first == name:
            return index, field
    return len(_ORDER), field


def _leaves(document: Mapping[str, Any], *, is_dated: bool = False) -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        if name == "allowance" and _is_fixed(value):
            yield from _fixed(value["amounts"], is_dated=is_dated)
        else:
            yield from _below(name, value)


def _below(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for name, member in value.items():
            yield from _below(f"{path}/{name}", member)
    elif path == "channels" and isinstance(value, list):
        yield path, sorted(value, key=str)  # in which order they stand means nothing
    else:
        yield path, value


def _is_fixed(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("method") == "fixed" and isinstance(value.get("amounts"), list)


def _fixed(rows: list[Mapping[str, Any]], *, is_dated: bool) -> Iterator[tuple[str, Any]]:
    if not is_dated and len(rows) == 1 and rows[0].get("valid_to") is None:
        yield "allowance", rows[0].get("amount")
        return
    for row in rows:
        day = row.get("valid_from")
        yield f"allowance/{day}", row.get("amount")
        yield f"allowance/{day}/valid_to", row.get("valid_to")
