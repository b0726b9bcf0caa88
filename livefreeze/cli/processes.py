"""The processes of the service: web and worker."""

import sys

import click
from gunicorn.app.base import BaseApplication

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
        "bind": f"{host}:{port}", "workers": processes, "threads": threads, "worker_class": "gthread",
        "timeout": REQUEST_S_MAX, "keepalive": 15, "loglevel": "warning", "proc_name": "livefreeze",
    }
    transaction.engine().dispose()  # no connection may cross the fork
    click.echo(f"livefreeze listens at http://{host}:{port}, its API page is http://{host}:{port}/docs")
    Web(settings, options).run()


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
        click.echo(str(refusal), err=True)
        sys.exit(REFUSED)
