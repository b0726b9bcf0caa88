"""Every sentence that a refusal or a decision says, in English and Chinese: one table each.

A new problem is one more entry in the table of its subject (`requests`, `callers`, `movements`),
a new decision reason one in `reasons`. Braces in a sentence are filled by the problem's params.
"""

from livefreeze.base.words import callers, movements, requests
from livefreeze.base.words.entry import Words
from livefreeze.base.words.reasons import REASONS

__all__ = ["PROBLEMS", "REASONS", "Words"]

PROBLEMS: dict[str, Words] = requests.PROBLEMS | callers.PROBLEMS | movements.PROBLEMS
"""Code of a problem -> its HTTP status and words."""
