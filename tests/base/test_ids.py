"""Ids say what they name, sort by time and never repeat."""

import os
import uuid

import pytest

from livefreeze.base import clock, ids

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def number_of(text):
    number = 0
    for character in text.partition("_")[2]:
        number = number * 32 + ALPHABET.index(character)
    return number


def test_an_id_is_a_uuid_of_version_7():
    made = uuid.UUID(int=number_of(ids.new("acc")))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_text_order_is_time_order(monkeypatch):
    instants = [0, 1, 31, 32, 1023, 1024, 1_700_000_000_000, 1_700_000_000_001, 2**48 - 1]
    made = []
    for instant in instants:
        monkeypatch.setattr(clock, "wall_ms", lambda instant=instant: instant)
        made.append(ids.new("wdl"))
    assert made == sorted(made)
    assert [number_of(each) >> 80 for each in made] == instants


@pytest.mark.parametrize("random", [b"\x00" * 10, b"\xff" * 10])
def test_version_and_variant_stand_whatever_the_chance(monkeypatch, random):
    monkeypatch.setattr(os, "urandom", lambda _: random)
    made = uuid.UUID(int=number_of(ids.new("acc")))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_ids_do_not_repeat():
    assert len({ids.new("tra") for _ in range(10_000)}) == 10_000


def test_what_new_makes_is_an_id():
    assert ids.is_id("acc", ids.new("acc"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("acc_" + "0" * 25, id="too short"),
        pytest.param("acc_" + "0" * 27, id="too long"),
        pytest.param("acc_" + "0" * 26 + "\n", id="newline"),
        pytest.param("acc_" + "0" * 25 + "l", id="letter that reads as a digit"),
        pytest.param("acc_" + "0" * 25 + "A", id="capital"),
        pytest.param("acc_8" + "0" * 25, id="more than 128 bits"),
        pytest.param("frz_" + "0" * 26, id="another prefix"),
        pytest.param("acc" + "0" * 26, id="no separator"),
        pytest.param(None, id="no text"),
    ],
)
def test_what_is_no_id(text):
    assert not ids.is_id("acc", text)
