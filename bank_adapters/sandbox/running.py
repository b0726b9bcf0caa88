"""A bank at work: its books, its line to the service, its counters and its background worker."""

from dataclasses import dataclass
from typing import Self

from bank_adapters.sandbox import authorisations
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.courier import Courier
from bank_adapters.sandbox.link import Link
from bank_adapters.sandbox.tellers import Counter
from bank_adapters.sandbox.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The parts of one bank while its process lives."""

    bank: Bank
    link: Link
    counter: Counter
    worker: Worker

    @classmethod
    def start(cls, bank: Bank) -> Self:
        """Take up what a killed process left, then begin to work."""
        with bank.database.transaction() as connection:
            authorisations.after_restart(connection, bank)
        link = Link(bank)
        courier = Courier(bank, link)
        worker = Worker(bank, courier)
        worker.start()
        return cls(bank=bank, link=link, counter=Counter(bank, courier), worker=worker)

    def stop(self) -> None:
        """End the background work, then close the books."""
        self.worker.stop()
        self.bank.database.close()
