"""What the story says: English and Chinese side by side, tables of figures, checks. Plain text where no terminal is."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.cells import set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livefreeze.demo.figures import Check, Figures, Row, amount_text
from livefreeze.demo.wrapping import wrap

WIDTH_IN_A_LOG = 118
WIDTH_MAX = 150
GAP, INDENT = 3, 2

_COLUMNS = {
    "balance_minor": "Balance\n余额",
    "spendable_minor": "Spendable\n可支取",
    "allowance_left_minor": "Allowance left\n生活费余额",
    "surplus_minor": "Surplus\n盈余",
    "in_transit_minor": "In transit\n划转在途",
    "quota_left_minor": "Quota left\n冻结限额余额",
}
# Narrower, so that it fits eighty columns beside what happened.
_COLUMNS_OF_HISTORY = {
    "balance_minor": "\n\nBalance\n余额",
    "spendable_minor": "\n\nSpendable\n可支取",
    "allowance_left_minor": "Allowance\nleft\n生活费\n余额",
    "surplus_minor": "\n\nSurplus\n盈余",
    "quota_left_minor": "Quota\nleft\n冻结限额\n余额",
}


class Screen:
    """A terminal, or whatever the output goes to."""

    def __init__(self, console: Console) -> None:
        self._console = console
        console.width = min(console.width, WIDTH_MAX) if console.is_terminal else WIDTH_IN_A_LOG

    def scene(self, when: datetime, title: str, title_zh: str) -> None:
        """The heading of a scene."""
        self._console.print()
        self._console.rule(Text(f"{when:%Y-%m-%d %H:%M}  {title}  {title_zh}", "bold"), align="left", style="cyan")

    def say(self, english: str, chinese: str) -> None:
        """One sentence in both languages."""
        self._side_by_side(english, chinese)

    def refused(self, english: str, chinese: str) -> None:
        """A sentence of somebody who says no."""
        self._side_by_side(english, chinese, style="yellow")

    def steps(self, steps: Iterable[dict]) -> None:
        """How an answer came about, step by step, with amounts as the service gave them."""
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column()
        table.add_column()
        table.add_column(justify="right")
        for step in steps:
            table.add_row(step["step"], step["step_zh"], step["amount"] or "", style="dim")
        self._console.print(_indented(table))

    def figures(self, figures: Figures) -> None:
        """Where the account stands after a scene."""
        table = _table(_COLUMNS.values())
        table.add_row(*_cells(figures, _COLUMNS))
        self._console.print(_indented(table))

    def history(self, rows: Sequence[Row]) -> None:
        """The whole story as one table."""
        self.heading("The story in one table", "一览表")
        table = _table(_COLUMNS_OF_HISTORY.values(), before="\n\nWhen and what\n时间、事项")
        for row in rows:
            what = Text(f"{row.when}  {row.what}\n{row.what_zh}", overflow="fold")
            table.add_row(what, *_cells(row.figures, _COLUMNS_OF_HISTORY))
        self._console.print(table)

    def checks(self, checks: Iterable[Check]) -> None:
        """Each check with its mark and what was found."""
        self.heading("Checks", "核对")
        table = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(4):
            table.add_column(overflow="fold")
        for check in checks:
            mark = Text("✓", "bold green") if check.is_met else Text("✗", "bold red")
            table.add_row(mark, check.name, check.name_zh, Text(check.found, "dim"))
        self._console.print(table)

    def addresses(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """What to open and type now: heading in both languages, and a line that can be copied."""
        self.heading("Still up. Ctrl-C ends everything", "系统仍在运行，按 Ctrl-C 结束")
        for english, chinese, line in entries:
            self._console.print(Text(f"{english}  {chinese}", "bold"))
            self._console.print(Text(f"  {line}"), soft_wrap=True)  # a copied command must stay one line

    def failed(self, message: str) -> None:
        """Why it goes no further."""
        self._console.print()
        self._console.print(Text("✗ Stopped here.  已在此中止。", "bold red"))
        self._console.print(Text(message), soft_wrap=True)

    def busy(self, english: str, chinese: str) -> AbstractContextManager:
        """Shows that something is going on, for as long as the block lasts."""
        return self._console.status(f"{english}  {chinese}")

    def heading(self, english: str, chinese: str) -> None:
        """A line that begins a part."""
        self._console.print()
        self._console.rule(Text(f"{english}  {chinese}", "bold"), align="left", style="cyan")

    def _side_by_side(self, english: str, chinese: str, *, style: str = "") -> None:
        width = self._console.width - GAP
        widths = width * 5 // 9, width * 4 // 9  # Chinese says the same in less room
        columns = wrap(english, widths[0]), wrap(chinese, widths[1])
        for left, right in zip_longest(*columns, fillvalue=""):
            line = f"{set_cell_size(left, widths[0] + GAP)}{right}" if right else left
            self._console.print(Text(line, style), soft_wrap=True)


def speak_any_language() -> None:
    """A terminal that cannot show Chinese gets question marks, not an error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")


def _table(headings: Iterable[str], *, before: str | None = None) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="", pad_edge=False)
    if before is not None:
        table.add_column(before)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _cells(figures: Figures, columns: Iterable[str]) -> list[str]:
    return [amount_text(getattr(figures, name)) for name in columns]


def _indented(table: Table) -> Table:
    grid = Table.grid(padding=(0, 0, 0, INDENT))
    grid.add_row(table)
    return grid
