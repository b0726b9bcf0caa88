"""The figures as a table for people and as a document for machines."""

import json
import platform
import statistics
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.rounds import Measured, Round

RESULTS = Path(__file__).with_name("results")


def show(console: Console, title: str, measured: Measured) -> None:
    """Print one table: a line a round, and the medians."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in ("round", "service /s", "reference /s", "ratio", "p50 ms", "p99 ms", "others' CPU"):
        table.add_column(heading, justify="right")
    for number, each in enumerate(measured.rounds, start=1):
        table.add_row(str(number), *_cells(each))
    table.add_section()
    table.add_row("median", *_medians(measured.rounds), style="bold")
    console.print(table)
    for name, pick in (("service", "service_cpu_us"), ("reference", "reference_cpu_us")):
        parts = _median_parts([getattr(each, pick) for each in measured.rounds])
        console.print(f"CPU of the {name}, µs each: " + ", ".join(f"{k} {v:,.0f}" for k, v in parts.items()))
    console.print(f"{measured.answered_ok:,} answers with 2xx, and as many approved withdrawals in the database.\n")


def write(started: datetime, options: dict, results: dict[str, Measured]) -> Path:
    """Write bench/results/<date>.json and return its path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{started:%Y-%m-%dT%H%M%SZ}.json"
    document = {
        "started_at": started.isoformat(), "python": platform.python_version(), "machine": platform.machine(),
        "options": options,
        "results": {
            name: {"ratio": measured.ratio, "answered_ok": measured.answered_ok,
                   "rounds": [asdict(each) | {"ratio": each.ratio} for each in measured.rounds]}
            for name, measured in results.items()
        },
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path


def _cells(each: Round) -> list[str]:
    return _formatted(each.service.per_s, each.reference.per_s, each.ratio, each.service.p50_ms, each.service.p99_ms,
                      each.others_cpu)


def _medians(rounds: list[Round]) -> list[str]:
    columns = zip(*((r.service.per_s, r.reference.per_s, r.ratio, r.service.p50_ms, r.service.p99_ms, r.others_cpu)
                    for r in rounds), strict=True)
    return _formatted(*map(statistics.median, columns))


def _formatted(service: float, reference: float, ratio: float, p50: float, p99: float, others: float) -> list[str]:
    return [f"{service:,.0f}", f"{reference:,.0f}", f"{ratio:.3f}", f"{p50:.1f}", f"{p99:.1f}", f"{others:.0%}"]


def _median_parts(parts: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(part[name] for part in parts) for name in parts[0]}
