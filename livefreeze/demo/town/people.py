"""Who lives in the demo world: roles with a cyclic number, never the name of a person; numbers that are nobody's."""

from typing import NamedTuple

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CYCLE = 60
_ROUNDS = ("", "二", "三", "四", "五", "六")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Person(NamedTuple):
    """A debtor."""

    name: str
    id_number: str


class Court(NamedTuple):
    """A court, and the rule under which it freezes unless a case needs another."""

    code: str
    name: str
    case_numbers: str  # with the number's place
    fund_bank: int
    anchor_day: int
    allowance: str
    reserve: str
    sweep_day: int
    channels: tuple[str, ...]
    rule_name: str
    rule_source: str
    suffix: str  # of its people's logins


class Bank(NamedTuple):
    """A bank and its branches."""

    code: str
    name: str
    number_start: str  # of its accounts
    branches: tuple[str, ...]


COURTS = (
    Court("demo-court", "某某市人民法院", "(2026)浙0281执{}号", 0, 10, "2500.00", "0.00", 12,
          ("counter", "cash_machine", "card"), "发薪日规则", "本院执行局会议纪要1号", ""),
    Court("demo-court-2", "某某县人民法院", "(2026)浙0226执{}号", 1, 15, "3000.00", "500.00", 20,
          ("counter", "cash_machine"), "预留生活费规则", "本院执行局会议纪要2号", "-2"),
)  # fmt: skip

BANKS = (
    Bank("demo-bank", "某某银行", "622202", ("west", "harbour", "main")),
    Bank("demo-bank-2", "某某农村商业银行", "622848", ("market", "river")),
    Bank("demo-bank-3", "某某信用联社", "621700", ("hill", "valley")),
)

EMPLOYERS = ("某某电器公司", "某某物流公司", "某某纺织厂", "某某学校", "某某建筑公司", "某某超市")
PENSION_FUND = "某某社保中心"
FIRST_CASE = 1234  # of the story, which is the first case of this world too


def cyclic(number: int) -> str:
    """The number as people counted years: 甲子, 乙丑 and so on; sixty, then 甲子二."""
    turn, place = divmod(number, _CYCLE)
    return STEMS[place % len(STEMS)] + BRANCHES[place % len(BRANCHES)] + _ROUNDS[turn]


def person(number: int) -> Person:
    """The debtor of that number; 0 is the one of the story."""
    return Person("被执行人甲" if number == 0 else f"被执行人{cyclic(number)}", id_number(number + 1))


def creditor(number: int) -> str:
    """The creditor of a case."""
    return "申请执行人乙" if number == 0 else f"申请执行人{cyclic(number)}"


def id_number(sequence: int) -> str:
    """Born on the first day of 1900: the check digit fits, the person never was."""
    digits = f"33028119000101{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + _CHECKS[total % len(_CHECKS)]


def account_number(bank: Bank, number: int) -> str:
    """Nineteen digits, as bank cards have them."""
    return f"{bank.number_start}{number:013d}"
