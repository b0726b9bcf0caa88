"""Case numbers as people look for them: half- and full-width brackets, digits and spaces are alike.

A case keeps its number as the court wrote it; beside it stands this key, by which it is found.
"""

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.store.tables import case_number_key

_BRACKETS = str.maketrans("[{〔【［｛", "((((((") | str.maketrans("]}〕】］｝", "))))))")
_SPACES = re.compile(r"\s+")
_SERIAL = re.compile(r"([0-9]{1,15})号?(?:之.*)?")


class Key(NamedTuple):
    """What a case is found by: its whole number or the beginning of it, or its serial number alone."""

    number_key: str
    serial: str  # "1234" of (2026)浙0281执1234号; nothing where the number has none


def normalised(case_number: str) -> str:
    """Return the number as it is compared: （２０２６）浙0281执 1234 号 is (2026)浙0281执1234号."""
    folded = unicodedata.normalize("NFKC", case_number).translate(_BRACKETS)
    return _SPACES.sub("", folded).casefold()


def key_of(case_number: str) -> Key:
    """Return by what a case of this number is found."""
    number_key = normalised(case_number)
    # What stands behind the last character that is no digit, before 号: the number that clerks call a case by.
    last = re.search(_SERIAL.pattern + r"\Z", number_key)
    return Key(number_key, last[1].lstrip("0") if last else "")


def keep(connection: Connection, case_id: str, court_id: str, case_number: str, *, recorded_at: datetime) -> None:
    """Write the key of a new case."""
    row = {"case_id": case_id, "court_id": court_id, "recorded_at": recorded_at, **key_of(case_number)._asdict()}
    connection.execute(case_number_key.insert().values(**row))
