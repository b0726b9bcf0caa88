"""Sealed values open at their own place with their own key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.base import crypto
from livefreeze.base.crypto import Unreadable, Vault
from livefreeze.base.master_keys import MasterKeys

OLD, NEW = b"o" * 32, b"n" * 32
PLACE = {"table": "debtor", "column": "name", "row": "dbt_1"}
vault = Vault(MasterKeys({1: OLD}, current=1, index=1))


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_again(plaintext):
    assert vault.decrypt(vault.encrypt(plaintext, **PLACE), **PLACE) == plaintext


def test_text_opens_as_text():
    assert vault.decrypt_text(vault.encrypt("𠮷野", **PLACE), **PLACE) == "𠮷野"


def test_a_driver_may_hand_out_a_view_of_the_bytes():
    assert vault.decrypt(memoryview(vault.encrypt("x", **PLACE)), **PLACE) == b"x"


def test_equal_values_do_not_look_equal():
    assert vault.encrypt("x", **PLACE) != vault.encrypt("x", **PLACE)


@pytest.mark.parametrize("place", range(len(vault.encrypt("name", **PLACE))))
def test_one_bit_changed_anywhere_does_not_open(place):
    sealed = bytearray(vault.encrypt("name", **PLACE))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        vault.decrypt(bytes(sealed), **PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param(PLACE | {"row": "dbt_2"}, id="another row"),
        pytest.param(PLACE | {"column": "id_number"}, id="another column"),
        pytest.param(PLACE | {"table": "creditor"}, id="another table"),
        pytest.param({"table": "debtorn", "column": "ame", "row": "dbt_1"}, id="the same letters"),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere):
    sealed = vault.encrypt("name", **PLACE)
    with pytest.raises(Unreadable):
        vault.decrypt(sealed, **elsewhere)


@pytest.mark.parametrize("length", range(16))
def test_a_stump_does_not_open(length):
    with pytest.raises(Unreadable):
        vault.decrypt(vault.encrypt("name", **PLACE)[:length], **PLACE)


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key():
    rotated = Vault(MasterKeys({1: OLD, 2: NEW}, current=2, index=1))
    only_new = Vault(MasterKeys({2: NEW}, current=2, index=2))
    assert rotated.decrypt(vault.encrypt("before", **PLACE), **PLACE) == b"before"
    assert only_new.decrypt(rotated.encrypt("after", **PLACE), **PLACE) == b"after"


def test_without_the_old_key_old_values_do_not_open():
    only_new = Vault(MasterKeys({2: NEW}, current=2, index=2))
    with pytest.raises(Unreadable, match="master key 1"):
        only_new.decrypt(vault.encrypt("before", **PLACE), **PLACE)


def test_an_unreadable_value_is_not_shown():
    with pytest.raises(Unreadable) as caught:
        vault.decrypt(vault.encrypt("Zhang", **PLACE), **PLACE | {"row": "dbt_2"})
    assert "Zhang" not in str(caught.value)


def test_equal_values_have_equal_indexes_and_kinds_keep_them_apart():
    assert vault.blind_index("account", "6222") == vault.blind_index("account", "6222")
    assert vault.blind_index("account", "6222") != vault.blind_index("id_number", "6222")
    assert vault.blind_index("account", "6222") != vault.blind_index("account6", "222")


def test_the_index_survives_rotation_of_the_encrypting_key_only():
    rotated = Vault(MasterKeys({1: OLD, 2: NEW}, current=2, index=1))
    reindexed = Vault(MasterKeys({1: OLD, 2: NEW}, current=2, index=2))
    assert rotated.blind_index("account", "6222") == vault.blind_index("account", "6222")
    assert reindexed.blind_index("account", "6222") != vault.blind_index("account", "6222")


@pytest.mark.parametrize(
    ("written", "normalised"),
    [("33020619800101123x", "33020619800101123X"), ("３３０２ ０６-1980", "330206" + "1980"), ("a–1—2", "A12")],
)
def test_an_id_number_is_looked_up_by_one_spelling(written, normalised):
    assert crypto.normalise_id_number(written) == normalised


def test_an_account_is_looked_up_by_one_spelling():
    assert crypto.normalise_account("6222 0202-0011 ２２３３") == "6222020200112233"


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (crypto.mask_id_number, "33020619800101123X", "330*************3X"),
        (crypto.mask_id_number, "A1234567", "********"),
        (crypto.mask_account, "6222020200112233", "****2233"),
        (crypto.mask_account, "622202", "****"),
        (crypto.mask_name, "王小明", "王**"),
        (crypto.mask_name, "", "**"),
    ],
)
def test_what_is_shown_of_it(mask, text, shown):
    assert mask(text) == shown


def test_the_vault_of_the_process(monkeypatch):
    monkeypatch.setattr(crypto, "_vault", None)
    with pytest.raises(RuntimeError):
        crypto.vault()
    crypto.set_vault(vault)
    assert crypto.vault() is vault
