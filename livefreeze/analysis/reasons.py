"""What speaks for or against income, as values with a sentence in English and Chinese."""

from enum import StrEnum
from typing import NamedTuple

from livefreeze.analysis.rhythm import Payday
from livefreeze.analysis.vocabulary import Sense


class Code(StrEnum):
    """One thing that was found about a payer."""

    MONTHS = "MONTHS"
    MARKED = "MARKED"
    WORDS = "WORDS"
    NAME_OF_KIND = "NAME_OF_KIND"
    ORGANISATION = "ORGANISATION"
    PERSON = "PERSON"
    MONTHLY = "MONTHLY"
    TWICE_MONTHLY = "TWICE_MONTHLY"
    WEEKLY = "WEEKLY"
    FORTNIGHTLY = "FORTNIGHTLY"
    MANY_SMALL = "MANY_SMALL"
    IRREGULAR = "IRREGULAR"
    FEW = "FEW"
    STEADY_AMOUNT = "STEADY_AMOUNT"
    CHANGING_AMOUNT = "CHANGING_AMOUNT"
    EXTRA_MONTHS = "EXTRA_MONTHS"
    FOLLOWS = "FOLLOWS"
    ENDED = "ENDED"
    PAID_BACK_AND_FORTH = "PAID_BACK_AND_FORTH"
    PARTLY_OTHER = "PARTLY_OTHER"
    SMALL_SHARE = "SMALL_SHARE"
    MANY_PAYERS = "MANY_PAYERS"
    TOO_LITTLE = "TOO_LITTLE"
    OWN = "OWN"
    RETURNED = "RETURNED"
    LOAN = "LOAN"
    GIFT = "GIFT"
    RENT = "RENT"
    TRADE = "TRADE"
    CAPITAL = "CAPITAL"
    EXPENSES = "EXPENSES"
    INSURANCE = "INSURANCE"
    MAINTENANCE = "MAINTENANCE"
    OTHER = "OTHER"


class Reason(NamedTuple):
    """One finding: how much it adds to or takes from the confidence, and how a clerk reads it."""

    code: Code
    points: int
    sentence: str
    sentence_zh: str


SENTENCES: dict[Code, tuple[str, str]] = {
    Code.MONTHS: ("{seen} of {expected} months", "{expected} 个月中有 {seen} 个月到账"),
    Code.MARKED: ("marked by the bank as income ({count} of {of})", "银行标注为收入（{of} 笔中 {count} 笔）"),
    Code.WORDS: ("text {word} ({count} of {of})", "摘要“{word}”（{of} 笔中 {count} 笔）"),
    Code.NAME_OF_KIND: ("the payer's name is one of those that pay such income", "付款方名称属于发放此类收入的单位"),
    Code.ORGANISATION: ("the payer is an organisation", "付款方为单位"),
    Code.PERSON: ("the payer seems to be a person", "付款方疑为个人"),
    Code.MONTHLY: ("same payer, {payday}", "同一付款方，{payday_zh}"),
    Code.TWICE_MONTHLY: ("same payer, twice a month, {payday}", "同一付款方，每月两次，{payday_zh}"),
    Code.WEEKLY: ("same payer, weekly, {payday}", "同一付款方，每周一次，{payday_zh}"),
    Code.FORTNIGHTLY: ("same payer, every second week, {payday}", "同一付款方，每两周一次，{payday_zh}"),
    Code.MANY_SMALL: ("many small amounts of one payer", "同一付款方多笔小额"),
    Code.IRREGULAR: ("same payer, on changing days", "同一付款方，日期不固定"),
    Code.FEW: ("paid on {count} days only", "仅 {count} 天有入账"),
    Code.STEADY_AMOUNT: ("amounts near {amount}", "金额稳定在 {amount} 左右"),
    Code.CHANGING_AMOUNT: ("amounts change much", "金额变动较大"),
    Code.EXTRA_MONTHS: ("more than usual in {months}, as a bonus would be", "{months} 有额外或较高入账，疑为奖金"),
    Code.FOLLOWS: ("begins where {payer} ends", "接续 {payer} 的发放"),
    Code.ENDED: ("not paid any more since {day}", "自 {day} 后再无入账"),
    Code.PAID_BACK_AND_FORTH: ("money goes to this payer, too", "与该付款方有资金往来"),
    Code.PARTLY_OTHER: ("part of it is something else by its text", "部分款项按摘要为其他性质"),
    Code.SMALL_SHARE: ("a small part of what comes in", "占全部入账比例很小"),
    Code.MANY_PAYERS: ("many different payers, as a business has", "付款方众多，类似经营收款"),
    Code.TOO_LITTLE: ("too little speaks for income", "不足以认定为收入"),
    Code.OWN: ("a transfer between the debtor's own accounts", "被执行人本人账户之间的转账"),
    Code.RETURNED: ("a refund or reversal", "退款或冲正"),
    Code.LOAN: ("a loan, or one paid back", "借款或还款"),
    Code.GIFT: ("a gift or family support", "赠与或家庭往来"),
    Code.RENT: ("rent", "租金"),
    Code.TRADE: ("business turnover", "经营收款"),
    Code.CAPITAL: ("interest, or money from assets", "利息或资产变现"),
    Code.EXPENSES: ("expenses paid back", "费用报销"),
    Code.INSURANCE: ("insurance or compensation", "保险赔付或补偿"),
    Code.MAINTENANCE: ("maintenance, which is meant for somebody else", "抚养、赡养费，系为他人所付"),
    Code.OTHER: ("marked by the bank as something else", "银行标注为其他"),
}
"""Each finding in English and Chinese."""

OF_SENSE = {
    Sense.RETURNED: Code.RETURNED,
    Sense.LOAN: Code.LOAN,
    Sense.GIFT: Code.GIFT,
    Sense.RENT: Code.RENT,
    Sense.TRADE: Code.TRADE,
    Sense.CAPITAL: Code.CAPITAL,
    Sense.EXPENSES: Code.EXPENSES,
    Sense.INSURANCE: Code.INSURANCE,
    Sense.MAINTENANCE: Code.MAINTENANCE,
    Sense.OWN: Code.OWN,
    Sense.OTHER: Code.OTHER,
}
"""Why money of that sense is no income."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def reason(code: Code, points: int = 0, **params: object) -> Reason:
    """A finding with its sentences filled."""
    sentence, sentence_zh = SENTENCES[code]
    return Reason(code, points, sentence.format(**params), sentence_zh.format(**params))


def payday_words(payday: Payday) -> dict[str, str]:
    """A payday as the sentences name it: "on the 10th or the working day before"."""
    if payday.weekday is not None:
        return {"payday": f"on {_WEEKDAYS[payday.weekday]}s", "payday_zh": f"每{_WEEKDAYS_ZH[payday.weekday]}"}
    days = " and ".join(f"the {_ordinal(day)}" for day in payday.days_of_month)
    days_zh = "、".join(f"{day} 日" if day < 31 else "月末" for day in payday.days_of_month)
    moved = {"before": " or the working day before", "after": " or the working day after"}.get(payday.moved or "", "")
    moved_zh = {"before": "（遇休息日提前）", "after": "（遇休息日顺延）"}.get(payday.moved or "", "")
    return {"payday": f"on {days}{moved}", "payday_zh": f"每月 {days_zh}{moved_zh}"}


def _ordinal(day: int) -> str:
    if day == 31:
        return "last day"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day // 10 != 1 else "th"
    return f"{day}{ending}"
