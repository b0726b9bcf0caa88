"""The load generator: load.c, compiled when it is needed, a process of its own for each measurement."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("load.c")
COMPILE_TIMEOUT_S = 60
STILL_DUE_S = 30  # beyond the time asked for: it waits for the last answers itself


class GeneratorMissing(Exception):
    """load.c could not be compiled; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of the generator saw."""

    answered: int
    ok: int  # answers with a status of 2xx
    broken: int  # connections that ended without their answer
    reconnected: int  # a server without keep-alive ends each connection after its answer
    ran_out: bool  # the prepared requests were fewer than the time allowed
    seconds: float
    p50_ms: float
    p99_ms: float
    cpu_s: float

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


def build(folder: Path) -> Path:
    """Compile the generator into the folder. Raises GeneratorMissing."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise GeneratorMissing(
            "The load generator is a C program and there is no compiler here: apt-get install gcc libc6-dev"
        )
    target = folder / "load"
    made = subprocess.run(
        [compiler, "-O2", "-o", target, SOURCE], capture_output=True, text=True, timeout=COMPILE_TIMEOUT_S
    )
    if made.returncode != 0:
        raise GeneratorMissing(f"{compiler} could not compile {SOURCE.name}:\n{made.stderr[-2000:]}")
    return target


def run(program: Path, requests: Path, *, port: int, clients: int, seconds: float) -> Load:
    """Send the requests of the file for so many seconds. Raises subprocess.CalledProcessError, TimeoutExpired."""
    command = [program, str(port), str(clients), str(seconds), requests]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=seconds + STILL_DUE_S)
    return Load(**json.loads(done.stdout))
