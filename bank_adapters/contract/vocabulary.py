"""The kinds of value that messages share, each with the limits that are published to banks."""

from datetime import date, datetime
from typing import Annotated, Literal

from bank_adapters.contract.kinds import CalendarDay, Moment, Text, WholeNumber
from bank_adapters.signing import ID_PATTERN

BankCode = Annotated[
    str,
    Text(
        pattern="[a-z0-9][a-z0-9-]{1,31}",
        length_max=32,
        form="a code of 2 to 32 lower-case letters, digits or hyphens",
        form_zh="由 2 至 32 个小写字母、数字或连字符组成的代码",
        example="demo-bank",
    ),
]
Account = Annotated[
    str,
    Text(
        pattern="[0-9A-Za-z]{6,34}",
        length_max=34,
        form="the bank's account number: 6 to 34 letters and digits, without spaces",
        form_zh="银行账号：6 至 34 个字母或数字，不带空格",
        example="6222020000001234567",
        is_personal=True,
    ),
]
Reference = Annotated[
    str,
    Text(
        pattern="[A-Za-z0-9._:-]{1,64}",
        length_max=64,
        form="1 to 64 letters, digits, '.', '_', ':' or '-'",
        form_zh="1 至 64 个字母、数字或 “.”“_”“:”“-”",
        example="T-20260310-000017",
    ),
]
MessageId = Annotated[
    str,
    Text(
        pattern=ID_PATTERN,
        length_max=64,
        form="a webhook-id: 1 to 64 letters, digits, '_', ':' or '-'",
        form_zh="webhook-id：1 至 64 个字母、数字或 “_”“:”“-”",
        example="msg_01kkb5c8w0q3v7n2m4x6z8a9b1",
    ),
]

_UNITS = r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?"
Amount = Annotated[
    str,
    Text(
        code="AMOUNT_INVALID",
        pattern=f"(?=[0.]*[1-9]){_UNITS}",
        length_max=20,
        form="an amount above zero as text, with the decimals of its currency, such as \"1000.00\"",
        form_zh="大于零的金额，以文本书写，小数位数按币种规定，例如 \"1000.00\"",
        example="1000.00",
    ),
]
AmountOrZero = Annotated[
    str,
    Text(
        code="AMOUNT_INVALID",
        pattern=_UNITS,
        length_max=20,
        form="an amount, or zero, as text, with the decimals of its currency, such as \"1000.00\"",
        form_zh="不小于零的金额，以文本书写，小数位数按币种规定，例如 \"1000.00\"",
        example="1500.00",
    ),
]
Balance = Annotated[
    str,
    Text(
        code="AMOUNT_INVALID",
        pattern=f"-?{_UNITS}",
        length_max=21,
        form="a balance as text, with '-' before it if it is overdrawn, such as \"8000.00\"",
        form_zh="余额，以文本书写，透支时前加 “-”，例如 \"8000.00\"",
        example="8000.00",
    ),
]
Currency = Annotated[
    str,
    Text(
        code="CURRENCY_UNKNOWN",
        pattern="[A-Z]{3}",
        length_max=3,
        form="a currency code of three capital letters (ISO 4217)",
        form_zh="三个大写字母的币种代码（ISO 4217）",
        example="CNY",
    ),
]
Instant = Annotated[datetime, Moment()]
Day = Annotated[date, CalendarDay()]
Count = Annotated[int, WholeNumber()]
PartNumber = Annotated[int, WholeNumber(number_min=1, number_max=10_000)]
HttpStatus = Annotated[int, WholeNumber(number_max=599)]

# No control characters, no line or paragraph ends, nothing that turns the direction of writing on a screen.
_VISIBLE = "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]"


def _visible(length_max: int, example: str, *, is_personal: bool = False) -> Text:
    return Text(
        pattern=f"(?=.*[^ \\u3000]){_VISIBLE}{{1,{length_max}}}",
        length_max=length_max,
        form=f"a text of 1 to {length_max} visible characters on one line",
        form_zh=f"1 至 {length_max} 个可见字符的单行文本",
        example=example,
        is_personal=is_personal,
    )


Name = Annotated[str, _visible(200, "张三", is_personal=True)]
IdNumber = Annotated[str, _visible(100, "330203199001011234", is_personal=True)]
Number = Annotated[str, _visible(100, "(2026)浙0281执1234号")]
Branch = Annotated[str, _visible(200, "示例银行营业部")]
CounterpartyAccount = Annotated[str, _visible(64, "6222****4567", is_personal=True)]
Sentence = Annotated[str, _visible(500, "Paid on 10 March", is_personal=True)]


def _our_id(prefix: str, what: str, what_zh: str) -> Text:
    return Text(
        pattern=f"{prefix}_[0-9a-z]{{26}}",
        length_max=len(prefix) + 27,
        form=f"{what}, as we sent it: {prefix}_ and 26 letters and digits",
        form_zh=f"我方发出的{what_zh}：{prefix}_ 加 26 位字母或数字",
        example=f"{prefix}_01kkb5c8w0q3v7n2m4x6z8a9b1",
    )


OrderId = Annotated[str, _our_id("frz", "the id of a freeze order", "冻结裁定编号")]
InquiryId = Annotated[str, _our_id("inq", "the id of an inquiry", "查询编号")]
TransferId = Annotated[str, _our_id("swp", "the id of a transfer", "划转编号")]
WithdrawalId = Annotated[str, _our_id("wdl", "the id of a withdrawal", "支取编号")]

Word = Annotated[
    str,
    Text(
        pattern="[A-Z][A-Z0-9_]{1,63}",
        length_max=64,
        form="a code of capital letters",
        form_zh="大写字母代码",
        example="WITHIN_LIMITS",
    ),
]
Sha256 = Annotated[
    str,
    Text(
        pattern="[0-9a-f]{64}",
        length_max=64,
        form="a SHA-256 as 64 lower-case hexadecimal digits",
        form_zh="64 位小写十六进制的 SHA-256 摘要",
        example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
]
Digest = Annotated[
    str,
    Text(
        pattern="sha256:[0-9a-f]{64}",
        length_max=71,
        form="'sha256:' and 64 lower-case hexadecimal digits",
        form_zh="“sha256:” 加 64 位小写十六进制数字",
        example="sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
]

Pointer = Annotated[
    str,
    Text(
        pattern="(/[A-Za-z0-9_.-]{1,64}){0,10}",
        length_max=650,
        form="a JSON Pointer (RFC 6901)",
        form_zh="JSON Pointer（RFC 6901）",
        example="/amount",
    ),
]
ProblemType = Annotated[
    str,
    Text(
        pattern="urn:livefreeze:problem:[a-z0-9-]{1,64}",
        length_max=87,
        form="'urn:livefreeze:problem:' and a code in lower case",
        form_zh="“urn:livefreeze:problem:” 加小写代码",
        example="urn:livefreeze:problem:amount-invalid",
    ),
]

Channel = Literal["counter", "cash_machine", "card", "transfer", "app"]
IdentifiedBy = Literal["identity_card", "card_and_code", "face", "password", "other"]
