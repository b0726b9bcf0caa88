"""Processes of the story: a failure shows the end of the log, and none outlives its block."""

import os
import socket
import sys

import pytest

from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.processes import Processes, child_environ, free_port

SAYS_AND_ENDS = [sys.executable, "-c", "print('no such table: pool'); raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "print('up', flush=True); import threading; threading.Event().wait()"]
WILL_NOT_END = [
    sys.executable, "-c",
    "import signal, threading; signal.signal(15, signal.SIG_IGN); print('up', flush=True); threading.Event().wait()",
]  # fmt: skip


@pytest.fixture
def processes(tmp_path):
    with Processes(tmp_path, child_environ()) as started:
        yield started


def test_nobody_waits_for_a_process_that_ended(processes):
    processes.start("worker", SAYS_AND_ENDS)
    with pytest.raises(StoryFailed, match="(?s)worker ended with status 3.*no such table: pool"):
        processes.wait_until(lambda: False, "the sweep")


def test_waiting_in_vain_says_for_what_and_shows_the_logs(processes):
    processes.start("worker", STAYS)
    processes.wait_until(lambda: "up" in processes.log_of("worker").read_text(), "the worker to be up")
    with pytest.raises(StoryFailed, match="(?s)the sweep.*worker.log\nup"):
        processes.wait_until(lambda: False, "the sweep", timeout_s=0)


def test_a_refused_command_says_why(processes):
    with pytest.raises(StoryFailed, match="(?s)exit status 3.*no such table: pool"):
        processes.run(SAYS_AND_ENDS)


@pytest.mark.parametrize("command", [STAYS, WILL_NOT_END], ids=["stays", "ignores SIGTERM"])
def test_none_outlives_the_block(tmp_path, monkeypatch, command):
    monkeypatch.setattr("livefreeze.demo.processes.STOP_TIMEOUT_S", 0.5)
    with pytest.raises(KeyError), Processes(tmp_path, child_environ()) as processes:
        processes.start("service", command)
        processes.wait_until(lambda: "up" in processes.log_of("service").read_text(), "the service to be up")
        pid = processes.pids()["service"]
        raise KeyError("whatever goes wrong")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_settings_around_us_do_not_reach_a_child(monkeypatch):
    monkeypatch.setenv("LIVEFREEZE_DATABASE_URL", "postgresql://production")
    environ = child_environ(ENVIRONMENT="development")
    assert {name: value for name, value in environ.items() if name.startswith("LIVEFREEZE_")} == {
        "LIVEFREEZE_ENVIRONMENT": "development"
    }


def test_a_taken_port_is_not_chosen():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)
