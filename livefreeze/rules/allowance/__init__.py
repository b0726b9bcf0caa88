"""How much may be taken in a period: one small module a method, one registry."""

from livefreeze.rules.allowance import (  # noqa: F401  each method registers itself
    bands,
    brackets,
    combined,
    fixed,
    free_amount,
    local_standard,
    look_back,
    minimum_wage,
    protected_income,
    share_above_floor,
    with_dependants,
)
from livefreeze.rules.allowance.registry import Allowance, AllowanceFacts, Method, live_names, method, names

__all__ = ["Allowance", "AllowanceFacts", "Method", "live_names", "method", "names"]
