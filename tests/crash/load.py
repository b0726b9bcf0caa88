"""Tellers, employers and a finance officer who keep the town busy while its processes are killed.

Everything that was asked for is written down with its answer, or that there was none. A withdrawal is found again
by its teller, a credit or charge by its amount: no two of a run are the same.
"""

import itertools
import threading
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import urllib3

from bank_adapters.sandbox.client import NotRunning
from tests.crash.town import Account, Town

TELLERS = 4
SEEN_KEPT = 20  # so many earlier withdrawals and credits a teller remembers
CLICK_TIMEOUT_S = 10
PAUSE_S = 0.2  # between two looks of the finance officer


class Asked(NamedTuple):
    """One request of the load. Status and answer are None where nobody answered."""

    what: str  # withdrawal, credit, charge or click
    mark: str  # by which it is found again
    account: Account | None
    status: int | None
    answer: dict | None


class Load:
    """Runs from `start` to `stop`; `wait_for_answers` is how others choose their moment."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town = town
        self.asked: list[Asked] = []
        self.failures: list[BaseException] = []
        self._numbers = itertools.count(1)
        self._seeds = Random(seed)
        self._answered = 0
        self._changed = threading.Condition()
        self._is_stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        self._is_stopping.clear()
        people = [Teller(self, Random(self._seeds.random())) for _ in range(TELLERS)]
        acts: list[Callable[[], None]] = [person.act for person in people]
        acts.append(Finance(self, Random(self._seeds.random())).act)
        self._threads = [threading.Thread(target=self._keep_on, args=[act], daemon=True) for act in acts]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody end what they are at."""
        self._is_stopping.set()
        for thread in self._threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def wait_for_answers(self, count: int, within_s: float) -> bool:
        """Whether so many more requests were answered in time."""
        with self._changed:
            wanted = self._answered + count
            return self._changed.wait_for(lambda: self._answered >= wanted or bool(self.failures), within_s)

    def next_number(self) -> int:
        return next(self._numbers)

    def note(self, asked: Asked) -> None:
        with self._changed:
            self.asked.append(asked)
            self._answered += asked.status is not None
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        self._is_stopping.wait(seconds)

    def _keep_on(self, act: Callable[[], None]) -> None:
        try:
            while not self._is_stopping.is_set():
                act()
        except BaseException as error:
            self.failures.append(error)
            with self._changed:
                self._changed.notify_all()


class Teller:
    """Serves whoever comes: mostly withdrawals, sometimes salaries, charges and mistakes that are taken back."""

    def __init__(self, load: Load, chance: Random) -> None:
        self._load, self._chance = load, chance
        self._captured: list[tuple[Account, str]] = []
        self._credited: list[tuple[Account, str]] = []
        # A question waits for what its bank had to report before, so reports are the fewer.
        self._kinds = {self._withdraw: 70, self._withdraw_kept: 10, self._stand_in: 2, self._pay_salary: 8,
                       self._charge: 3, self._reverse: 4, self._recall: 3}

    def act(self) -> None:
        (act,) = self._chance.choices([*self._kinds], [*self._kinds.values()])
        act()

    def _withdraw(self) -> None:
        large = self._chance.random() < 0.05
        amount = self._chance.randint(800_00, 2_600_00) if large else self._chance.randint(1_00, 60_00)
        channel = self._chance.choice(["counter", "cash_machine", "card", "app"])
        account, answer = self._ask_for(amount, channel=channel)
        if answer and answer["state"] == "captured":
            self._captured = [*self._captured, (account, answer["reference"])][-SEEN_KEPT:]

    def _withdraw_kept(self) -> None:
        """Approved first; paid later, all or another amount, or given up."""
        amount = self._chance.randint(1_00, 60_00)
        account, answer = self._ask_for(amount, is_kept=True)
        if answer and answer["state"] == "approved":
            less, more = {"amount": _text(amount - 50)}, {"amount": _text(amount + 50)}
            act, fields = self._chance.choice(
                [("capture", {}), ("capture", less), ("capture", more), ("void", {}), (None, {})]
            )
            if act is not None:
                self._post("withdrawal", answer["teller"], account, f"/api/withdrawals/{answer['reference']}/{act}",
                           **fields)

    def _stand_in(self) -> None:
        self._ask_for(self._chance.randint(1_00, 60_00), is_stand_in=True)

    def _pay_salary(self) -> None:
        account, minor = self._account(), 2_000_00 + self._load.next_number()
        answer = self._post("credit", _text(minor), account, "/api/payroll", account=account.number,
                            amount=_text(minor), wait_s=0)
        if answer:
            (entry,) = answer["entries"]
            self._credited = [*self._credited, (account, entry["transaction_reference"])][-SEEN_KEPT:]

    def _charge(self) -> None:
        account, minor = self._account(), self._load.next_number()
        kind = self._chance.choice(["bank_charge", "correction", "other_authority", "customer"])
        self._post("charge", _text(minor), account, "/api/charges", account=account.number, amount=_text(minor),
                   kind=kind, wait_s=0)

    def _reverse(self) -> None:
        if self._captured:
            account, reference = self._captured.pop(self._chance.randrange(len(self._captured)))
            self._post("reversal", reference, account, f"/api/withdrawals/{reference}/reverse")

    def _recall(self) -> None:
        if self._credited:
            account, reference = self._credited.pop(self._chance.randrange(len(self._credited)))
            self._post("recall", reference, account, "/api/payroll/recall", account=account.number,
                       transaction_reference=reference, wait_s=0)

    def _ask_for(self, amount_minor: int, **fields: object) -> tuple[Account, dict | None]:
        account, mark = self._account(), f"no {self._load.next_number()}"
        answer = self._post("withdrawal", mark, account, "/api/withdrawals", account=account.number,
                            amount=_text(amount_minor), teller=mark, **fields)
        return account, answer

    def _account(self) -> Account:
        return self._chance.choice(self._load.town.accounts)

    def _post(self, what: str, mark: str, account: Account, path: str, /, **fields: object) -> dict | None:
        """The bank's answer where it did what was asked; None where it refused or nobody answered."""
        try:
            status, answer = self._load.town.bank(account.bank).ask("POST", path, **fields)
        except NotRunning:
            status, answer = None, None
            self._load.pause(PAUSE_S / 10)  # the bank is being killed just now
        self._load.note(Asked(what, mark, account, status, answer))
        return answer if status in (200, 201) else None


class Finance:
    """Looks at a case and sends what the preview shows; asks again with the same preview where nobody answers."""

    def __init__(self, load: Load, chance: Random) -> None:
        self._load, self._chance = load, chance
        self._http = urllib3.PoolManager(retries=False, timeout=CLICK_TIMEOUT_S)
        self._headers = {"Authorization": f"Bearer {load.town.court.tokens['finance']}"}

    def act(self) -> None:
        case = self._chance.choice(self._load.town.cases)
        status, shown = self._ask("GET", f"/court/v1/cases/{case}/sweep")
        if status == 200 and shown["transfers"]:
            sent = {"preview": shown["preview"]}
            for _ in range(3):
                status, answer = self._ask("POST", f"/court/v1/cases/{case}/sweeps", sent)
                self._load.note(Asked("click", shown["preview"], None, status, answer))
                if status is not None:
                    break
        self._load.pause(PAUSE_S)

    def _ask(self, method: str, path: str, document: dict | None = None) -> tuple[int | None, dict | None]:
        try:
            response = self._http.request(method, self._load.town.url + path, json=document, headers=self._headers)
            return response.status, response.json()
        except (urllib3.exceptions.HTTPError, ValueError):
            return None, None


def _text(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
