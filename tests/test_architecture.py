"""The house rules of docs/architecture.md, kept by tests: rooms, bans, migrations, routes, reasons.

Each rule is a pure check over a file's path and source; below, each is shown to catch what it forbids.
"""

from pathlib import Path

import pytest

from livefreeze.app import create_app
from livefreeze.base import clock, master_keys
from livefreeze.base.access import ENDPOINTS, PUBLIC
from livefreeze.base.words import REASONS
from livefreeze.settings import Settings
from tests.support.architecture.bans import BANS, money_in_templates
from tests.support.architecture.rooms import wrong_imports
from tests.support.architecture.whole import migration_faults, reason_faults, reasons, unguarded_routes

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.py", "livefreeze/**/*.py", "bank_adapters/**/*.py", "migrations/**/*.py")
    for path in ROOT.glob(pattern)
)
RULES = (wrong_imports, *BANS)


def all_faults(path: str, source: str) -> list[str]:
    return [fault for rule in RULES for fault in rule(path, source)]


@pytest.mark.parametrize("path", FILES)
def test_file_keeps_the_rules(path):
    assert all_faults(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_migrations_form_one_chain():
    versions = (ROOT / "migrations" / "versions").glob("*.py")
    assert migration_faults({path.stem: path.read_text(encoding="utf-8") for path in versions}) == []


RULE_SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "livefreeze" / "rules").rglob("*.py")]
RULE_TESTS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "rules").rglob("*.py"))


@pytest.mark.parametrize("reason", [reason for source in RULE_SOURCES for reason in reasons(source)])
def test_reason_has_both_sentences_and_a_test(reason):
    assert reason_faults(reason, REASONS, RULE_TESTS) == []


def test_routes_and_the_table_of_who_may_call_them_agree(tmp_path):
    master_keys.create(tmp_path / "keys.json")
    app = create_app(Settings(
        environment="development", clock_file=tmp_path / "clock", demo_bar=True,  # for the demo's routes
        database_url=f"sqlite:///{tmp_path}/none.db", master_key_file=tmp_path / "keys.json",
    ))
    clock.set_clock_file(None)
    assert unguarded_routes((rule.endpoint for rule in app.url_map.iter_rules()), ENDPOINTS) == []


# --- each rule, broken on purpose

IMPORTS_THAT_ARE_WRONG = [
    ("bank_adapters/contract.py", "from livefreeze.base import money"),
    ("bank_adapters/contract.py", "import livefreeze"),
    ("bank_adapters/send.py", "from bank_adapters.sandbox import books"),
    ("bank_adapters/contract.py", "from .sandbox import books"),
    ("bank_adapters/signing.py", "import sqlalchemy"),
    ("bank_adapters/sandbox/bank.py", "from livefreeze.rules import position"),
    ("livefreeze/base/ids.py", "from livefreeze.rules import position"),
    ("livefreeze/base/ids.py", "from bank_adapters import signing"),
    ("livefreeze/base/ids.py", "from sqlalchemy import text"),
    ("livefreeze/base/access.py", "import flask"),
    ("livefreeze/rules/sweep.py", "from livefreeze.store import pools"),
    ("livefreeze/rules/sweep.py", "from livefreeze.base import clock"),
    ("livefreeze/rules/sweep.py", "from livefreeze import base"),
    ("livefreeze/rules/sweep.py", "from ..base import crypto"),
    ("livefreeze/rules/sweep.py", "from ..flows.sweep import run"),
    ("livefreeze/rules/sweep.py", "import logging"),
    ("livefreeze/rules/sweep.py", "from time import monotonic"),
    ("livefreeze/rules/sweep.py", "import random"),
    ("livefreeze/rules/sweep.py", "from flask import g"),
    ("livefreeze/rules/allowance/fixed.py", "def late():\n    import sqlite3"),
    ("livefreeze/analysis/salary.py", "from livefreeze.store import pools"),
    ("livefreeze/store/pools.py", "from livefreeze.flows import sweep"),
    ("livefreeze/store/pools.py", "from bank_adapters import contract"),
    ("livefreeze/store/queries/cases.py", "from livefreeze.web import court"),
    ("livefreeze/flows/sweep.py", "from livefreeze.web.court import sweeps"),
    ("livefreeze/flows/sweep.py", "from livefreeze import settings"),
    ("livefreeze/flows/sweep.py", "from sqlalchemy import select"),
    ("livefreeze/flows/sweep.py", "from sqlalchemy.exc import IntegrityError"),
    ("livefreeze/demo/story.py", "from sqlalchemy import Engine"),
    ("livefreeze/flows/sweep.py", "import psycopg"),
    ("livefreeze/flows/sweep.py", "import flask"),
    ("livefreeze/flows/sweep.py", "from bank_adapters.sandbox import bank"),
    ("livefreeze/flows/delivery.py", "import urllib3"),
    ("livefreeze/web/court/sweeps.py", "from livefreeze.store import pools"),
    ("livefreeze/web/court/sweeps.py", "from livefreeze.store.engine import reading"),
    ("livefreeze/web/court/sweeps.py", "from livefreeze.rules import sweep"),
    ("livefreeze/web/court/sweeps.py", "from livefreeze.worker import run"),
    ("livefreeze/web/court/sweeps.py", "from sqlalchemy import select"),
    ("livefreeze/web/bank/events.py", "import requests"),
    ("livefreeze/web/bank/events.py", "from http.client import HTTPConnection"),
    ("livefreeze/web/bank/events.py", "from urllib import request"),
    ("livefreeze/settings.py", "from livefreeze.store import engine"),
    ("livefreeze/app.py", "from livefreeze.store import pools"),
    ("livefreeze/app.py", "from livefreeze import worker"),
    ("livefreeze/app.py", "from apscheduler.schedulers.background import BackgroundScheduler"),
    ("livefreeze/worker.py", "from livefreeze.demo import story"),
    ("livefreeze/worker.py", "import socket"),
    ("livefreeze/cli.py", "from livefreeze.rules import position"),
    ("livefreeze/cli.py", "from livefreeze.store import pools"),
    ("livefreeze/demo/story.py", "from livefreeze.flows import withdrawal"),
    ("livefreeze/demo/story.py", "from bank_adapters.sandbox import books"),
    ("livefreeze/demo/story.py", "if True:\n    from livefreeze.store import engine"),
    ("migrations/versions/0003_more.py", "from livefreeze.rules import ledger"),
    ("wsgi.py", "from livefreeze.worker import run"),
    ("livefreeze/manager/utils.py", "import json"),  # a room that the table does not know
    ("livefreeze/__init__.py", "from livefreeze.app import create_app"),
]


