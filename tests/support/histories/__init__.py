"""Bank histories of made-up debtors with known truth: what a recogniser of salary accounts is measured on.

`generate(count, seed)` is the whole of it: the same seed gives the same histories, and a longer run does not
change how a history of a given place and pattern is drawn. Written by someone who had not read the recogniser.
"""

from tests.support.histories.document import as_document
from tests.support.histories.draw import PATTERNS, SHARES, WITHOUT_INCOME, generate, one
from tests.support.histories.values import History, Row, Truth

__all__ = ["PATTERNS", "SHARES", "WITHOUT_INCOME", "History", "Row", "Truth", "as_document", "generate", "one"]
