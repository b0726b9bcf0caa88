"""What a teller's screen shows about a withdrawal, in English and Chinese."""

from bank_adapters.sandbox import money
from bank_adapters.sandbox.withdrawals import Withdrawal

_NOT_DECIDED = (
    "Do not pay yet: the court's service has not answered. What it may have approved is given back by itself.",
    "暂勿付款：执行法院系统尚未答复，如已授权将自动撤销。",
)
_STATES: dict[str, tuple[str, str]] = {
    "asked": _NOT_DECIDED,
    "voiding": _NOT_DECIDED,
    "paid_unasked": ("Paid {amount}: the account is not frozen.", "已支付 {amount}：账户未冻结。"),
    "stand_in": ("Paid {amount} without asking; it is reported.", "已代授权支付 {amount}，将上报法院。"),
    "voided": ("Not paid: the withdrawal was given up.", "未付款：该笔支取已撤销。"),
    "reversed": ("The {amount} came back.", "{amount} 已冲正。"),
}


def of(withdrawal: Withdrawal) -> dict[str, str]:
    """Both sentences for the withdrawal as it stands."""
    amount = f"{money.for_people(withdrawal.amount_minor, withdrawal.currency)} {withdrawal.currency}"
    if withdrawal.state in _STATES:
        english, chinese = _STATES[withdrawal.state]
        return {"en": english.format(amount=amount), "zh": chinese.format(amount=amount)}
    if withdrawal.state == "declined":
        return _declined(withdrawal.decision)
    left = _for_people(withdrawal.decision["allowance_left"], withdrawal.currency)
    return {
        "en": f"Approved: {amount}. {left} left until the next payday.",
        "zh": f"同意支取 {amount}。下次发薪前还可支取 {left}。",
    }


def _declined(decision: dict) -> dict[str, str]:
    if "reason_text" not in decision:  # the service refused the question itself: a problem, not a decision
        return {"en": f"Not paid: {decision['detail']}", "zh": f"未付款：{decision['detail_zh']}"}
    left = _for_people(decision["allowance_left"], decision["currency"])
    return {
        "en": f"Declined: {decision['reason_text']['en']} {left} left until the next payday.",
        "zh": f"不予支取：{decision['reason_text']['zh']}下次发薪前还可支取 {left}。",
    }


def _for_people(amount: str, currency: str) -> str:
    return money.for_people(money.parse(amount, currency, least=0), currency)
