"""A problem becomes the document of RFC 9457, with its field to blame and both languages."""

import pytest

from livefreeze.base.errors import (
    AmountInvalid,
    FieldError,
    MessageReused,
    NotDecided,
    Problem,
    as_document,
    invalid_fields,
)


def test_a_problem_without_a_field():
    assert as_document(MessageReused("msg_1")) == {
        "type": "urn:livefreeze:problem:message-reused",
        "title": "The id was used for other content",
        "title_zh": "编号已用于其他内容",
        "status": 409,
        "code": "MESSAGE_REUSED",
        "detail": "The id msg_1 came before with other content; give every new message or event a new id.",
        "detail_zh": "编号 msg_1 此前已用于不同内容，新的消息或事件请使用新编号。",
    }


def test_a_problem_that_blames_a_field():
    document = as_document(AmountInvalid(currency="JPY", digits=0).at("/claim/amount"))
    (field,) = document["errors"]
    assert (field["pointer"], field["code"]) == ("/claim/amount", "AMOUNT_INVALID")
    assert (field["reason"], field["reason_zh"]) == (document["detail"], document["detail_zh"])
    assert "0 after it" in document["detail"]


def test_several_fields_make_one_problem_that_begins_with_the_first():
    fields = [
        FieldError("/name", "FIELD_MISSING", "Missing.", "缺。"),
        FieldError("/debt", "FIELD_UNKNOWN", "Unknown.", "多。"),
    ]
    problem = invalid_fields(fields)
    assert (problem.status, problem.code, problem.detail, problem.detail_zh) == (
        422,
        "FIELD_MISSING",
        "Missing.",
        "缺。",
    )
    assert problem.errors == tuple(fields)
    assert str(problem) == "FIELD_MISSING: Missing."


def test_not_decided_says_when_to_ask_again():
    assert (NotDecided().status, NotDecided().retry_after_s) == (503, 1)


def test_a_code_without_words_is_a_bug_that_shows_at_once():
    with pytest.raises(KeyError):
        Problem("NO_SUCH_CODE")
