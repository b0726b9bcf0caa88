"""Kills what runs, at random moments under load, and counts the money once everything is quiet again."""

import itertools
from collections import Counter
from random import Random

from tests.crash.load import Load
from tests.crash.processes import wait_until
from tests.crash.reckoning import differences
from tests.crash.town import Town

KILLS_BETWEEN_COUNTS = 10
ANSWERS_BETWEEN_KILLS_MAX = 25
ANSWERED_WITHIN_S = 60
QUIET_WITHIN_S = 60
# The business clock goes on in jumps: twenty kills see three paydays and sweeps. A question asked before a jump
# is answered too late, so most kills come without one.
JUMPS_OF_TEN_KILLS = 3
JUMP_DAYS_MAX = 30
EXPIRED_AFTER_MINUTES = 31  # then whoever has not said what became of a withdrawal is asked

# What else goes wrong at a bank until the next count.
TROUBLES = (
    {}, {"lose_answers": 4}, {"duplicate_events": True}, {"reorder_events": True}, {"delay_settlement_s": 0.5},
    {"fail_transfers": True}, {"return_transfers": True},
)


class Killer:
    """The seed decides who dies in which order after how many answers, and what else goes wrong."""

    def __init__(self, town: Town, seed: int) -> None:
        self._town, self._chance = town, Random(seed)
        self._load = Load(town, seed)
        self.killed: Counter[str] = Counter()

    def run(self, kills: int) -> list[str]:
        """Kill so many times; return what differs at the first count at which something does."""
        victims = self._victims()
        while (left := kills - self.killed.total()) > 0:
            self._make_trouble()
            self._load.start()
            for victim in itertools.islice(victims, min(left, KILLS_BETWEEN_COUNTS)):
                self._kill(victim)
            self._load.stop()
            if found := self._count():
                return found
        return []

    def _victims(self):
        """All in turn, in an order that is new each time, so that nobody is spared."""
        names = sorted(self._town.kills())
        while True:
            yield from self._chance.sample(names, len(names))

    def _kill(self, victim: str) -> None:
        answers = self._chance.randint(1, ANSWERS_BETWEEN_KILLS_MAX)
        if not self._load.wait_for_answers(answers, ANSWERED_WITHIN_S):
            raise AssertionError(f"nothing moves any more before the kill of {victim}: {self._town.under_way()}")
        self._town.kills()[victim](self._chance)
        self.killed[victim] += 1
        if self._chance.random() < JUMPS_OF_TEN_KILLS / 10:
            self._town.clock.passes(days=self._chance.randint(1, JUMP_DAYS_MAX))

    def _make_trouble(self) -> None:
        for bank in self._town.banks:
            bank.ask("PUT", "/api/faults", **self._chance.choice(TROUBLES))

    def _count(self) -> list[str]:
        """End all trouble, wait until nothing is under way, and compare the books."""
        for bank in self._town.banks:
            bank.ask("PUT", "/api/faults")
        self._town.engine.dispose()  # its connections may have died with the database
        self._town.clock.passes(minutes=EXPIRED_AFTER_MINUTES)
        if not wait_until(self._town.is_quiet, QUIET_WITHIN_S):
            return [f"still under way: {self._town.under_way()}", *differences(self._town, self._load.asked)]
        return differences(self._town, self._load.asked)
