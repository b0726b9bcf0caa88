"""Why it was decided so: the sentence a teller or a clerk reads out, in English and Chinese."""

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
    "NO_CLAIM": (
        "Nothing is swept: no claim has quota left.",
        "无需划转：没有尚未足额的执行标的。",
    ),
    "ALL_STAYED": (
        "Nothing is swept: every claim with quota left is stayed.",
        "无需划转：尚未足额的执行标的均已暂缓。",
    ),
    "NO_SURPLUS": (
        "Nothing is swept: there is no money above the living allowance and the reserve.",
        "无需划转：扣除生活费和预留后没有盈余。",
    ),
    "BELOW_MINIMUM": (
        "Nothing is swept: the surplus is below the smallest amount that the freeze rule sweeps.",
        "无需划转：盈余低于冻结规则规定的最低划转金额。",
    ),
}
"""Decision reason -> (English, Chinese)."""
