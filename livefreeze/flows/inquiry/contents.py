"""What an answer says, as rows sealed under the key of the inquiry; its bookings are checked on the way."""

from collections.abc import Iterable
from typing import NamedTuple

from bank_adapters.contract import AccountOpened, AnsweredAccount, History, InquiryAnswered, Transaction
from livefreeze.base import ids
from livefreeze.base.content_key import ContentKey
from livefreeze.base.crypto import normalise_account
from livefreeze.base.errors import CurrencyUnknown, Problem
from livefreeze.base.money import digits_of, parse_amount, parse_signed
from livefreeze.flows.pointers import at
from livefreeze.rules import fields, history
from livefreeze.rules.history import Ends, Line
from livefreeze.store import inquiry_answers as stored
from livefreeze.store.inquiries import Inquiry


class Statement(NamedTuple):
    """What is said of an account, sealed."""

    mark: bytes
    content_sealed: bytes


class Stretch(NamedTuple):
    """Bookings of an account, sealed, by rising sequence."""

    mark: bytes
    currency: str
    first_sequence: int
    last_sequence: int
    ends: Ends
    rows: list[dict]  # of inquiry_transaction, without the id of their account


class Contents(NamedTuple):
    """An answer, ready to be written."""

    answer_id: str
    numbers: dict[bytes, str]  # account numbers by their marks
    statements: list[Statement]
    stretches: list[Stretch]


def sealed(event: InquiryAnswered, inquiry: Inquiry, key: ContentKey) -> Contents:
    """Read amounts, check the running balance, seal all. Raises Problem for what cannot be read: nothing is kept."""
    answer_id, numbers = ids.new("ian"), {}
    statements = []
    for index, account in enumerate(event.accounts or ()):
        mark, said = _mark(key, numbers, account.account), _said(account, event, f"/accounts/{index}")
        row = stored.statement_name(answer_id, mark)
        statements.append(Statement(mark, stored.seal(key, "inquiry_statement", row, said)))
    _refuse_twice((statement.mark for statement in statements), "/accounts")
    stretches, line = [], 0
    for index, told in enumerate(event.histories or ()):
        mark = _mark(key, numbers, told.account)
        if told.transactions:
            stretches.append(_stretch(mark, told, inquiry, key, answer_id, line, f"/histories/{index}"))
            line += len(told.transactions)
    _refuse_twice((stretch.mark for stretch in stretches), "/histories")
    return Contents(answer_id, numbers, statements, stretches)


def sealed_opening(event: AccountOpened, key: ContentKey) -> Contents:
    """A new account, of which the bank says no balance. Raises Problem CURRENCY_UNKNOWN."""
    answer_id, numbers = ids.new("ian"), {}
    _refuse_unknown_currency(event.currency, "")
    mark = _mark(key, numbers, event.account)
    said = {
        "kind": event.kind, "currency": event.currency, "balance_minor": None, "opened_on": event.opened_on.isoformat(),
        "branch": event.branch, "owners": 1, "freezes": [], "as_of": None, "flags": ["NEWLY_OPENED"],
    }
    row = stored.statement_name(answer_id, mark)
    return Contents(answer_id, numbers, [Statement(mark, stored.seal(key, "inquiry_statement", row, said))], [])


def _mark(key: ContentKey, numbers: dict[bytes, str], number: str) -> bytes:
    mark = key.mark("account", normalise_account(number).encode())
    numbers[mark] = number
    return mark


def _refuse_twice(marks: Iterable[bytes], pointer: str) -> None:
    seen: set[bytes] = set()
    for index, mark in enumerate(marks):
        if mark in seen:
            raise fields.invalid(f"{pointer}/{index}/account", "This account stands here twice.", "该账户重复。")
        seen.add(mark)


def _said(account: AnsweredAccount, event: InquiryAnswered, pointer: str) -> dict:
    _refuse_unknown_currency(account.currency, pointer)
    with at(f"{pointer}/balance"):
        balance_minor = parse_signed(account.balance, account.currency)
    freezes = []
    for index, freeze in enumerate(account.freezes or ()):
        with at(f"{pointer}/freezes/{index}/amount"):
            amount_minor = parse_amount(freeze.amount, account.currency)
        freezes.append({"rank": freeze.rank, "amount_minor": amount_minor, "authority": freeze.authority})
    ranks = [freeze["rank"] for freeze in freezes]
    return {
        "kind": account.kind, "currency": account.currency, "balance_minor": balance_minor,
        "opened_on": account.opened_on.isoformat(), "branch": account.branch, "owners": account.owners or 1,
        "freezes": sorted(freezes, key=lambda freeze: freeze["rank"]),
        "as_of": event.as_of.isoformat(), "flags": ["RANK_REPEATED"] if len(set(ranks)) < len(ranks) else [],
    }


def _stretch(mark: bytes, told: History, inquiry: Inquiry, key: ContentKey, answer_id: str, line: int,
             pointer: str) -> Stretch:
    _refuse_unknown_currency(told.currency, pointer)
    read = [
        (_checkable(booking, told.currency, f"{pointer}/transactions/{index}"), booking)
        for index, booking in enumerate(told.transactions)
    ]
    read.sort(key=lambda pair: pair[0].sequence)
    checked = [checkable for checkable, _ in read]
    odd = history.flags(checked, first_day=inquiry.period_from, last_day=inquiry.period_to)
    rows = [
        {"sequence": checkable.sequence, "answer_id": answer_id, "line": number, "flags": " ".join(flags) or None,
         "content_sealed": stored.seal(key, "inquiry_transaction", stored.line_name(answer_id, number), [
             booking.date.isoformat(), checkable.amount_minor, checkable.balance_after_minor, booking.counterparty,
             booking.counterparty_account, booking.text, booking.income])}
        for number, ((checkable, booking), flags) in enumerate(zip(read, odd, strict=True), start=line)
    ]
    return Stretch(mark, told.currency, checked[0].sequence, checked[-1].sequence, history.ends(checked), rows)


def _checkable(booking: Transaction, currency: str, pointer: str) -> Line:
    try:
        amount_minor = parse_signed(booking.amount, currency)
    except Problem as problem:
        raise problem.at(f"{pointer}/amount") from None
    balance_minor = None
    if booking.balance_after is not None:
        try:
            balance_minor = parse_signed(booking.balance_after, currency)
        except Problem as problem:
            raise problem.at(f"{pointer}/balance_after") from None
    return Line(booking.sequence, booking.date, amount_minor, balance_minor)


def _refuse_unknown_currency(currency: str, pointer: str) -> None:
    try:
        digits_of(currency)
    except CurrencyUnknown as unknown:
        raise unknown.at(f"{pointer}/currency") from None
