"""The commands of the sandbox bank: run it, and play customer, employer or teller at a running one."""

import json
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bank_adapters import errors
from bank_adapters.sandbox import client, keys
from bank_adapters.sandbox.bank import PATIENCE, open_bank
from bank_adapters.sandbox.clock import Clock
from bank_adapters.sandbox.database import Database
from bank_adapters.sandbox.running import Running
from bank_adapters.sandbox.server import HOST, make_http_server

PORT = 8101

_folder = click.option(
    "--data", "folder", type=click.Path(path_type=Path, file_okay=False), required=True,
    help="The bank's folder; made at the first start.",
)  # fmt: skip
_url = click.option("--url", default=f"http://{HOST}:{PORT}", show_default=True, help="A running sandbox bank.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.group()
def sandbox() -> None:
    """A small but real bank for trying the service.

    \b
    Example:
      livefreeze sandbox serve --data bank --code demo-bank --service http://127.0.0.1:8000
    """


@sandbox.command()
@_folder
@click.option("--code", required=True, help="The bank's code at the service, such as demo-bank.")
@click.option("--service", required=True, help="Address of the court's service.")
@click.option("--port", default=PORT, show_default=True, help="0 takes any free one.")
@click.option(
    "--clock-file", type=click.Path(path_type=Path, dir_okay=False),
    help="Holds the seconds to add to the real time.",
)  # fmt: skip
@click.option(
    "--patience",
    default=PATIENCE.total_seconds(),
    show_default=True,
    help="Seconds that a debtor waits for the service's decision.",
)
@_as_json
def serve(
    folder: Path, code: str, service: str, port: int, clock_file: Path | None, patience: float, as_json: bool
) -> None:
    """Run the bank until it is stopped.

    \b
    Example:
      livefreeze sandbox serve --data bank --code demo-bank --service http://127.0.0.1:8000
    """
    try:
        bank = open_bank(
            folder, code=code, service=service, clock=Clock(clock_file), patience=timedelta(seconds=patience)
        )
    except errors.Refused as refused:
        _refuse(refused.reason, refused.reason_zh)
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, lambda *_: sys.exit(0))
    running = Running.start(bank)
    server = make_http_server(running, port)
    url = f"http://{HOST}:{server.port}"
    public_key = bank.signing_key.public_key.text()
    _show(
        {"bank": code, "url": url, "hook": f"{url}/hooks/livefreeze", "public_key": public_key},
        f"Sandbox bank {code}: {url}   messages: {url}/hooks/livefreeze   key: {public_key}",
        as_json=as_json,
    )
    try:
        server.serve_forever()
    finally:
        server.server_close()
        running.stop()


@sandbox.command()
@_folder
@_as_json
def key(folder: Path, as_json: bool) -> None:
    """Print the bank's public key, to be registered at the service.

    \b
    Example:
      livefreeze sandbox key --data bank
    """
    public_key = keys.load_or_make(folder).public_key.text()
    _show({"public_key": public_key}, public_key, as_json=as_json)


@sandbox.command()
@_folder
@click.argument("public_key")
@_as_json
def trust(folder: Path, public_key: str, as_json: bool) -> None:
    """Trust this public key of the service, instead of the keys it shows at the first contact.

    \b
    Example:
      livefreeze sandbox trust --data bank whpk_MCowBQYDK2VwAyEA...
    """
    database = Database(folder)
    try:
        with database.transaction() as connection:
            keys.trust(connection, public_key)
            trusted = [key.text() for key in keys.trusted(connection)]
    except errors.Refused as refused:
        _refuse(refused.reason, refused.reason_zh)
    finally:
        database.close()
    _show({"trusted": trusted}, "\n".join(trusted), as_json=as_json)


@sandbox.command()
@_url
@click.option("--name", required=True)
@click.option("--id-number", default="", help="The customer's identity number.")
@click.option("--account", help="The account number; made up where left out.")
@click.option("--opening-balance", default="0", show_default=True)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--branch", default="main", show_default=True)
@click.option("--kind", type=click.Choice(["salary", "case_fund"]), default="salary", show_default=True)
@_as_json
def open_account(url: str, as_json: bool, **fields: str | None) -> None:
    """Open a customer's account.

    \b
    Example:
      livefreeze sandbox open-account --name 张三 --id-number 330281199001011234
    """
    document = _call(url, "POST", "/api/accounts", _given(fields))
    _show(document, f"{document['account']}  {document['balance']} {document['currency']}", as_json=as_json)


@sandbox.command()
@_url
@click.option("--account", help="One account; left out, all salary accounts are paid.")
@click.option("--amount", required=True)
@click.option("--on", help="The day it happened, such as 2026-03-10; left out, now.")
@click.option("--payer", help="The employer.")
@_as_json
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
    _show(document, "\n".join(lines), as_json=as_json)


@sandbox.command()
@_url
@click.option("--account", required=True)
@click.option("--amount", required=True)
@click.option("--branch", default="main", show_default=True)
@click.option("--teller", default="1", show_default=True)
@click.option("--channel", default="counter", show_default=True, help="counter, cash_machine, card, transfer, app")
@_as_json
def withdraw(url: str, as_json: bool, **fields: str | None) -> None:
    """Withdraw at any counter: the bank asks the service before it pays. Status 1 if it does not pay.

    \b
    Example:
      livefreeze sandbox withdraw --account 6222020000001234567 --amount 1000.00 --branch east
    """
    status, document = _answer(url, "POST", "/api/withdrawals", _given(fields))
    if "screen" not in document:
        _refuse_document(document)
    _show(document, f"{document['screen']['en']}\n{document['screen']['zh']}", as_json=as_json)
    sys.exit(0 if status == 201 else 1)


@sandbox.command()
@_url
@click.argument("chosen", nargs=-1, metavar="[FAULT=VALUE]...")
@click.option("--clear", is_flag=True, help="Switch all faults off.")
@_as_json
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
    _show(document, "\n".join(lines), as_json=as_json)


@sandbox.command()
@_url
@_as_json
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
    _show(document, "\n".join(lines), as_json=as_json)


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
        _refuse(f"No sandbox bank answers at {url} ({error}).", f"{url} 没有沙箱银行回应。")


def _refuse_document(document: dict) -> None:
    _refuse(document["reason"], document["reason_zh"])


def _refuse(reason: str, reason_zh: str) -> None:
    click.echo(f"{reason}\n{reason_zh}", err=True)
    sys.exit(1)


def _show(document: dict, text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else text)
