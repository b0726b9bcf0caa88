"""One history of half a million lines: how long recognition takes, and how much memory at its peak."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from livefreeze.analysis.history import History, Line
from livefreeze.analysis.recognition import recognise

_FIRST = date(2023, 12, 1)
_DAYS = 1096


def lines(count: int) -> Iterator[Line]:
    """Lines of three years, each fifth a credit, nearly each with another name: the worst that grouping can meet."""
    for index in range(count):
        day = _FIRST + timedelta(days=index * _DAYS // count)
        if day.day == 10 and index * _DAYS % count < _DAYS:
            yield Line(day, 8000_00, "星河科技有限公司", None, "工资")
        elif index % 5 == 0:
            yield Line(day, 100 + index % 9000, f"付款人{index}", f"62{index:017d}", "转账")
        else:
            yield Line(day, -100 - index % 5000, f"商家{index}", None, f"消费 {index}")


def measured(count: int) -> str:
    """A sentence about one run in a process of its own."""
    command = [sys.executable, "-m", "tests.support.large_history", str(count)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main(count: int) -> None:
    """Recognise and print time and peak memory above what the process had before."""
    idle_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = recognise([History("acc1", "CNY", lines(count))])
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    above_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle_kib) // 1024
    payer = found.best.payer if found.best else "nobody"
    print(f"{found.line_count:,} lines: {payer} in {seconds:.1f} s of CPU, peak {above_mib} MiB above the idle process")


if __name__ == "__main__":
    main(int(sys.argv[1]))
