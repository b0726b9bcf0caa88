"""What differs between what was promised, what the banks have booked and what the service has: nothing may."""

from tests.crash import agreement, promises, soundness
from tests.crash.books import BankBooks, ServiceBooks
from tests.crash.load import Asked
from tests.crash.town import Town


def differences(town: Town, asked: list[Asked]) -> list[str]:
    """A sentence for everything that is not as it must be. The town is quiet."""
    service, banks = ServiceBooks(town.engine), {bank.code: BankBooks(bank) for bank in town.banks}
    found = [*promises.broken(asked, banks, service), *soundness.faults(service)]
    for code, bank in banks.items():
        found += [f"{code}: {fault}" for fault in agreement.with_bank(bank, service)]
    for account in town.accounts:
        faults = agreement.on_account(account, banks[account.bank], service)
        found += [f"{account.bank} {account.number} ({account.id}): {fault}" for fault in faults]
    return found
