"""The file of master keys: made once, readable by its owner only, refused when anything is odd."""

import base64
import json

import pytest

from livefreeze.base import master_keys
from livefreeze.base.master_keys import MasterKeysInvalid

SECRET = base64.b64encode(b"s" * 32).decode()
GOOD = {"current": 1, "index": 1, "keys": [{"id": 1, "secret": SECRET}]}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.json"


def write(file, text, mode=0o600):
    file.write_text(text)
    file.chmod(mode)


def test_what_is_created_loads_again(file):
    assert master_keys.create(file) == master_keys.load(file)


def test_only_the_owner_may_read_a_new_file(file):
    master_keys.create(file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_never_replaced(file):
    created = master_keys.create(file)
    with pytest.raises(FileExistsError):
        master_keys.create(file)
    assert master_keys.load(file) == created


def test_a_file_that_others_may_read_is_refused(file):
    write(file, json.dumps(GOOD), mode=0o644)
    with pytest.raises(MasterKeysInvalid, match="chmod 600"):
        master_keys.load(file)


def test_a_missing_file_says_how_to_make_one(file):
    with pytest.raises(MasterKeysInvalid, match="livefreeze init"):
        master_keys.load(file)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no keys"),
        pytest.param(json.dumps(GOOD | {"current": 2}), id="current key is not there"),
        pytest.param(json.dumps(GOOD | {"index": 2}), id="index key is not there"),
        pytest.param(json.dumps(GOOD | {"keys": [{"id": 1, "secret": SECRET[:-4]}]}), id="short secret"),
        pytest.param(json.dumps(GOOD | {"keys": [{"id": 1, "secret": "?" + SECRET[1:]}]}), id="no base 64"),
        pytest.param(json.dumps(GOOD | {"keys": [{"id": "1", "secret": SECRET}]}), id="id as text"),
        pytest.param(json.dumps(GOOD | {"keys": [{"id": 70000, "secret": SECRET}]}), id="id too large"),
    ],
)
def test_a_damaged_file_is_refused_without_showing_it(file, text):
    write(file, text)
    with pytest.raises(MasterKeysInvalid, match="restore it") as caught:
        master_keys.load(file)
    assert SECRET[:8] not in str(caught.value)


def test_keys_do_not_show_their_secrets():
    assert "s" * 8 not in repr(master_keys.MasterKeys({1: b"s" * 32}, current=1, index=1))
