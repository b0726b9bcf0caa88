"""Values of the law with the days on which they hold: no value without source, no gap, no overlap."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from livefreeze.rules import fields

ROW_COUNT_MAX = 200


class Row(NamedTuple):
    """What is law between two days, both included."""

    valid_from: date
    valid_to: date | None  # None: until further notice
    source: str
    value: Any


class Values(NamedTuple):
    """Rows by their first day, one after the other without a gap; read through `on`."""

    rows: tuple[Row, ...]

    def on(self, day: date, pointer: str = "/on") -> Row:
        """The row that is law on this day. Raises Problem where none is."""
        for row in reversed(self.rows):
            if row.valid_from <= day:
                if row.valid_to is None or day <= row.valid_to:
                    return row
                break
        first, last = self.rows[0].valid_from, self.rows[-1].valid_to
        if day < first:
            known, known_zh = f"its first day is {first}", f"自 {first} 起有效"
        else:
            known, known_zh = f"its last day is {last}", f"有效期至 {last}"
        raise fields.invalid(
            pointer,
            f"The rule names no value for {day}: {known}. Give a day of the rule, or add the value.",
            f"规则未规定 {day} 的数值（{known_zh}），请更正日期或补充数值。",
        )


def read(
    document: object,
    pointer: str,
    read_value: Callable[[Mapping[str, Any], str], Any],
    *,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> Values:
    """Rows of `valid_from`, `valid_to`, `source` and the value's own keys. Raises Problem naming gap or overlap."""
    rows = []
    for index, entry in enumerate(fields.entries(document, pointer, count_max=ROW_COUNT_MAX)):
        place = f"{pointer}/{index}"
        found = fields.members(
            entry, place, required=("valid_from", "source", *required), optional=("valid_to", *optional)
        )
        valid_from = fields.calendar_day(found["valid_from"], f"{place}/valid_from")
        valid_to = found.get("valid_to")
        if valid_to is not None:
            valid_to = fields.calendar_day(valid_to, f"{place}/valid_to")
            if valid_to < valid_from:
                raise fields.invalid(
                    f"{place}/valid_to", "This must not lie before valid_from.", "截止日不得早于起始日。"
                )
        source = fields.text(found["source"], f"{place}/source")
        rows.append(Row(valid_from, valid_to, source, read_value(found, place)))
    rows.sort(key=lambda row: row.valid_from)
    _refuse_gaps(rows, pointer)
    return Values(tuple(rows))


def _refuse_gaps(rows: list[Row], pointer: str) -> None:
    for earlier, later in zip(rows, rows[1:], strict=False):
        day_before = later.valid_from - timedelta(days=1)
        if earlier.valid_to is None or earlier.valid_to > day_before:
            raise fields.invalid(
                pointer,
                f"Two values are law on {later.valid_from}; end the earlier one on {day_before}.",
                f"{later.valid_from} 有两个数值同时有效，请将前一数值的有效期截止于 {day_before}。",
            )
        if earlier.valid_to < day_before:
            raise fields.invalid(
                pointer,
                f"No value is law from {earlier.valid_to + timedelta(days=1)} to {day_before}; close the gap.",
                f"{earlier.valid_to + timedelta(days=1)} 至 {day_before} 无有效数值，请补足。",
            )
