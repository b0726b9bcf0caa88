"""Prove that the audit chains were not altered."""

import json
from pathlib import Path

import click

from livefreeze.cli.answering import Answer, Refused, command, opened
from livefreeze.cli.progress import Bar
from livefreeze.flows import audit_check
from livefreeze.flows.audit_check import Receipt


@click.group()
def audit() -> None:
    """Verify the audit chains.

    \b
    Example:
      livefreeze audit verify
    """


@command("verify", audit)
@click.option("--receipts", "receipt_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help='A file of receipts that banks kept, one a line: {"chain": …, "seq": …, "hash": …}.')
def verify(receipt_file: Path | None) -> Answer:
    """Recompute every chain from the database, and hold it against the receipts in others' hands.

    \b
    Example:
      livefreeze audit verify --receipts receipts.jsonl
    """
    receipts = [] if receipt_file is None else _read(receipt_file)
    opened()
    with Bar("Verifying audit chains") as bar:
        report = audit_check.verify(receipts, told=bar)
    document = {"chains": report.chains, "events": report.events, "receipts": len(receipts),
                "mistakes": list(report.mistakes)}
    if report.mistakes:
        return Answer("\n".join(report.mistakes), document, is_good=False)
    held = f", {len(receipts)} receipts fit" if receipts else ""
    return Answer(f"{report.chains} chains with {report.events} events are whole{held}.", document)


def _read(path: Path) -> list[Receipt]:
    receipts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found = json.loads(line)
            found = found.get("audit", found)  # the receipt itself, or a whole answer that carries it
            receipts.append(Receipt(str(found["chain"]), int(found["seq"]), str(found["hash"])))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refused(f"{path}, line {number}: not a receipt with chain, seq and hash.") from None
    return receipts
