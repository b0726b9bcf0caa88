"""Personal data as it is shown: opened and masked in one step, so that it never leaves here unmasked."""

from livefreeze.base.crypto import mask_account, mask_id_number, mask_name, vault


def name(sealed: bytes | None, *, table: str, column: str, row: str) -> str | None:
    """A name, masked."""
    return None if sealed is None else mask_name(_text(sealed, table, column, row))


def id_number(sealed: bytes, *, row: str) -> str:
    """A debtor's ID number, masked."""
    return mask_id_number(_text(sealed, "debtor", "id_number_sealed", row))


def account_number(sealed: bytes, *, table: str, row: str) -> str:
    """An account number, masked."""
    return mask_account(_text(sealed, table, "number_sealed", row))


def _text(sealed: bytes, table: str, column: str, row: str) -> str:
    return vault().decrypt_text(sealed, table=table, column=column, row=row)
