"""`python -m bench.recognition`: how often the salary account and its payer are recognised, by pattern."""

import argparse

from rich.console import Console
from rich.table import Table

from livefreeze.base import clock
from tests.support import large_history
from tests.support.scoring import HIDDEN, Score, scores

RIGHT_PERCENT_MIN, FALSE_PERCENT_MAX = 97, 1
_COLUMNS = ("pattern", "histories", "right account", "right account and payer", "false account", "right payday")


def main() -> int:
    """Print the table; 0 where the bounds hold, 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.recognition", description=__doc__)
    parser.add_argument("--histories", type=int, default=1000, help="how many histories (default 1,000)")
    parser.add_argument("--seed", type=int, default=10, help="the generator's seed (default 10)")
    parser.add_argument("--lines", type=int, default=500_000, help="lines of the one large history, 0: none")
    parser.add_argument("--hide", choices=[*HIDDEN, "name"], action="append", default=[],
                        help="leave texts, marks, account numbers or the debtor's name out; may be given again")
    options = parser.parse_args()
    console, started = Console(width=120), clock.wall()
    by_pattern = scores(options.histories, options.seed, frozenset(options.hide))
    total = Score()
    table = Table(title=f"Recognition in {options.histories:,} histories, seed {options.seed}", title_justify="left")
    for heading in _COLUMNS:
        table.add_column(heading, justify="left" if heading == "pattern" else "right")
    for pattern in sorted(by_pattern):
        table.add_row(*_cells(pattern, by_pattern[pattern]))
        total.add(by_pattern[pattern])
    table.add_section()
    table.add_row(*_cells("all", total), style="bold")
    console.print(table)
    console.print(f"after {(clock.wall() - started).total_seconds():.0f} s, the generator's time included")
    if options.lines:
        console.print(large_history.measured(options.lines))
    is_right = total.right_payer * 100 >= RIGHT_PERCENT_MIN * total.count
    is_true = total.false_account * 100 <= FALSE_PERCENT_MAX * total.count
    return 0 if is_right and is_true else 1


def _cells(name: str, score: Score) -> list[str]:
    day = f"{score.right_day} of {score.with_day}" if score.with_day else ""
    return [name, f"{score.count:,}", f"{score.right_account:,}", _share(score.right_payer, score.count),
            _share(score.false_account, score.count), day]


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)"


if __name__ == "__main__":
    raise SystemExit(main())
