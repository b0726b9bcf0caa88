"""Identity numbers of persons: GB 11643, whatever way they are written."""

import re

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from livefreeze.base.crypto import normalise_id_number
from livefreeze.base.errors import Problem

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


def same_person(one: str, other: str) -> bool:
    """Are these the same number? x and X, full-width digits, spaces and hyphens make no difference."""
    return normalise_id_number(one) == normalise_id_number(other)


def checked(id_number: str, pointer: str) -> str:
    """The number as banks know it.

    Raises Problem ID_NUMBER_INVALID for the number of a resident whose check digit or date of birth is wrong;
    numbers of other documents have neither.
    """
    number = normalise_id_number(id_number)
    if _RESIDENT.fullmatch(number) and not _is_right(number):
        raise Problem("ID_NUMBER_INVALID", pointer)
    return number


def _is_right(number: str) -> bool:
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return number[-1] == ric.calc_check_digit(number)  # which leaves the last one out by itself
