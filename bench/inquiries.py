"""`python -m bench.inquiries`: do dead and slow banks hold up the answers of the healthy ones?"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.crash import many_banks

RATIO_MAX = 1.5
WITHIN_S = 600
SLOW_S = 5.0


def main() -> int:
    """Print the seconds of each round; 0 where the median ratio holds, 1 where it does not."""
    parser = argparse.ArgumentParser(prog="python -m bench.inquiries", description=__doc__)
    parser.add_argument("--banks", type=int, default=1_000, help="how many banks (default 1,000)")
    parser.add_argument("--dead", type=int, default=50, help="how many of them are not there (default 50)")
    parser.add_argument("--slow", type=int, default=50, help=f"how many take {SLOW_S:g} s to take over (default 50)")
    parser.add_argument("--rounds", type=int, default=2, help="how often the healthy are asked alone, then all")
    options = parser.parse_args()
    console, ratios = Console(width=100), []
    with tempfile.TemporaryDirectory(prefix="livefreeze-bench-") as name:
        folder = Path(name)
        shape = {"count": options.banks, "dead": options.dead, "slow": options.slow, "slow_s": SLOW_S}
        with many_banks.running(f"sqlite:///{folder / 'bench.db'}", folder, is_hasty=False, **shape) as many:
            many.worker.start()
            _ask(many, many.healthy)  # each sandbox bank makes its books when it is first addressed
            for number in range(1, options.rounds + 1):
                alone_s, together_s = _ask(many, many.healthy), _ask(many, None)
                ratios.append(together_s / alone_s)
                console.print(f"round {number}: {len(many.healthy)} healthy banks have answered after {alone_s:.1f} s "
                              f"alone, after {together_s:.1f} s beside {options.dead} dead and {options.slow} slow "
                              f"ones: × {ratios[-1]:.2f}")  # fmt: skip
    ratio = statistics.median(ratios)
    console.print(f"median × {ratio:.2f}, allowed are {RATIO_MAX}; no bank was asked twice", style="bold")
    return int(ratio > RATIO_MAX)


def _ask(many: many_banks.ManyBanks, only: list[str] | None) -> float:
    """Seconds until the healthy banks have answered; the slow ones, too, are waited for."""
    inquiry = many.ask(only=only)
    seconds = many.wait_for(inquiry, many.healthy, within_s=WITHIN_S)
    asked = many.healthy if only else many.healthy + many.slow
    many.wait_for(inquiry, asked, within_s=WITHIN_S)
    assert many.counted(inquiry) == dict.fromkeys(asked, 1), "a bank was asked twice, or never"
    return seconds


if __name__ == "__main__":
    sys.exit(main())
