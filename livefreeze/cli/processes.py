"""The processes of the service: web and worker."""

import sys

import click
from gunicorn.app.base import BaseApplication
from gunicorn.sock import TCP6Socket, TCPSocket

from livefreeze import app
from livefreeze import worker as worker_process
from livefreeze.base.master_keys import MasterKeysInvalid
from livefreeze.cli.answering import REFUSED, Refused, opened
from livefreeze.flows import transaction
from livefreeze.settings import Settings, SettingsInvalid

REQUEST_S_MAX = 60  # a worker process silent for longer is replaced


class Web(BaseApplication):
    """gunicorn with our application; each of its processes makes its own, after the fork."""

    def __init__(self, settings: Settings, options: dict[str, object]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options; gunicorn's own files and variables are not read."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the application."""
        return app.create_app(self._settings)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.")
@click.option("--processes", default=2, show_default=True, help="How many processes answer.")
@click.option("--threads", default=8, show_default=True, help="How many requests each process answers at a time.")
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Run the web process until it is stopped. In production put a TLS proxy before it.

    \b
    Example:
      livefreeze serve --port 8000
    """
    settings = _opened()
    options = {
        "bind": _address(host, port), "workers": processes, "threads": threads, "worker_class": "gthread",
        "timeout": REQUEST_S_MAX, "keepalive": 15, "loglevel": "warning", "proc_name": "livefreeze",
        "when_ready": lambda arbiter: _say_where(host, arbiter.LISTENERS[0].getsockname()[1]),
    }
    transaction.engine().dispose()  # no connection may cross the fork
    web = Web(settings, options)
    _refuse_taken(web, host, port)
    web.run()


@click.command()
def worker() -> None:
    """Run the timetable: deliver messages, sweep, query. Any number may run side by side.

    \b
    Example:
      livefreeze worker
    """
    worker_process.run(_opened())


def _opened() -> Settings:
    try:
        return opened()
    except (SettingsInvalid, MasterKeysInvalid, Refused) as refusal:
        _refuse(str(refusal))


def _refuse_taken(web: Web, host: str, port: int) -> None:
    """Refuse an address that cannot be bound now, where gunicorn would try for seconds and then say it in its log."""
    kind = TCP6Socket if ":" in host else TCPSocket
    try:
        kind((host, port), web.cfg, None).close()
    except OSError as error:
        _refuse(
            f"Cannot listen at {host}, port {port}: {error.strerror}. Stop what listens there, or name another"
            " --host or --port."
        )


def _say_where(host: str, port: int) -> None:
    address = f"http://{_address(host, port)}"
    click.echo(f"livefreeze listens at {address}, its API page is {address}/docs")


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
