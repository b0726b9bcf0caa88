"""How well salary accounts are recognised in generated histories of known truth, counted by pattern."""

from dataclasses import dataclass, field

from livefreeze.analysis.history import read
from livefreeze.analysis.recognition import Recognition, recognise
from livefreeze.rules.fields import calendar_day
from tests.support import histories


@dataclass(slots=True)
class Score:
    """The counts of one pattern, or of all."""

    count: int = 0
    right_account: int = 0
    right_payer: int = 0  # in the right account
    right_day: int = 0  # of those with a payday: it is the one that was found
    with_day: int = 0
    false_account: int = 0  # an account is named that is not the salary account, or where there is none
    wrong: list[tuple[str, dict, Recognition]] = field(default_factory=list)

    def add(self, other: "Score") -> "Score":
        """The counts of both together."""
        for name in ("count", "right_account", "right_payer", "right_day", "with_day", "false_account"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


HIDDEN = {"words": ("text", ""), "marks": ("income", None), "numbers": ("counterparty_account", None)}
"""What may be hidden, to see what recognition rests on: texts, the banks' marks, account numbers; also "name"."""


def recognised(document: dict, hide: frozenset[str] = frozenset()) -> Recognition:
    """What is seen in a generated history by one who knows the debtor's name and the period, as a court does."""
    blank = {HIDDEN[each][0]: HIDDEN[each][1] for each in hide if each in HIDDEN}
    accounts = document["accounts"]
    if blank:
        accounts = [
            account | {"transactions": [row | blank for row in account["transactions"]]} for account in accounts
        ]
    return recognise(
        [read(account) for account in accounts],
        first_day=calendar_day(document["from"], "/from"),
        last_day=calendar_day(document["to"], "/to"),
        names=[] if "name" in hide else [document["holder"]],
    )


def scores(count: int, seed: int, hide: frozenset[str] = frozenset()) -> dict[str, Score]:
    """The scores by pattern on so many histories of a seed."""
    by_pattern: dict[str, Score] = {}
    for document in histories.generate(count, seed):
        found = recognised(document, hide)
        truth, best = document["truth"], found.best
        score = by_pattern.setdefault(truth["pattern"], Score())
        score.count += 1
        account = best.account if best else None
        is_account = account == truth["salary_account"]
        is_payer = is_account and (best is None or best.payer in truth["payer_names"])
        score.right_account += is_account
        score.right_payer += is_payer
        score.false_account += account is not None and not is_account
        if truth["paydays"]:
            score.with_day += 1
            score.right_day += is_payer and best is not None and list(best.payday.days_of_month) == truth["paydays"]
        if not is_payer:
            score.wrong.append((truth["pattern"], document, found))
    return by_pattern