@pytest.mark.parametrize(("path", "source"), IMPORTS_THAT_ARE_WRONG)
def test_a_wrong_import_is_caught(path, source):
    assert len(wrong_imports(path, source)) == 1


IMPORTS_THAT_ARE_RIGHT = [
    ("bank_adapters/send.py", "import socket, urllib3\nfrom bank_adapters.signing import verify"),
    ("bank_adapters/sandbox/bank.py", "import sqlite3\nfrom flask import Flask\nfrom bank_adapters import contract"),
    ("livefreeze/rules/sweep.py", "from livefreeze.base import money, errors\nfrom livefreeze.rules import position"),
    ("livefreeze/rules/sweep.py", "from . import position\nfrom ..base.money import format_amount"),
    ("livefreeze/store/pools.py", "from sqlalchemy import text\nfrom livefreeze.rules.position import PoolFacts"),
    ("livefreeze/flows/sweep.py", "from livefreeze.store import pools\nfrom bank_adapters import contract"),
    (
        "livefreeze/web/court/sweeps.py",
        "from livefreeze.flows import sweep\nfrom livefreeze.store.queries import cases",
    ),
    ("livefreeze/cli.py", "from bank_adapters.sandbox.commands import sandbox\nfrom livefreeze.demo import story"),
    ("livefreeze/flows/transaction.py", "from sqlalchemy import Connection, Engine"),
    ("livefreeze/__init__.py", ""),
]


@pytest.mark.parametrize(("path", "source"), IMPORTS_THAT_ARE_RIGHT)
def test_a_right_import_passes(path, source):
    assert all_faults(path, source) == []


DEEDS_THAT_ARE_WRONG = [
    ("livefreeze/flows/sweep.py", "from datetime import datetime\ndatetime.now()"),
    ("livefreeze/flows/sweep.py", "from datetime import UTC, datetime as dt\ndt.now(UTC)"),
    ("livefreeze/flows/sweep.py", "import datetime\ndatetime.datetime.utcnow()"),
    ("livefreeze/store/tables.py", "from datetime import datetime\ncolumn(default=datetime.now)"),  # handed over
    ("livefreeze/rules/period.py", "from datetime import date\ndate.today()"),
    ("livefreeze/worker.py", "import time\ntime.time()"),
    ("livefreeze/worker.py", "from time import time as seconds\nseconds()"),
    ("livefreeze/base/ids.py", "import time as t\nt.time_ns()"),
    ("bank_adapters/signing.py", "from datetime import datetime\ndatetime.now()"),
    ("bank_adapters/sandbox/books.py", "from datetime import datetime\ndatetime.now()"),
    ("livefreeze/rules/position.py", "share = amount_minor / 2"),
    ("livefreeze/rules/position.py", "amount_minor /= 2"),
    ("livefreeze/rules/allowance/fixed.py", "float(amount)"),
    ("livefreeze/rules/sweep.py", "amount_minor * 0.5"),
    ("livefreeze/rules/sweep.py", "round(amount_minor, -2)"),
    ("livefreeze/base/money.py", "float(text)"),
    ("livefreeze/base/money.py", "from operator import truediv\ntruediv(1, 2)"),
    ("livefreeze/store/pools.py", "connection.commit()"),
    ("livefreeze/flows/withdrawal.py", "connection.commit()"),
    ("livefreeze/flows/withdrawal.py", "with engine.begin() as connection:\n    pass"),
    ("livefreeze/flows/withdrawal.py", "from livefreeze.store import engine\nwith engine.writing(e):\n    pass"),
    ("livefreeze/worker.py", "from livefreeze.store.engine import writing\nwriting(e)"),
    ("livefreeze/flows/delivery.py", "connection.exec_driver_sql('COMMIT')"),
    ("livefreeze/flows/delivery.py", "connection.execution_options(isolation_level='AUTOCOMMIT')"),
    ("bank_adapters/send.py", "database.commit()"),
    ("livefreeze/demo/story.py", "connection.commit()"),
    ("livefreeze/flows/inbound.py", "import importlib\nimportlib.import_module('livefreeze.web')"),
    ("livefreeze/rules/document.py", "__import__('os')"),
    ("livefreeze/rules/document.py", "eval(text)"),
    ("livefreeze/web/court/console/cases.py", "left = claim.quota_minor - claim.settled_minor"),
    ("livefreeze/web/court/console/cases.py", "total_minor += 1"),
    ("livefreeze/web/debtor/home.py", "sum(row['amount_minor'] for row in rows)"),
]


