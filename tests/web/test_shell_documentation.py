"""The OpenAPI document is a file that a person reviews, and the page that shows it asks nobody outside."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from bank_adapters.contract import NOTICES
from bank_adapters.contract.message import type_of
from livefreeze import app as web_process
from livefreeze.base.words import OF_PROGRAMS
from livefreeze.web import shell
from tests.support.examples import example

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "livefreeze" / "web" / "static"
DOCUMENT = json.loads(web_process.openapi_text())
OPERATIONS = [
    pytest.param(operation, id=f"{method} {path}")
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]


@pytest.fixture(scope="module")
def client():
    return shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=True).test_client()


def test_the_document_is_the_reviewed_one():
    reviewed = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert web_process.openapi_text() == reviewed, (
        "the API changed: run `make openapi`, read the difference, and commit it with the change"
    )


def test_the_document_is_served(client):
    answer = client.get("/openapi.json")
    assert answer.json == DOCUMENT
    assert answer.json["openapi"].startswith("3.1")


def test_the_document_names_every_problem():
    problem = DOCUMENT["components"]["schemas"]["Problem"]
    assert problem["properties"]["code"]["enum"] == sorted(OF_PROGRAMS)
    assert all(f"`{code}`" in problem["description"] for code in OF_PROGRAMS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_is_and_how_it_refuses(operation):
    assert operation["summary"] and operation["operationId"]
    refusals = {status: each for status, each in operation["responses"].items() if status >= "400"}
    assert "default" in refusals
    assert all(set(each["content"]) == {"application/problem+json"} for each in refusals.values())


@pytest.mark.parametrize("notice", NOTICES, ids=type_of)
def test_a_bank_reads_there_what_it_receives(notice):
    operation = DOCUMENT["webhooks"][type_of(notice)]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    described = DOCUMENT["components"]["schemas"][schema]
    assert set(example(type_of(notice))) <= set(described["properties"])
    assert operation["summary"] and "webhook-signature" in str(operation["parameters"])


def test_operation_ids_are_unique():
    operations = [*(each.values[0] for each in OPERATIONS), *(each["post"] for each in DOCUMENT["webhooks"].values())]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere():
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(DOCUMENT)):
        place = DOCUMENT
        for part in reference.split("/"):
            place = place[part]


def test_the_page_loads_only_what_lies_here(client):
    answer = client.get("/docs")
    loaded = re.findall(r'(?:src|href|data-document)="([^"]+)"', answer.text)
    assert len(loaded) == 7
    assert [client.get(address).status_code for address in loaded] == [200] * 7


def test_the_page_has_nothing_inline_and_its_policy_allows_nothing_inline(client):
    answer = client.get("/docs")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", answer.text) == []
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("library", ["swagger-ui", "htmx", "echarts"])
def test_the_vendored_files_are_those_that_were_reviewed(library):
    folder = STATIC / library
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    actual = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name not in ("SHA256SUMS", "README.md")
    }
    assert actual == sums
