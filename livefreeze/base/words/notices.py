"""What is told to a debtor, in English and Chinese. A notice carries both: nobody knows yet which one is read."""

NOTICES: dict[str, tuple[str, str]] = {
    "log_in_code": (
        "Your code to see your frozen account: {code}. It is good for {minutes} minutes, once. Tell it to nobody; the"
        " court and the bank never ask for it.",
        "您查看被冻结账户的登录验证码：{code}，{minutes} 分钟内有效，仅可使用一次。"
        "请勿告知他人；法院和银行不会向您索要该验证码。",
    ),
}
"""Kind of notice -> (English, Chinese); braces are filled by what it tells."""


def text_of(kind: str, **told: object) -> str:
    """Return the notice as it is sent."""
    english, chinese = NOTICES[kind]
    return f"{chinese.format(**told)}\n{english.format(**told)}"