@pytest.mark.parametrize(("path", "source"), DEEDS_THAT_ARE_WRONG)
def test_a_wrong_deed_is_caught_with_what_to_write_instead(path, source):
    faults = [fault for ban in BANS for fault in ban(path, source)]
    assert len(faults) == 1
    assert " -> write " in faults[0]


DEEDS_THAT_ARE_RIGHT = [
    ("livefreeze/base/clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("livefreeze/rules/document.py", "folder = files('livefreeze.rules') / 'presets'"),
    ("livefreeze/rules/position.py", "half = amount_minor // 2"),
    ("livefreeze/web/debtor/home.py", "text = amount_minor(row['amount_minor'], 'CNY') + ' …'"),
    ("livefreeze/worker.py", "import time\ntime.monotonic()"),
    ("livefreeze/worker.py", "pause_s = wait_ms / 1000"),
    ("livefreeze/store/pools.py", "with connection.begin_nested():\n    pass"),
    ("bank_adapters/sandbox/database.py", "connection.commit()"),
    ("livefreeze/flows/transaction.py", "from livefreeze.store import engine\nengine.writing(e)"),
]


@pytest.mark.parametrize(("path", "source"), DEEDS_THAT_ARE_RIGHT)
def test_a_right_deed_passes(path, source):
    assert [fault for ban in BANS for fault in ban(path, source)] == []


TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("livefreeze/web/templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_computes_no_amount(path):
    assert money_in_templates(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", [
    "{{ claim.quota_minor - claim.settled_minor }}", "{% set left = quota_minor - taken_minor %}",
    "{{ 2 * row.amount_minor }}", "{{ rows | map(attribute='amount_minor') | sum }}",
])
def test_arithmetic_on_an_amount_is_caught_in_a_template(source):
    assert len(money_in_templates("some.html", source)) == 1


def test_an_amount_may_be_shown_in_a_template():
    assert money_in_templates("some.html", "{{ row.amount_minor | amount_minor(row.currency) }} - {{ row.kind }}") == []


def test_a_route_that_nobody_thought_of_is_caught():
    assert unguarded_routes(["static", "court.sweep"], {"static": PUBLIC, "court.gone": PUBLIC}) == [
        "court.sweep: no entry -> say in base/access.py who may call it",
        "court.gone: no such route -> take it out of base/access.py",
    ]


FIRST = "revision = '0001_first'\ndown_revision = None"
SECOND = "revision = '0002_second'\ndown_revision = '0001_first'"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        pytest.param({"0001_first": FIRST, "0002_second": SECOND}, [], id="a chain"),
        pytest.param(
            {"0001_first": FIRST, "0002_second": SECOND, "0002_other": SECOND.replace("second", "other")},
            ["more than one head: 0002_other, 0002_second -> put one after the other"],
            id="two heads",
        ),
        pytest.param(
            {"1_first": FIRST},
            ["1_first: revision is 0001_first -> it is the file's name, which begins with four digits"],
            id="another name",
        ),
    ],
)
def test_migrations_that_do_not_form_a_chain_are_caught(sources, said):
    assert migration_faults(sources) == said


@pytest.mark.parametrize(
    ("sentences", "tests", "said"),
    [
        ({"TOO_LATE": ("Too late.", "太晚。")}, "TOO_LATE", None),
        ({}, "TOO_LATE", "no sentence"),
        ({"TOO_LATE": ("", "太晚。")}, "TOO_LATE", "no English sentence"),
        ({"TOO_LATE": ("太晚。", "太晚。")}, "TOO_LATE", "no English sentence"),
        ({"TOO_LATE": ("Too late.", "Too late.")}, "TOO_LATE", "no Chinese sentence"),
        ({"TOO_LATE": ("Too late.", "太晚。")}, "", "no test names it"),
    ],
)
def test_a_reason_without_words_or_test_is_caught(sentences, tests, said):
    faults = reason_faults("TOO_LATE", sentences, tests)
    assert [said in fault for fault in faults] == ([True] if said else [])


def test_reasons_are_found_in_the_enumerations_of_the_rules():
    source = "class Reason(StrEnum):\n    A = 'TOO_LATE'\n    B = 'lower_case'"
    assert reasons(source) == ["TOO_LATE"]
