"""What the text of a transaction and the name of the other side say about money that came in."""

import re
import unicodedata
from functools import lru_cache

from livefreeze.analysis.vocabulary import ORGANISATION, ORGANISATION_LATIN, ROLES, VOCABULARY, Sense

INCOME = frozenset({Sense.SALARY, Sense.BONUS, Sense.PENSION, Sense.BENEFIT, Sense.PLATFORM})
BY_MARK = {
    "salary": Sense.SALARY,
    "pension": Sense.PENSION,
    "benefit": Sense.BENEFIT,
    "maintenance": Sense.MAINTENANCE,
    "own_transfer": Sense.OWN,
    "other": Sense.OTHER,
}
"""What a bank's own mark of income says."""


def _pattern(chinese: str, latin: str) -> str:
    anywhere = "|".join(map(re.escape, sorted(chinese.split(), key=len, reverse=True)))
    whole = "|".join(word.replace("-", r"[\s_-]?") for word in sorted(latin.split(), key=len, reverse=True))
    return rf"{anywhere}|(?<![a-z0-9])(?:{whole})(?![a-z])"


def _compiled(table: tuple[tuple[Sense, str, str], ...]) -> tuple[tuple[Sense, re.Pattern], ...]:
    return tuple((sense, re.compile(_pattern(chinese, latin))) for sense, chinese, latin in table)


_SENSES, _SENSES_OF_ROLES = _compiled(VOCABULARY), _compiled(ROLES)
_IS_ORGANISATION = re.compile(_pattern(ORGANISATION, ORGANISATION_LATIN))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text as it is compared: one width, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=4096)
def sense_of(text: str) -> tuple[Sense, str]:
    """What a text says, and the word that says it; (SILENT, "") where it says nothing."""
    return _first(_SENSES, text)


@lru_cache(maxsize=4096)
def role_of(name: str) -> Sense:
    """What the other side's name says by itself, SILENT mostly."""
    return _first(_SENSES_OF_ROLES, name)[0]


@lru_cache(maxsize=4096)
def is_organisation(name: str) -> bool:
    """Whether a name is one of a company, an office or the like, and not of a person."""
    return _IS_ORGANISATION.search(plain(name)) is not None


def _first(senses: tuple[tuple[Sense, re.Pattern], ...], text: str) -> tuple[Sense, str]:
    simple = plain(text)
    for sense, pattern in senses:
        if found := pattern.search(simple):
            return sense, found[0]
    return Sense.SILENT, ""
