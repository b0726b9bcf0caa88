"""The published JSON Schema is the one of the code, and knows every key of every preset."""

import json
from pathlib import Path

import pytest

from livefreeze.rules import document, law, schema

PATH = Path(__file__).parents[2] / "docs" / "rule.schema.json"


def test_the_published_schema_is_that_of_the_code():
    assert json.loads(PATH.read_text("utf-8")) == schema.document()


def keys_of(written, known):
    """The keys of a method's document that its schema does not know."""
    unknown = written.keys() - known["properties"].keys()
    missing = set(known["required"]) - written.keys()
    return unknown | missing


@pytest.mark.parametrize("name", law.preset_names())
def test_a_preset_has_the_keys_of_the_schema(name):
    written, known = document.documents()[name], schema.document()
    methods = {row["properties"]["method"]["const"]: row for row in known["$defs"]["method"]["oneOf"]}
    assert keys_of(written, known) == set()
    assert keys_of(written["allowance"], methods[written["allowance"]["method"]]) == set()
