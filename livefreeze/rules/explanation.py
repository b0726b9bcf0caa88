"""The steps of an explanation: how an answer came, made only when somebody asks."""

from typing import NamedTuple

# Where a figure of a step comes from, beside the sources that a rule or an order names itself. Tellers read them, and
# a source is one text in every language.
FORMULA = "calculation · 计算"
LEDGER = "books · 账簿"
ORDERS = "freeze orders · 冻结裁定"
REQUEST = "request · 支取申请"
RULE = "freeze rule · 冻结规则"


class Step(NamedTuple):
    """One line of an explanation, in English and Chinese."""

    step: str
    step_zh: str
    amount_minor: int | None  # in minor units; None where the step is no amount
    source: str


def allowance_steps(
    *,
    allowance_minor: int,
    excess_in_minor: int,
    taken_minor: int,
    allowance_left_minor: int,
    allowance_source: str,
) -> list[Step]:
    """How what is left of the period's living allowance comes about."""
    steps = [Step("living allowance of this period", "本期生活费", allowance_minor, allowance_source)]
    if excess_in_minor:
        steps.append(Step("paid back of earlier withdrawals above it", "抵扣前期超额支取", excess_in_minor, LEDGER))
    steps.append(Step("taken in this period so far", "本期已支取", taken_minor, LEDGER))
    steps.append(Step("living allowance left", "本期生活费余额", allowance_left_minor, FORMULA))
    return steps
