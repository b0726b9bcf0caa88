"""How much may be taken in a period: one small module a method, one registry."""

from livefreeze.rules.allowance import fixed  # noqa: F401  each method registers itself
from livefreeze.rules.allowance.registry import Allowance, AllowanceFacts, Method, method, names

__all__ = ["Allowance", "AllowanceFacts", "Method", "method", "names"]
