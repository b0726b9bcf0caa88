"""The official tables of § 850c ZPO: every cell at both its ends, for each number of dependants."""

import json
from datetime import date
from pathlib import Path

import pytest

from livefreeze.base.money import format_amount
from livefreeze.rules import evaluation, facts, law

PATH = Path(__file__).parents[1] / "cases" / "de_850c_tables.json"
TABLES = json.loads(PATH.read_text("utf-8"))["tables"]


def attachable(table, net, dependants, day):
    document = {
        "currency": "EUR",
        "dependants": dependants,
        "pay_frequency": table["period"],
        "disposable_earnings": net,
    }
    found = evaluation.evaluate(law.preset("de-850c"), facts.parse(document), date.fromisoformat(day))
    return format_amount(found.attachable_minor, "EUR")


def cells(table):
    for net_from, net_to, *amounts in table["rows"]:
        for dependants, amount in enumerate(amounts):
            yield (net_from, dependants, table["valid_from"], amount)
            yield (net_to, dependants, table["valid_from"], amount)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table['valid_from']} {table['period']}")
def test_every_cell(table):
    wrong = [cell for cell in cells(table) if attachable(table, *cell[:3]) != cell[3]]
    assert wrong == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table['valid_from']} {table['period']}")
def test_a_sixth_dependant_counts_no_more(table):
    net_from, _, *amounts = table["rows"][-1]
    assert attachable(table, net_from, 6, table["valid_from"]) == amounts[5]
