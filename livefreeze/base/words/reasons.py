"""Why a withdrawal was approved or declined: the sentence a teller reads out, in English and Chinese."""

REASONS: dict[str, tuple[str, str]] = {
    "WITHIN_LIMITS": (
        "The withdrawal is within what may be taken now.",
        "支取金额在当前可支取范围内。",
    ),
    "ALLOWANCE_EXHAUSTED": (
        "The withdrawal is more than what is left of the living allowance for this period.",
        "支取金额超过本期剩余生活费。",
    ),
    "BALANCE_TOO_LOW": (
        "There is not enough money on this account.",
        "该账户余额不足。",
    ),
    "FREE_MONEY_ELSEWHERE": (
        "The money that may be taken lies on another account of the same person.",
        "可支取的资金在同一人的其他账户中。",
    ),
    "CHANNEL_NOT_ALLOWED": (
        "The freeze rule does not allow withdrawals by this channel.",
        "冻结规则不允许通过该渠道支取。",
    ),
}
"""Decision reason -> (English, Chinese)."""
