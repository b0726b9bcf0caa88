"""A log line is one line of JSON, and no exception's message gets into it."""

import json
import logging
import sys

import pytest

from livefreeze.base import logs

SECRET = "ZHANG SAN 330206"


def line_of(*, message="hello", exc_info=None, fields=None):
    record = logging.LogRecord("livefreeze.test", logging.INFO, "f.py", 1, message, (), exc_info)
    if fields is not None:
        record.fields = fields
    return logs.JsonLine().format(record)


def failing():
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        try:
            raise ValueError(SECRET) from error
        except ValueError:
            return sys.exc_info()


def test_a_line_says_when_how_loud_who_and_what():
    line = json.loads(line_of(fields={"status": 200, "route": "/x\n"}))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO", "logger": "livefreeze.test", "message": "hello", "status": 200, "route": "/x\n",
    }  # fmt: skip


def test_a_line_is_one_line():
    assert "\n" not in line_of(message="two\nlines", exc_info=failing())


def test_an_exception_is_its_kind_and_place_with_what_led_to_it():
    line = json.loads(line_of(exc_info=failing()))
    assert [each["kind"] for each in line["exceptions"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert line["exceptions"][0]["stack"][0].endswith(" failing")


def test_an_exceptions_message_is_not_logged():
    assert SECRET not in line_of(exc_info=failing())


def test_a_systems_error_keeps_the_systems_words():
    try:
        open("/nowhere/at/all")
    except OSError:
        line = json.loads(line_of(exc_info=sys.exc_info()))
    assert line["exceptions"][0]["reason"] == "No such file or directory"


@pytest.fixture
def bare_logging():
    root = logging.getLogger()
    handlers = list(root.handlers)
    yield root
    root.handlers = handlers


def test_a_process_that_configures_twice_writes_once(bare_logging):
    logs.configure()
    once = list(bare_logging.handlers)
    logs.configure()
    assert bare_logging.handlers == once


def test_libraries_that_log_addresses_are_quiet(bare_logging):
    logs.configure()
    assert not logging.getLogger("werkzeug").isEnabledFor(logging.INFO)
    assert not logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.INFO)
