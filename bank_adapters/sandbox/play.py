"""Commands that play customer, employer or teller at a running bank."""

import json
import sys
from typing import Any

import click

from bank_adapters.sandbox import client, printing
from bank_adapters.sandbox.server import HOST, PORT

_url = click.option("--url", default=f"http://{HOST}:{PORT}", show_default=True, help="A running sandbox bank.")


@click.command()
@_url
@click.option("--name", required=True)
@click.option("--id-number", default="", help="The customer's identity number.")
@click.option("--account", help="The account number; made up where left out.")
@click.option("--opening-balance", default="0", show_default=True)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--branch", default="main", show_default=True)
@click.option("--kind", type=click.Choice(["salary", "case_fund"]), default="salary", show_default=True)
@click.option(
    "--past", multiple=True, metavar="FIELD=VALUE",
    help="Years before today, made up: payer, income, marked, amount, payday, months, bookings, owners.",
)  # fmt: skip
@printing.as_json
def open_account(url: str, as_json: bool, past: tuple[str, ...], **fields: str | None) -> None:
    """Open a customer's account.

    \b
    Example:
      livefreeze sandbox open-account --name 张三 --id-number 330281199001011234 \\
        --past payer=甲电子有限公司 --past amount=8000.00 --past payday=10
    """
    if any("=" not in field for field in past):
        raise click.UsageError("Give --past as FIELD=VALUE.")
    asked = _given(fields)
    if past:
        asked["past"] = {
            name: text if name == "amount" else _value(text)
            for name, _, text in (field.partition("=") for field in past)
        }
    document = _call(url, "POST", "/api/accounts", asked)
    printing.show(document, f"{document['account']}  {document['balance']} {document['currency']}", as_json=as_json)


@click.command()
@_url
@click.option("--account", help="One account; left out, all salary accounts are paid.")
@click.option("--amount", required=True)
@click.option("--on", help="The day it happened, such as 2026-03-10; left out, now.")
@click.option("--payer", help="The employer.")
@printing.as_json
def pay_salary(url: str, as_json: bool, **fields: str | None) -> None:
    """Pay a salary into one account, or into all.

    \b
    Example:
      livefreeze sandbox pay-salary --account 6222020000001234567 --amount 8000.00
    """
    given = _given(fields)
    document = _call(url, "POST", "/api/payroll", given if "account" in given else {**given, "all": True})
    lines = [f"{entry['account']}  +{entry['amount']}  {entry['balance_after']}" for entry in document["entries"]]
    if not document["reported"]:
        lines.append("The service has not taken the news yet; the bank keeps trying.  法院系统尚未收到，将继续发送。")
    printing.show(document, "\n".join(lines), as_json=as_json)


@click.command()
@_url
@click.option("--account", required=True)
@click.option("--amount", required=True)
@click.option("--branch", default="main", show_default=True)
@click.option("--teller", default="1", show_default=True)
@click.option("--channel", default="counter", show_default=True, help="counter, cash_machine, card, transfer, app")
@printing.as_json
def withdraw(url: str, as_json: bool, **fields: str | None) -> None:
    """Withdraw at any counter: the bank asks the service before it pays. Status 1 if it does not pay.

    \b
    Example:
      livefreeze sandbox withdraw --account 6222020000001234567 --amount 1000.00 --branch east
    """
    status, document = _answer(url, "POST", "/api/withdrawals", _given(fields))
    if "screen" not in document:
        _refuse_document(document)
    printing.show(document, f"{document['screen']['en']}\n{document['screen']['zh']}", as_json=as_json)
    sys.exit(0 if status == 201 else 1)


@click.command()
@_url
@click.argument("chosen", nargs=-1, metavar="[FAULT=VALUE]...")
@click.option("--clear", is_flag=True, help="Switch all faults off.")
@printing.as_json
def faults(url: str, chosen: tuple[str, ...], clear: bool, as_json: bool) -> None:
    """Show the faults, or switch on exactly the ones given.

    \b
    Example:
      livefreeze sandbox faults lose_answers=3 unreachable=true
    """
    if any("=" not in fault for fault in chosen) or (clear and chosen):
        raise click.UsageError("Give faults as FAULT=VALUE, or --clear alone.")
    wanted = {name: _value(text) for name, _, text in (fault.partition("=") for fault in chosen)}
    replaces = bool(chosen) or clear
    document = _call(url, "PUT" if replaces else "GET", "/api/faults", wanted)
    lines = [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in document.items()]
    printing.show(document, "\n".join(lines), as_json=as_json)


@click.command()
@_url
@click.option("--count", default=10, show_default=True)
@printing.as_json
def people(url: str, count: int, as_json: bool) -> None:
    """Show some of the made-up customers, so that you know whom to ask this bank about.

    \b
    Example:
      livefreeze sandbox people --count 3
    """
    document = _call(url, "GET", f"/api/people?count={count}")
    lines = [f"{person['id_number']}  {person['name']}" for person in document["people"]]
    printing.show(document, "\n".join(lines), as_json=as_json)


@click.command()
@_url
@printing.as_json
def inquiries(url: str, as_json: bool) -> None:
    """Show the inquiries that came, and what became of them.

    \b
    Example:
      livefreeze sandbox inquiries
    """
    document = _call(url, "GET", "/api/inquiries")
    lines = [f"{line['inquiry']}  {line['state']:<10} {line['parts_stored']}" for line in document["inquiries"]]
    printing.show(document, "\n".join(lines), as_json=as_json)


@click.command()
@_url
@click.argument("inquiry")
@click.option("--corrects", is_flag=True, help="Say that the earlier answer was wrong.")
@printing.as_json
def answer_again(url: str, inquiry: str, corrects: bool, as_json: bool) -> None:
    """Tell the first part of an answer once more, as the books stand now.

    \b
    Example:
      livefreeze sandbox answer-again inq_01kkb3v5w7x9y1z3a5b7c9d1e3 --corrects
    """
    document = _call(url, "POST", f"/api/inquiries/{inquiry}/again", {"corrects": corrects})
    printing.show(document, "Told again.  已再次答复。", as_json=as_json)


@click.command()
@_url
@printing.as_json
def books(url: str, as_json: bool) -> None:
    """Show all accounts and the trial balance.

    \b
    Example:
      livefreeze sandbox books
    """
    document = _call(url, "GET", "/api/books")
    lines = [
        f"{line['account']:<36} {line['name']:<16} {line['balance']:>16} {line['blocked']:>16} {line['currency']}"
        for line in (*document["accounts"], *document["own_accounts"])
    ]
    lines += [f"trial balance 试算平衡: {sum_} {code}" for code, sum_ in document["trial_balance"].items()]
    printing.show(document, "\n".join(lines), as_json=as_json)


def _given(fields: dict[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _call(url: str, method: str, path: str, document: dict | None = None) -> dict:
    """The answer of a running bank; refused with the bank's sentence unless it did what was asked."""
    status, answer = _answer(url, method, path, document)
    if status >= 300:
        _refuse_document(answer)
    return answer


def _answer(url: str, method: str, path: str, document: dict | None = None) -> tuple[int, dict]:
    try:
        return client.call(url, method, path, document)
    except client.NotRunning as error:
        printing.refuse(f"No sandbox bank answers at {url} ({error}).", f"{url} 没有沙箱银行回应。")


def _refuse_document(document: dict) -> None:
    printing.refuse(document["reason"], document["reason_zh"])
