"""Changes in numbers as a page or a program reads them: amounts as text, and which way each figure goes."""

from collections.abc import Iterable

from livefreeze.base.money import format_amount
from livefreeze.rules.effect import Change


def changes_in_words(changes: Iterable[Change], currency: str) -> dict[str, dict[str, str]]:
    """Each figure by its name: before, after, by how much, and whether it becomes `more`, `less` or stays `same`."""
    return {
        change.name: {
            "before": format_amount(change.before_minor, currency),
            "after": format_amount(change.after_minor, currency),
            "change": format_amount(abs(change.change_minor), currency),
            "way": "more" if change.change_minor > 0 else "less" if change.change_minor < 0 else "same",
        }
        for change in changes
    }
