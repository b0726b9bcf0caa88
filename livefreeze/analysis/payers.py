"""Who paid into the accounts: one pass over the lines that groups them by the other side.

Of a line nothing stays but day, amount and what its text says, packed into whole numbers, so that half a million lines
need little room even where each has another payer.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from livefreeze.analysis import words
from livefreeze.analysis.history import History
from livefreeze.analysis.vocabulary import Sense

_BETWEEN = "\x1f"  # parts name and account in the key of a group
_WORD_COUNT_MAX = 1 << 20
_LEGAL_FORM = re.compile(r"(股份|有限|责任|公司|集团|公)+$")
_LEGAL_FORM_LATIN = re.compile(r"\b(co|ltd|limited|inc|llc|plc|gmbh|ag|sa|bv|pte)\b")
# What banks add for the account that was paid from: for wages, or that of a public treasury.
_ACCOUNT_ADDED = re.compile(r"(工资户|工资专户|代发专户|代发户|零余额账户|基本户|一般户|专户|账户)$")
_CUSTOMERS = (Sense.SILENT, Sense.TRADE)
_NOT_NAME = re.compile(r"[\W_]+")


class Credit(NamedTuple):
    """Money that came in, in minor units, and what its text or mark says it is."""

    day: int  # ordinal
    amount_minor: int
    sense: Sense
    word: str  # that said it; "" where nothing did
    is_marked: bool  # the bank marked it, so no word was needed


class Payer(NamedTuple):
    """One other side of one account, under all the names and accounts it was written with."""

    name: str  # as it is written most often
    key: str  # the name without what banks write in different ways
    account: str | None
    credits: list[Credit]  # by day
    debits: list[tuple[int, int]]  # what went to it: ordinal day, minor units above nothing


class Table:
    """The lines of one account, grouped."""

    def __init__(self, account: str, currency: str) -> None:
        self.account, self.currency = account, currency
        self.line_count = self.inflow_minor = 0
        self.first_day: date | None = None
        self.last_day: date | None = None
        self._credits: dict[str, array] = {}
        self._debits: dict[str, array] = {}
        self._words: dict[str, int] = {"": 0}
        self._known = [""]
        self._debits_of_key: dict[str, list[str]] | None = None  # made when it is first asked for

    def add_all(self, history: History) -> "Table":
        """Group the lines of a history, which are gone through once."""
        first, last = self.first_day, self.last_day
        for line in history.lines:
            self.line_count += 1
            first = line.day if first is None or line.day < first else first
            last = line.day if last is None or line.day > last else last
            name = line.counterparty.strip()
            if not name and not line.counterparty_account:
                name = re.sub(r"[\W\d_]+", " ", line.text).strip()  # a batch that names nobody but in its text
            group = f"{name}{_BETWEEN}{line.counterparty_account or ''}"
            if line.amount_minor > 0:
                self.inflow_minor += line.amount_minor
                self._group(self._credits, group).extend((line.day.toordinal(), line.amount_minor, self._said(line)))
            elif line.amount_minor < 0:
                self._group(self._debits, group).extend((line.day.toordinal(), -line.amount_minor))
        self.first_day, self.last_day = first, last
        return self

    def other_sides(self) -> Iterable[tuple[str, str]]:
        """Each name and account on the other side, "" where one is missing."""
        for group in (*self._credits, *(group for group in self._debits if group not in self._credits)):
            name, _, account = group.partition(_BETWEEN)
            yield name, account

    @property
    def customer_count(self) -> int:
        """How many organisations paid in more than once without a word of income, as customers of a business do."""
        keys = set()
        for group, packed in self._credits.items():
            name = group.partition(_BETWEEN)[0]
            if len(packed) >= 6 and packed[2] // 2 // _WORD_COUNT_MAX in _CUSTOMERS and words.is_organisation(name):
                keys.add(key_of(name))
        return len(keys)

    def sent_to(self, key: str) -> list[tuple[int, int]]:
        """What went from the account to a name, by its key: ordinal days, minor units above nothing."""
        if self._debits_of_key is None:
            self._debits_of_key = defaultdict(list)
            for group in self._debits:
                self._debits_of_key[key_of(group.partition(_BETWEEN)[0])].append(group)
        return self._paid(self._debits_of_key.get(key, []))

    def payers(self) -> Iterator[Payer]:
        """Everybody who paid in, with one name each, by key."""
        self._known = list(self._words)
        members = self._members()
        for key in sorted(members):
            groups = sorted(members[key])
            credits = sorted(credit for group in groups for credit in self._unpacked(group))
            yield Payer(*self._called(groups), credits, self._paid(groups))

    def _group(self, groups: dict[str, array], group: str) -> array:
        found = groups.get(group)
        if found is None:
            found = groups[group] = array("q")
        return found

    def _said(self, line) -> int:
        """The line's sense, its word and whether the bank marked it, as one whole number."""
        sense, word = words.sense_of(line.text)
        marked = 0 if line.income is None else 1
        if marked and not (line.income == "other" and sense in words.INCOME):
            sense = words.BY_MARK[line.income] if sense != Sense.RETURNED else sense
        index = self._words.setdefault(word, len(self._words)) if len(self._words) < _WORD_COUNT_MAX else 0
        return (int(sense) * _WORD_COUNT_MAX + index) * 2 + marked

    def _unpacked(self, group: str) -> Iterator[Credit]:
        packed = self._credits.get(group, ())
        known = self._known
        for index in range(0, len(packed), 3):
            rest, marked = divmod(packed[index + 2], 2)
            sense, word = divmod(rest, _WORD_COUNT_MAX)
            yield Credit(packed[index], packed[index + 1], Sense(sense), known[word], bool(marked))

    def _paid(self, groups: list[str]) -> list[tuple[int, int]]:
        found = []
        for group in groups:
            packed = self._debits.get(group, ())
            found += [(packed[index], packed[index + 1]) for index in range(0, len(packed), 2)]
        return sorted(found)

    def _called(self, groups: list[str]) -> tuple[str, str, str | None]:
        names, accounts = Counter(), Counter()
        for group in groups:
            name, _, account = group.partition(_BETWEEN)
            count = len(self._credits.get(group, ()))
            names[name or account] += count
            if account:
                accounts[account] += count
        name = min(names, key=lambda each: (-names[each], each))
        return name, key_of(name), min(accounts, key=lambda each: (-accounts[each], each)) if accounts else None

    def _members(self) -> dict[str, list[str]]:
        """The groups of each payer: those of one name, and those of one account whose names are alike."""
        members: dict[str, list[str]] = defaultdict(list)
        keys_of_account: dict[str, set[str]] = defaultdict(set)
        for group in self._credits:
            name, _, account = group.partition(_BETWEEN)
            key = key_of(name) or account
            members[key].append(group)
            if account:
                keys_of_account[account].add(key)
        for group in self._debits:
            name, _, account = group.partition(_BETWEEN)
            if (key := key_of(name) or account) in members and group not in self._credits:
                members[key].append(group)
        for account in sorted(keys_of_account):
            keys = sorted(keys_of_account[account])
            for first, second in zip(keys, keys[1:], strict=False):
                if first in members and second in members and (first == account or _alike(first, second)):
                    members[second] += members.pop(first)
        return members


def key_of(name: str) -> str:
    """A name without spaces, signs and legal form: what stays the same whoever writes it."""
    plain = words.plain(name)
    whole = _NOT_NAME.sub("", _LEGAL_FORM_LATIN.sub("", plain)) or _NOT_NAME.sub("", plain)
    whole = _ACCOUNT_ADDED.sub("", whole) or whole
    return _LEGAL_FORM.sub("", whole) or whole


def _alike(first: str, second: str) -> bool:
    """Whether two keys may be one name, cut off or with a branch added."""
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 4 and (longer.startswith(shorter) or longer.endswith(shorter))
