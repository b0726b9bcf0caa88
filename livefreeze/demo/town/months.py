"""Nine months, played day by day: cases, paydays, withdrawals, sweeps, and what goes wrong between them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from livefreeze.demo.town import counters, wishes
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.plan import FAILING_MONTH, FIRST_DAY, SERVING_DAY, Account, Case, Fate, Order, Plan

ROUND_DAYS = (11, 17, 26)
SWEEP_DAYS = (12, 20)
CLICK_DAY, ODD_DAY = 13, 27
FAILING_BANK = 2
RETURNING_MONTHS = (2, 6)
RULE_MONTH = 5  # in which the first court changes its rule
CLICKS_MAX = 6
WAITING_BANK = 1  # its last transfers are on their way still
WAITING_COUNT = 4
LONG_S = 86_400.0

Step = tuple[datetime, Callable[[], None]]


class Months:
    """Plays a plan; each step is a day on which something happens."""

    def __init__(self, plan: Plan, acts: Acts) -> None:
        self._plan = plan
        self._acts = acts
        self._failed: dict[str, str] = {}  # transfer by account number
        self._met: set[str] = set()  # notice numbers whose fate has come

    def count(self) -> int:
        """How many steps there are."""
        return sum(1 for _ in self.steps())

    def steps(self) -> Iterator[Step]:
        """Every step with its day, in their order."""
        yield self._plan.begins_at, self._register
        for month in range(self._plan.months):
            at = self._at(month)
            yield at(FIRST_DAY if month == 0 else SERVING_DAY), lambda month=month: self._serve(month)
            yield at(ROUND_DAYS[0]), lambda month=month: self._round(month, 0)
            yield at(SWEEP_DAYS[0]), lambda month=month: self._sweep(month, 0)
            yield at(CLICK_DAY), lambda month=month: self._after_sweep(month)
            yield at(ROUND_DAYS[1]), lambda month=month: self._round(month, 1)
            yield at(SWEEP_DAYS[1]), lambda month=month: self._sweep(month, 1)
            yield at(ROUND_DAYS[2]), lambda month=month: self._round(month, 2)
            yield at(ODD_DAY), lambda month=month: self._oddities(month)

    def _at(self, month: int) -> Callable[[int], datetime]:
        return lambda day: self._plan.day(month, day)

    def _register(self) -> None:
        self._acts.clock_to(self._plan.begins_at)
        for bank in range(len(self._acts.banks)):
            self._acts.faults(bank)
        for court in range(len(self._acts.courts)):
            self._acts.registers_fund(court)
            self._acts.adopts_rule(court)

    def _serve(self, month: int) -> None:
        """The cases of the month, from first to last within its first day."""
        self._acts.clock_to(self._at(month)(FIRST_DAY if month == 0 else SERVING_DAY) + timedelta(minutes=30))
        opened = self._plan.opened_in(month)
        fates = {a.number: (a, order.fate) for case in opened for order in case.orders for a in order.accounts}
        self._acts.at_once(self._acts.opens_account, *zip(*fates.values(), strict=True))
        self._acts.employs([account for account, _ in fates.values()])
        self._acts.at_once(self._acts.opens, opened)
        self._settles_down(month)

    def _round(self, month: int, round_: int) -> None:
        day = self._at(month)(ROUND_DAYS[round_])
        self._acts.clock_to(day)
        self._settles_down(month)  # the salaries of the days before
        if month == FAILING_MONTH + 1 and round_ == 0:
            self._settle_failed()
        coming = wishes.of_round(self._plan, month, round_, self._frozen(month))
        counters.serve(self._acts, day.replace(hour=0), coming)

    def _sweep(self, month: int, court: int) -> None:
        """The timetable does it; we only let the day come, and settlements take long or fail where they are to."""
        is_failing = (month, court) == (FAILING_MONTH, 0)
        is_waiting = (month, court) == (self._plan.months - 1, 1)
        if is_failing:
            self._acts.faults(FAILING_BANK, fail_transfers="收款行系统维护")
        if is_waiting:
            self._acts.faults(WAITING_BANK, delay_settlement_s=LONG_S)
        self._acts.clock_to(self._at(month)(SWEEP_DAYS[court]))
        self._settles_down(month, is_waiting=is_waiting)
        if is_failing:
            self._acts.faults(FAILING_BANK)
            self._failed = {each["account"]: each["transfer"] for each in self._transfers(FAILING_BANK, "failed")}
        if is_waiting:
            for each in self._transfers(WAITING_BANK, "instructed")[WAITING_COUNT:]:
                self._acts.banks[WAITING_BANK].ask("POST", f"/api/transfers/{each['transfer']}/settle", {})
            self._acts.faults(WAITING_BANK)

    def _settles_down(self, month: int, *, is_waiting: bool = True) -> None:
        """At the end one bank keeps some transfers for later."""
        is_last = month >= self._plan.months - 1
        self._acts.settles_down(but_transfers_at=WAITING_BANK if is_last and is_waiting else None)

    def _after_sweep(self, month: int) -> None:
        """Failures are worked off with a click, and now and then a settled transfer comes back."""
        self._acts.clock_to(self._at(month)(CLICK_DAY) + timedelta(hours=1))
        if month == FAILING_MONTH:
            for case, _ in self._orders_of(self._failed)[:CLICKS_MAX]:
                self._acts.clicks_sweep(case)
            self._settles_down(month)
        if month in RETURNING_MONTHS:
            for each in self._transfers(0, "settled")[-1:]:
                self._acts.banks[0].ask("POST", f"/api/transfers/{each['transfer']}/return", {"why": "户名不符"})

    def _oddities(self, month: int) -> None:
        """Charges, a recalled salary, amendments and releases; at the end of the month, when desks are cleared."""
        self._acts.clock_to(self._at(month)(ODD_DAY) + timedelta(hours=1))
        if month < self._plan.months - 1:  # what came last is left for whoever looks at the world
            for desk in self._acts.desks:
                desk.handles_alerts()
        chance = self._plan.random("oddities", month)
        spared = self._numbers_of(Fate.OVER_COLLECTED)  # it has a story of its own, as the first account has
        frozen = [account for account in self._frozen(month)[1:] if account.number not in spared]
        for kind, amount in (("bank_charge", "12.00"), ("other_authority", "350.00"), ("correction", "5.00")):
            account = chance.choice(frozen)
            self._acts.banks[account.bank].post(
                "/api/charges", {"account": account.number, "kind": kind, "amount": amount}
            )
        if month % 3 == 1:
            self._recall(chance.choice(frozen))
        if month == min(RULE_MONTH, self._plan.months - 1):
            proposal = self._acts.changes_rule(0, source="本院执行局会议纪要5号", stand_in_limit="800.00")
            self._acts.approves(0, proposal)
        for case, order in self._orders(month):
            self._fulfil(case, order, is_last=month == self._plan.months - 1)
        self._settles_down(month)

    def _fulfil(self, case: Case, order: Order, *, is_last: bool) -> None:
        """Two months after it was served, or at the very end, an order meets its fate."""
        acts, month = self._acts, case.month
        wanted = {Fate.RELEASED: False, Fate.AMENDED: False, Fate.RELEASE_OPEN: True, Fate.AMENDMENT_OPEN: True}
        if order.fate not in wanted or order.notice_number in self._met or wanted[order.fate] > is_last:
            return
        if acts.order_status(case, order) not in ("in_force", "queued"):
            return
        self._met.add(order.notice_number)
        is_release = order.fate in (Fate.RELEASED, Fate.RELEASE_OPEN)
        proposal = acts.releases(case, order) if is_release else acts.amends(case, order, case.claim + 5_000 + month)
        if not wanted[order.fate]:
            acts.approves(case.court, proposal)

    def _recall(self, account: Account) -> None:
        bank = self._acts.banks[account.bank]
        entries = bank.get(f"/api/accounts/{account.number}")["entries"]
        salaries = [each for each in entries if each["kind"] == account.income]
        if salaries:
            bank.post("/api/payroll/recall", {
                "account": account.number, "transaction_reference": salaries[-1]["transaction_reference"],
            })

    def _settle_failed(self) -> None:
        """The bank said that it failed; now it was made after all. Its case had the money already."""
        for number in self._numbers_of(Fate.OVER_COLLECTED) & self._failed.keys():
            bank = self._acts.banks[FAILING_BANK]
            bank.ask("POST", f"/api/transfers/{self._failed[number]}/settle", {})  # refused where nothing is left

    def _transfers(self, bank: int, state: str) -> list[dict]:
        """The bank's transfers in this state by their account's number."""
        found = self._acts.banks[bank].get("/api/transfers")["transfers"]
        return sorted((each for each in found if each["state"] == state), key=lambda each: each["account"])

    def _frozen(self, month: int) -> list[Account]:
        """The accounts under a freeze by the plan; banks serve whoever is free by then without asking."""
        unfrozen = self._numbers_of(Fate.NAMED_WRONG, Fate.WITHDRAWN, Fate.LEFT_OPEN)
        known = self._plan.accounts(before_month=month + 1)
        return [account for number, account in known.items() if number not in unfrozen]

    def _orders(self, month: int) -> list[tuple[Case, Order]]:
        """The orders served at least a month ago."""
        return [(case, order) for case in self._plan.cases if case.month <= month - 1 for order in case.orders]

    def _orders_of(self, numbers: dict[str, str]) -> list[tuple[Case, Order]]:
        """The orders of the first court on these accounts, those that are to be over-collected first."""
        found = [
            (case, order) for case in self._plan.cases if case.court == 0 for order in case.orders
            if any(account.number in numbers for account in order.accounts)
        ]
        return sorted(found, key=lambda each: each[1].fate is not Fate.OVER_COLLECTED)

    def _numbers_of(self, *fates: Fate) -> set[str]:
        return {
            account.number for case in self._plan.cases for order in case.orders if order.fate in fates
            for account in order.accounts
        }
