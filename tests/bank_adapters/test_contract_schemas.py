"""The marshmallow schemas, and so the OpenAPI document, accept and refuse what the reader does."""

import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from bank_adapters.contract import ANSWERS, CALLS, EVENTS, NOTICES, EventInvalid, Events, MessageInvalid, Problem
from bank_adapters.contract.message import ObjectOf, layout, one_of, type_of
from bank_adapters.contract.schemas import describe_one_of, schema_of
from tests.support.examples import DOCUMENTS, example

MESSAGES = {message.type: message for message in (*CALLS, Events, *EVENTS, *ANSWERS, *NOTICES)}
EXAMPLES = [*DOCUMENTS, *(event for document in DOCUMENTS for event in document.get("events", []))]


def message_of(document: dict) -> type:
    return MESSAGES.get(document["type"], Problem)


def reader_accepts(message: type, document: object) -> bool:
    kind = ObjectOf(message) if type_of(message) is None else one_of(message)
    try:
        value = kind.read(document)
    except MessageInvalid:
        return False
    return not any(isinstance(event, EventInvalid) for event in getattr(value, "events", ()))


def schema_accepts(message: type, document: object) -> bool:
    try:
        schema_of(message)().load(document)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("document", EXAMPLES, ids=lambda document: document["type"])
def test_schema_accepts_the_example(document):
    assert schema_of(message_of(document))().validate(document) == {}


ODD_VALUES = (
    None, True, 0, 1, -1, 7.0, 2**53, [], {}, [None], "", " ", "x", "1.00", "0.00", "-1.00", "1.00\n", "1.001",
    "1.00001", "１００", "CNY", "cny", "2026-03-10T10:05:10+08:00", "2026-03-10T10:05:10", "2026-02-30T10:05:10Z",
    "2026-03-10T10:05+08:00", "20260310T100510Z", "2026-03-10T10:05:10Z\n", "accepted", "refused", "paid",
    "counter", "demo-bank", "livefreeze", "a\u202eb", "a" * 65, "a" * 201, "a" * 501, "6222020000001234567",
    "frz_01kkb4n6d7f8g9h0j1k2m3n4p5", "events", "credit.posted",
)


@st.composite
def changed_documents(draw) -> tuple[type, object]:
    """An example with a few values replaced, left out or added, at any depth."""
    original = draw(st.sampled_from(EXAMPLES))

    def changed(value: object) -> object:
        fate = draw(st.integers(0, 19))
        if fate == 0:
            return draw(st.sampled_from(ODD_VALUES))
        if isinstance(value, dict):
            kept = {name: changed(item) for name, item in value.items() if draw(st.integers(0, 19))}
            return kept if fate > 1 else {**kept, draw(st.sampled_from(["why", "amount", "currency", "x"])): "1.00"}
        if isinstance(value, list):
            return [changed(item) for item in value]
        return value

    return message_of(original), changed(original)


@given(changed_documents())
def test_schema_and_reader_agree(case):
    message, document = case
    assert schema_accepts(message, document) == reader_accepts(message, document)


@pytest.mark.parametrize(
    ("message", "field"),
    [pytest.param(message, field.name, id=f"{type_} {field.name}")
     for type_, message in MESSAGES.items() for field in layout(message)],
)
def test_schema_and_reader_agree_on_each_field(message, field):
    documents = [example(message.type, **{field: value}) for value in (..., *ODD_VALUES)]
    assert [schema_accepts(message, document) for document in documents] == [
        reader_accepts(message, document) for document in documents
    ]


def document_of(*messages: type) -> dict:
    plugin = MarshmallowPlugin()
    spec = APISpec("livefreeze", "1", "3.1.0", plugins=[plugin])
    plugin.converter.add_attribute_function(describe_one_of)
    for message in messages:
        spec.components.schema(message.__name__, schema=schema_of(message))
    return spec.to_dict()["components"]["schemas"]


def test_document_lists_the_kinds_of_event():
    events = document_of(Events)["Events"]["properties"]["events"]
    assert (events["minItems"], events["maxItems"]) == (1, 5_000)
    assert list(events["items"]["discriminator"]["mapping"]) == [event.type for event in EVENTS]
    assert {"$ref": "#/components/schemas/CreditPosted"} in events["items"]["oneOf"]


def test_document_publishes_pattern_length_words_and_meaning():
    properties = document_of(CALLS[0])["WithdrawalAuthorise"]["properties"]
    assert properties["amount"]["pattern"] == r"^(?=[0.]*[1-9])(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$"
    assert properties["reference"]["maxLength"] == 64
    assert properties["reference"]["description"] == "the bank's own name for this withdrawal, used only once"
    assert properties["channel"]["enum"] == ["counter", "cash_machine", "card", "transfer", "app"]
    assert properties["type"]["enum"] == ["withdrawal.authorise"]


@pytest.mark.parametrize("message", [*MESSAGES.values(), Problem], ids=lambda message: message.__name__)
def test_document_refuses_unknown_fields_and_says_what_each_message_is_for(message):
    described = document_of(message)[message.__name__]
    assert described["additionalProperties"] is False
    assert message.__doc__
