"""What a problem's code stands for."""

from typing import NamedTuple


class Words(NamedTuple):
    """The HTTP status, a title that never changes, and a sentence that says what to do, in two languages."""

    status: int
    title: str
    title_zh: str
    sentence: str
    sentence_zh: str
