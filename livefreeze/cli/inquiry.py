"""Online inquiries from a terminal: ask, see how far the banks are, look at what they answered."""

import time
from datetime import datetime, timedelta

import click

from livefreeze.base import clock
from livefreeze.base.access import ENDPOINTS, Principal
from livefreeze.cli.answering import Answer, Refused, command, opened
from livefreeze.cli.progress import Bar
from livefreeze.flows import staff
from livefreeze.flows.inquiry import looking, start
from livefreeze.flows.inquiry.start import InquiryRequest
from livefreeze.flows.transaction import reading
from livefreeze.flows.working_days import ZONE
from livefreeze.store.queries import inquiries as queries
from livefreeze.store.queries.viewer import Viewer

LOOK_EVERY_S = 0.5
SHOWN_COUNT_MAX = 40  # banks named on a terminal; the others are counted
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_TOKEN = click.option("--token", envvar="COURT_TOKEN", required=True,
                      help="Token of a member of the court's staff; better kept in the variable COURT_TOKEN.")


@click.group()
def inquiry() -> None:
    """Ask banks about a debtor, as a member of a court's staff.

    \b
    Example:
      livefreeze inquiry start "(2026)浙0281执1234号" --reason 查询财产线索
    """


@command("start", inquiry)
@click.argument("case")
@click.option("--debtor", help="Id of the debtor; not needed where the case has one.")
@click.option("--reason", required=True, help="Why the court asks; kept with the case.")
@click.option("--bank", "banks", multiple=True, help="Code of a bank to ask; several times for several; else all.")
@click.option("--from", "first", type=_DAY, help="First day of the history; a year before the last one if left out.")
@click.option("--to", "last", type=_DAY, help="Last day of the history; yesterday if left out.")
@_TOKEN
def start_(case: str, debtor: str | None, reason: str, banks: tuple[str, ...], first: datetime | None,
           last: datetime | None, token: str) -> Answer:
    """Ask about a debtor of CASE, by its number or id.

    \b
    Example:
      livefreeze inquiry start "(2026)浙0281执1234号" --bank icbc --bank ccb --reason 查询财产线索
    """
    settings = opened()
    principal = _principal(token, "court.start_inquiry")
    case_id, debtor_id = _subject(case, debtor, principal)
    until = last.date() if last else clock.now().astimezone(ZONE).date() - timedelta(days=1)
    since = first.date() if first else until - timedelta(days=364)
    request = InquiryRequest(case_id, debtor_id, reason, banks or None, since, until)
    started = start.start(request, principal=principal, keep_days=settings.inquiry_keep_days)
    answer_by = clock.format_instant(started.answer_by)
    note = "" if started.calendar == "published" else " The calendar of working days until then is not published yet."
    return Answer(
        f"Inquiry {started.id}: {started.banks_count} banks are asked, to answer by {answer_by}.{note}",
        {**started._asdict(), "answer_by": answer_by},
    )


@command("status", inquiry)
@click.argument("inquiry_id")
@click.option("--wait", "wait_s", type=click.IntRange(0, 86_400), default=0,
              help="Wait so many seconds at most until all have answered; a bar shows how far they are.")
@_TOKEN
def status(inquiry_id: str, wait_s: int, token: str) -> Answer:
    """Show how far each bank is with the inquiry INQUIRY_ID.

    \b
    Example:
      livefreeze inquiry status inq_01kkb5c8w0q3v7n2m4x6z8a9b1 --wait 60
    """
    opened()
    principal = _principal(token, "court.show_inquiry")
    shown = _waited_for(inquiry_id, principal, wait_s)
    done, total = shown["banks_count"] - shown["open_count"], shown["banks_count"]
    lines = [f"{done} of {total} banks have answered.", *_by_status(shown), *_lines(shown["banks"])]
    return Answer("\n".join(lines), _plain(shown), is_good=True)


@command("show", inquiry)
@click.argument("inquiry_id")
@_TOKEN
def show(inquiry_id: str, token: str) -> Answer:
    """Look at the accounts that banks named; the look is written down in the case.

    \b
    Example:
      livefreeze inquiry show inq_01kkb5c8w0q3v7n2m4x6z8a9b1
    """
    opened()
    accounts = looking.accounts(inquiry_id, principal=_principal(token, "court.list_inquiry_accounts"))
    lines = [
        f"{each['bank']}  {each['account']}  {each['kind'] or '?'}  {each['balance'] or '?'} {each['currency']}"
        f"  {each['lines']} bookings" + "".join(f"  {flag}" for flag in each["flags"])
        for each in accounts
    ]
    return Answer("\n".join(lines) or "No bank has named an account.", {"accounts": accounts})


def _principal(token: str, endpoint: str) -> Principal:
    principal = staff.authenticate(token)
    if principal is None or principal.stands_as not in ENDPOINTS[endpoint]:
        raise Refused("The token is not known, is over, or its role may not do this: livefreeze token create LOGIN.")
    return principal


def _subject(case: str, debtor: str | None, principal: Principal) -> tuple[str, str]:
    """The ids of the case and the debtor."""
    case_id, debtors = start.subject(case, principal=principal)
    if debtor is None and len(debtors) > 1:
        raise Refused(f"The case has several debtors: name one by --debtor, {', '.join(debtors)}.")
    return case_id, debtor or debtors[0]


def _waited_for(inquiry_id: str, principal: Principal, wait_s: int) -> dict:
    until_s = clock.stopwatch_s() + wait_s
    with Bar("banks have answered") as bar:
        while True:
            with reading() as connection:
                shown = queries.one(connection, Viewer(principal.court_id), inquiry_id)
            if shown is None:
                raise Refused(f"The court has no inquiry {inquiry_id}.")
            bar(shown["banks_count"] - shown["open_count"], shown["banks_count"])
            if shown["open_count"] == 0 or clock.stopwatch_s() >= until_s:
                return shown
            time.sleep(LOOK_EVERY_S)


def _by_status(shown: dict) -> list[str]:
    return [f"  {count} {status.replace('_', ' ')}" for status, count in sorted(shown["progress"].items())]


def _lines(banks: list[dict]) -> list[str]:
    lines = [_line(bank) for bank in banks[:SHOWN_COUNT_MAX]]
    left = len(banks) - len(lines)
    return lines + ([f"and {left} more: --json shows all"] if left else [])


def _line(bank: dict) -> str:
    parts = f"  {bank['parts_received']} of {bank['parts'] or '?'} parts" if bank["status"] == "partly" else ""
    marks = "".join(f"  {mark}" for mark, stands in (
        ("late", bank["is_late"]), ("corrected", bank["is_corrected"]), ("reminded", bank["reminded_at"]),
        ("not delivered yet", bank["delivered_at"] is None),
    ) if stands)
    return f"{bank['bank']}  {bank['status'].replace('_', ' ')}{parts}{marks}"


def _plain(value: object) -> object:
    """The same with instants as text."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return clock.format_instant(value) if isinstance(value, datetime) else value
