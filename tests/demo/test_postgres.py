"""The server from the wheel starts for any user, survives a kill without loss, and leaves nothing behind."""

import os
from pathlib import Path

import psycopg
import pytest

from livefreeze.demo import postgres
from livefreeze.demo.postgres import PostgresMissing, PostgresServer


def rows(server: PostgresServer) -> list[int]:
    with psycopg.connect(host="127.0.0.1", port=server.port, user="postgres") as connection:
        return [row[0] for row in connection.execute("SELECT n FROM kept ORDER BY n")]


def test_a_killed_server_comes_back_with_every_committed_row():
    with PostgresServer() as server:
        connection = psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", autocommit=True)
        connection.execute("CREATE TABLE kept (n integer)")
        connection.execute("INSERT INTO kept VALUES (1)")
        server.kill()
        server.start()
        assert rows(server) == [1]


def test_nothing_is_left_of_a_stopped_server():
    with PostgresServer() as server:
        process, folder = server._process, server._folder
    assert process.returncode is not None
    assert not folder.exists()


def test_programs_under_a_closed_folder_are_copied_to_where_the_server_can_read_them(monkeypatch, tmp_path):
    """A clone under /root: `nobody` may not enter it, and the folder must stay closed."""
    installation = postgres._installation()
    package = tmp_path / "closed" / installation.parent.name
    package.mkdir(parents=True, mode=0o700)
    os.chmod(package.parent, 0o700)
    (package / installation.name).symlink_to(installation)
    libraries = installation.parent.with_name(installation.parent.name + ".libs")
    package.with_name(libraries.name).symlink_to(libraries)
    monkeypatch.setattr(postgres, "_installation", lambda: package / installation.name)
    with PostgresServer() as server, psycopg.connect(host="127.0.0.1", port=server.port, user="postgres") as db:
        assert db.execute("SELECT 1").fetchone() == (1,)
    assert package.parent.stat().st_mode & 0o777 == 0o700


def test_a_missing_wheel_is_said_with_its_remedy(monkeypatch):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PostgresMissing, match=r"requirements-postgres\.lock"):
        PostgresServer().__enter__()


def test_the_lock_named_in_the_remedy_exists():
    assert (Path(postgres.__file__).parents[2] / "requirements-postgres.lock").is_file()
