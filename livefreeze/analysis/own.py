"""Which other sides are the debtor: money between own accounts is no income, however regular."""

from collections.abc import Iterable, Sequence

from livefreeze.analysis.payers import Payer, Table, key_of

_MIRROR_DAYS = 3  # a transfer between banks may be booked after a weekend


class Own:
    """The debtor's accounts and names: those given, and those that the histories show."""

    def __init__(self, tables: Sequence[Table], accounts: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._accounts = {_bare(table.account) for table in tables} | {_bare(account) for account in accounts}
        self._names = {key_of(name) for name in names if key_of(name)}
        for table in tables:
            for name, account in table.other_sides():
                if account and self.is_own_account(account) and key_of(name):
                    self._names.add(key_of(name))

    def is_own_account(self, account: str) -> bool:
        """Whether an account is the debtor's, also where its middle is masked by stars."""
        bare = _bare(account)
        if "*" not in bare:
            return bare in self._accounts
        head, tail = bare.split("*")[0], bare.split("*")[-1]
        return len(head + tail) >= 4 and any(own.startswith(head) and own.endswith(tail) for own in self._accounts)

    def is_debtor(self, payer: Payer) -> bool:
        """Whether this other side is the debtor, by account or by name."""
        return (payer.account is not None and self.is_own_account(payer.account)) or payer.key in self._names


def is_mirrored(payer: Payer, sent: Sequence[tuple[int, int]]) -> bool:
    """Whether most of what a payer paid in left another account for the same name on the same days.

    `sent` is what went to that name from the debtor's other accounts: ordinal day, minor units.
    """
    left = {}
    for day, amount_minor in sent:
        left.setdefault(amount_minor, []).append(day)
    count = sum(
        any(0 <= credit.day - day <= _MIRROR_DAYS for day in left.get(credit.amount_minor, ()))
        for credit in payer.credits
    )
    return count >= 2 and count * 10 >= len(payer.credits) * 6


def _bare(account: str) -> str:
    return "".join(each for each in account if each.isalnum() or each == "*").casefold()
