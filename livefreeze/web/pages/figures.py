"""Amounts, days and moments as people of the page's language write them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import dates, numbers

from livefreeze.base import clock
from livefreeze.base.money import format_amount
from livefreeze.web.pages import language

#: Where a page shows an instant that no rule's time zone goes with.
TIME_ZONE = ZoneInfo("Asia/Shanghai")

_OWN_WORD = {("CNY", language.CHINESE): "元"}


def amount(text: str | None, currency: str | None) -> str:
    """Return "60000.00" in CNY as "60,000.00 元", in English "CNY 60,000.00"; nothing for no amount."""
    if text is None:
        return ""
    spoken = language.current()
    digits = len(text.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    figure = numbers.format_decimal(Decimal(text), format=pattern, locale=language.LOCALE[spoken])
    if currency is None:
        return figure
    word = _OWN_WORD.get((currency, spoken))
    sign, figure = ("−", figure[1:]) if figure.startswith("-") else ("", figure)
    # A no-break space: an amount is never cut in two at the end of a line.
    return f"{sign}{figure}\u00a0{word}" if word else f"{sign}{currency}\u00a0{figure}"


def unit(currency: str) -> str:
    """Return what stands beside a field for an amount: "元" in Chinese, else the code of the currency."""
    return _OWN_WORD.get((currency, language.current()), currency)


def currency_name(currency: str) -> str:
    """Return "CNY" as "人民币", in English "Chinese yuan"; a code that nobody has named as it is."""
    return numbers.get_currency_name(currency, locale=language.LOCALE[language.current()])


def amount_minor(minor: int | None, currency: str) -> str:
    """The same from minor units."""
    return "" if minor is None else amount(format_amount(minor, currency), currency)


def number(value: int) -> str:
    """Return 12345 as "12,345"."""
    return numbers.format_decimal(value, locale=language.LOCALE[language.current()])


def day(value: date | datetime | str | None, zone: str | ZoneInfo | None = None) -> str:
    """Return a day in words; of an instant, the day on which it falls in the time zone."""
    if value is None:
        return ""
    if isinstance(value, str) and len(value) == 10:
        value = date.fromisoformat(value)
    elif not isinstance(value, date) or isinstance(value, datetime):
        value = _local(value, zone).date()
    return dates.format_date(value, "long", locale=language.LOCALE[language.current()])


def moment(value: datetime | str | None, zone: str | ZoneInfo | None = None) -> str:
    """Return an instant as day and time of day in the time zone, to the minute."""
    if value is None:
        return ""
    local = _local(value, zone)
    locale = language.LOCALE[language.current()]
    return f"{dates.format_date(local, 'medium', locale=locale)} {dates.format_time(local, 'HH:mm', locale=locale)}"


def iso(value: datetime | str) -> str:
    """Return an instant as machines read it."""
    return value if isinstance(value, str) else clock.format_instant(value)


def _local(value: datetime | str, zone: str | ZoneInfo | None) -> datetime:
    instant = clock.parse_instant(value) if isinstance(value, str) else value
    return instant.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone or TIME_ZONE)


FILTERS = {
    "amount": amount, "amount_minor": amount_minor, "unit": unit, "currency_name": currency_name, "number": number,
    "day": day, "moment": moment, "iso": iso,
}
