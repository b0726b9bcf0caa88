"""The commands of the sandbox bank: run it and exchange keys; those that play at a running one are in `play`."""

import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from werkzeug.serving import BaseWSGIServer

from bank_adapters import errors
from bank_adapters.sandbox import keys, play, printing
from bank_adapters.sandbox.bank import PATIENCE, open_bank
from bank_adapters.sandbox.clock import Clock
from bank_adapters.sandbox.database import Database
from bank_adapters.sandbox.many import COUNT_MAX, ManyBanks, application
from bank_adapters.sandbox.running import Running
from bank_adapters.sandbox.server import HOST, PORT, create_app, make_http_server

_folder = click.option(
    "--data", "folder", type=click.Path(path_type=Path, file_okay=False), required=True,
    help="The bank's folder; made at the first start.",
)  # fmt: skip


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
@click.option(
    "--banks", type=click.IntRange(1, COUNT_MAX),
    help="Play that many banks, CODE-0001 and so on, each below /banks/CODE-0001.",
)  # fmt: skip
@click.option(
    "--wait-for-disk/--no-wait-for-disk", default=True, show_default=True,
    help="Without it a killed process loses nothing, a power cut the last seconds.",
)  # fmt: skip
@printing.as_json
def serve(
    folder: Path, code: str, service: str, port: int, clock_file: Path | None, patience: float, banks: int | None,
    wait_for_disk: bool, as_json: bool,
) -> None:  # fmt: skip
    """Run the bank, or many of them, until it is stopped.

    \b
    Example:
      livefreeze sandbox serve --data bank --code demo-bank --service http://127.0.0.1:8000
    """
    fixed = {
        "service": service, "clock": Clock(clock_file), "patience": timedelta(seconds=patience),
        "waits_for_disk": wait_for_disk,
    }  # fmt: skip
    if banks is not None:
        _serve_many(ManyBanks(folder, [f"{code}-{n:04}" for n in range(1, banks + 1)], **fixed), port, as_json)
        return
    try:
        bank = open_bank(folder, code=code, **fixed)
    except errors.Refused as refused:
        printing.refuse(refused.reason, refused.reason_zh)
    _stop_on_signals()
    running = Running.start(bank)
    server = make_http_server(create_app(running), port)
    url = f"http://{HOST}:{server.port}"
    public_key = bank.signing_key.public_key.text()
    printing.show(
        {"bank": code, "url": url, "hook": f"{url}/hooks/livefreeze", "public_key": public_key},
        f"Sandbox bank {code}: {url}   messages: {url}/hooks/livefreeze   key: {public_key}",
        as_json=as_json,
    )
    _serve_until_stopped(server, running.stop)


def _serve_many(banks: ManyBanks, port: int, as_json: bool) -> None:
    _stop_on_signals()
    server = make_http_server(application(banks, create_app(None)), port)
    url = f"http://{HOST}:{server.port}"
    listed = banks.listed(url)
    lines = [f"{bank['bank']}   messages: {bank['hook']}   key: {bank['public_key']}" for bank in listed]
    printing.show({"url": url, "banks": listed}, "\n".join(lines), as_json=as_json)
    _serve_until_stopped(server, banks.stop)


def _stop_on_signals() -> None:
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, lambda *_: sys.exit(0))


def _serve_until_stopped(server: BaseWSGIServer, stop: Callable[[], None]) -> None:
    try:
        server.serve_forever()
    finally:
        server.server_close()
        stop()


@sandbox.command()
@_folder
@printing.as_json
def key(folder: Path, as_json: bool) -> None:
    """Print the bank's public key, to be registered at the service.

    \b
    Example:
      livefreeze sandbox key --data bank
    """
    public_key = keys.load_or_make(folder).public_key.text()
    printing.show({"public_key": public_key}, public_key, as_json=as_json)


@sandbox.command()
@_folder
@click.argument("public_key")
@printing.as_json
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
        printing.refuse(refused.reason, refused.reason_zh)
    finally:
        database.close()
    printing.show({"trusted": trusted}, "\n".join(trusted), as_json=as_json)


for command in (
    play.open_account,
    play.pay_salary,
    play.withdraw,
    play.faults,
    play.books,
    play.people,
    play.inquiries,
    play.answer_again,
):
    sandbox.add_command(command)
