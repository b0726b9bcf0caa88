"""The shapes that the bank contract publishes, for what courts and operators write into it."""

from bank_adapters.contract import MessageInvalid
from livefreeze.base.errors import FieldError, invalid_fields


def shaped(kind: object, value: object, pointer: str) -> str:
    """The text as it came, if the annotated kind of `bank_adapters.contract.vocabulary` takes it.

    Raises Problem TEXT_INVALID, with the words of the contract.
    """
    try:
        return kind.__metadata__[0].read(value)
    except MessageInvalid as invalid:
        error = invalid.errors[0]
        raise invalid_fields([FieldError(pointer, "TEXT_INVALID", error.reason, error.reason_zh)]) from None
