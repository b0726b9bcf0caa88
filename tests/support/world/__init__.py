"""The service in this process as its users meet it: courts, banks, tellers, and a clock that the test moves.

    world = World(database_url, folder)
    frozen = world.freezes(balance="8000.00")
    assert frozen.bank.withdraws(frozen.account, "1000.00").allowance_left == "1500.00"
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bank_adapters.addresses import Policy
from bank_adapters.keys import SigningKey
from livefreeze.app import create_app
from livefreeze.base import clock as service_clock
from livefreeze.base import crypto, master_keys
from livefreeze.flows import delivery, jobs, transaction
from livefreeze.settings import Settings
from tests.support.world.bank import Account, Bank, Exchange
from tests.support.world.books import Books
from tests.support.world.clock import Clock
from tests.support.world.court import Court, Debtor
from tests.support.world.numbers import unique

__all__ = ["Account", "Bank", "Clock", "Court", "Debtor", "Exchange", "Frozen", "World", "unique"]

BEFORE_PAYDAY = "2026-03-09T15:00:00+08:00"
PAYDAY = "2026-03-10T09:00:00+08:00"
SWEEP_DAY = "2026-03-12T09:00:00+08:00"
PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class Frozen:
    """One debtor's account under one order, its receipt given and its salary paid."""

    court: Court
    bank: Bank
    debtor: Debtor
    case: str
    order: str
    account: Account


class World:
    """A service over one database. Its process-wide parts are those of the world that entered last."""

    def __init__(self, database_url: str, folder: Path, *, now: str = BEFORE_PAYDAY) -> None:
        master_keys.create(folder / "master-keys.json")
        self._began = now
        self.clock = Clock(folder / "clock")
        self.clock.moves_to(now)
        self._settings = Settings(
            environment="development", database_url=database_url, master_key_file=folder / "master-keys.json",
            clock_file=self.clock.file,
        )
        self.app = create_app(self._settings)
        self.client = self.app.test_client()
        self.engine, self._vault = transaction.engine(), crypto.vault()
        self.books = Books(self.engine)
        self._banks: list[Bank] = []

    def enter(self) -> None:
        """Make this world's database, keys and clock those of the process again."""
        transaction.use(self.engine)
        crypto.set_vault(self._vault)
        service_clock.set_clock_file(self.clock.file)

    def begins_anew(self) -> None:
        """Be as at the beginning, over a database that was emptied meanwhile."""
        self.clock.moves_to(self._began)
        self.enter()

    def ends(self) -> None:
        """No bank listens any more, and the clock of the process stands on the real time."""
        while self._banks:
            self._banks.pop().mailbox.close()
        service_clock.set_clock_file(None)

    def close(self) -> None:
        self.ends()
        self.engine.dispose()

    def environ(self) -> dict[str, str]:
        """The settings by which other processes work on this world."""
        return {f"LIVEFREEZE_{name.upper()}": str(getattr(self._settings, name)) for name in Settings.__slots__}

    def court(self) -> Court:
        """A court with its staff and its case fund."""
        court = Court(self.client)
        court.registers_fund()
        return court

    def bank(self, *, key: SigningKey | None = None) -> Bank:
        bank = Bank(self.client, self.clock, key=key)
        self._banks.append(bank)
        return bank

    def delivers(self, *, attempts_max: int = delivery.ATTEMPTS_MAX) -> int:
        """The worker sends what waits in the outbox; after so many attempts it gives a message up."""
        return delivery.run(policy=Policy(allow_loopback_http=True), attempts_max=attempts_max)

    def delivers_until(self, is_so: Callable[[], bool]) -> None:
        """Deliver, as the worker does every moment, until the question is answered yes."""
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < deadline, "the outbox did not deliver in time"
            self.delivers()

    def ticks(self) -> None:
        """The worker does what is due on the timetable, in a minute that it has not looked at, and delivers."""
        self.clock.passes(minutes=1)
        for job in jobs.JOBS:
            jobs.run_due(job)
        self.delivers()

    def freezes(self, *, balance: str = "8000.00", quota: str = "60000.00", bank: Bank | None = None,
                court: Court | None = None, **rule: object) -> Frozen:
        """Serve an order on a new account; the bank accepts it, and on payday pays a salary of `balance`."""
        frozen = self.serves(quota=quota, bank=bank, court=court, **rule)
        frozen.bank.accepts(frozen.account)
        self.clock.reaches(PAYDAY)
        if balance != "0.00":
            frozen.bank.pays_salary(frozen.account, balance)
        return frozen

    def serves(self, *, quota: str = "60000.00", bank: Bank | None = None, court: Court | None = None,
               **rule: object) -> Frozen:
        """Serve an order on a new account; the bank has read it and not yet answered."""
        court, bank = court or self.court(), bank or self.bank()
        debtor = court.names()
        case = court.opens_case(debtor, amount=quota)
        account = court.finds_account(debtor, bank)
        order = court.serves(case, debtor, [account], quota=quota, **rule)
        self.delivers()
        bank.reads()
        return Frozen(court, bank, debtor, case, order, account)
