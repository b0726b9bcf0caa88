"""Service and reference in turn, A B A B, so that both meet the same moods of the machine."""

import json
import os
import random
import statistics
import subprocess
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bank_adapters import signing
from bank_adapters.keys import parse_verifying_key
from bench import generator, prepared
from bench.cpu import Reading
from bench.generator import Load
from bench.reference import Reference
from bench.service import Service
from bench.world import World
from livefreeze.base import clock

PER_S_MAX = 3_000  # so many requests are prepared for each second; a faster service would run out, and say so
WARM_UP_S = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How often, how long, by how many."""

    rounds: int
    seconds: int
    clients: int


@dataclass(frozen=True, slots=True)
class Round:
    """One run of each, side by side. CPU is in microseconds a request or transaction."""

    service: Load
    reference: Reference
    service_cpu_us: dict[str, float]
    reference_cpu_us: dict[str, float]
    others_cpu: float  # the part of the machine's processors that went to other work

    @property
    def ratio(self) -> float:
        """Withdrawals a second of the service for each one of the reference."""
        return self.service.per_s / self.reference.per_s


@dataclass(frozen=True, slots=True)
class Measured:
    """All rounds, and how many requests were answered with 2xx, the warm-up included."""

    rounds: list[Round]
    answered_ok: int

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(each.ratio for each in self.rounds)


class Requests:
    """Prepared requests for one run after the other, and a count of what was answered."""

    def __init__(self, program: Path, folder: Path, world: World, service: Service, plan: Plan) -> None:
        self._program, self._file, self._world, self._service, self._plan = (
            program, folder / "requests", world, service, plan
        )
        self._chance = random.Random()
        self.answered_ok = 0

    def prepare(self, seconds: float) -> None:
        """Sign the requests of one run."""
        prepared.write(self._file, self._world, int(PER_S_MAX * seconds), chance=self._chance)

    def send(self, seconds: float) -> Load:
        """Send them. Raises RuntimeError where one is not answered with 2xx."""
        load = generator.run(
            self._program, self._file, port=self._service.port, clients=self._plan.clients, seconds=seconds
        )
        self.answered_ok += load.ok
        if load.broken or load.ok != load.answered:
            raise RuntimeError(f"{load.ok} of {load.answered} answers are 2xx, {load.broken} never came whole")
        return load

    def send_one(self) -> None:
        """Send one request and read its answer: approved, and signed by the service."""
        body, headers = prepared.message(self._world, self._chance)
        headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self._service.url(prepared.PATH), body, headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            answer = response.read()
            signing.verify(answer, response.headers, [parse_verifying_key(self._world.service_key)], clock.wall())
        if json.loads(answer)["decision"] != "approved":
            raise RuntimeError(f"not approved: {answer.decode()}")
        self.answered_ok += 1


def alternate(
    plan: Plan, requests: Requests, reference: Callable[[int], Reference], trees: Mapping[str, int],
    say: Callable[[str], None],
) -> Measured:
    """Run the rounds. `trees` are the processes whose CPU is counted: name and root."""
    requests.send_one()
    requests.prepare(WARM_UP_S)
    requests.send(WARM_UP_S)
    reference(1)
    rounds = []
    for number in range(1, plan.rounds + 1):
        say(f"round {number} of {plan.rounds}")
        requests.prepare(plan.seconds)
        start = Reading.take(trees)
        load = requests.send(plan.seconds)
        middle = Reading.take(trees)
        compared = reference(plan.seconds)
        end = Reading.take(trees)
        rounds.append(_round(load, compared, middle.since(start), end.since(middle), end.since(start)))
    return Measured(rounds, requests.answered_ok)


def _round(load: Load, compared: Reference, during_load: Reading, during_reference: Reading, whole: Reading) -> Round:
    service_cpu = during_load.trees | {"generator": load.cpu_s}
    reference_cpu = {"database": during_reference.trees.get("database", 0.0), "its own process": compared.cpu_s}
    others = whole.machine - sum(during_load.trees.values()) - sum(during_reference.trees.values())
    others -= load.cpu_s + compared.cpu_s
    return Round(
        load, compared,
        {name: used / load.answered * 1e6 for name, used in service_cpu.items()},
        {name: used / compared.transactions * 1e6 for name, used in reference_cpu.items()},
        max(0.0, others) / (whole.at_s * (os.cpu_count() or 1)),
    )


def subprocess_reference(command: list[str], *, timeout_s: float) -> Reference:
    """A reference that is a program of its own and prints one line of JSON."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=timeout_s)
    return Reference(**json.loads(done.stdout))
