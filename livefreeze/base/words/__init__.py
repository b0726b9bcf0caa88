"""Every sentence that a refusal or a decision says, in English and Chinese: one table each.

A new problem is one more entry in the table of its subject (`requests`, `callers`, `movements`, `inquiries`, or `pages`
for what only people meet), a new decision reason one in `reasons`. Braces in a sentence are filled by the
problem's params.
"""

from livefreeze.base.words import callers, inquiries, movements, pages, requests
from livefreeze.base.words.entry import Words
from livefreeze.base.words.reasons import REASONS

__all__ = ["OF_PROGRAMS", "PROBLEMS", "REASONS", "Words"]

OF_PROGRAMS: dict[str, Words] = requests.PROBLEMS | callers.PROBLEMS | movements.PROBLEMS | inquiries.PROBLEMS
"""Code of a problem that the APIs answer with -> its HTTP status and words."""

PROBLEMS: dict[str, Words] = OF_PROGRAMS | pages.PROBLEMS
"""The same for all problems, those of pages included."""
