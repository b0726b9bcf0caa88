"""What courts and banks of the demo world do, each act one or a few public HTTP calls."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from livefreeze.demo.client import Client
from livefreeze.demo.figures import CURRENCY
from livefreeze.demo.town import people
from livefreeze.demo.town.desk import Desk
from livefreeze.demo.town.places import COURT_ROLES, Place
from livefreeze.demo.town.plan import Account, Case, Fate, Order

AT_ONCE = 4
QUIET_S = 60
SETTLED_AFTER_S = 0.3


class Acts:
    """The hands of everybody; remembers the ids that the service gave."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.banks = [place.bank(number) for number in range(len(people.BANKS))]
        self.courts = [
            {role: place.staff(court, role) for role in COURT_ROLES} for court in range(len(people.COURTS))
        ]
        self.desks = [Desk(place.service_url, f"clerk{court.suffix}") for court in people.COURTS]
        self._service = Client(place.service_url)
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self.fund_numbers: list[str] = []
        self.rule_ids: list[str] = []  # of each court's usual rule
        self.case_ids: dict[str, str] = {}
        self.order_ids: dict[str, str] = {}
        self.account_ids: dict[tuple[int, str], str] = {}  # by court and number
        self._known_at_bank: set[str] = set()

    def at_once(self, act, *lists) -> list:
        """Do the same for several, a few at a time; the results in their order."""
        return list(self._pool.map(act, *lists))

    # --- courts ---

    def adopts_rule(self, court: int) -> None:
        """Name the court's usual rule, and have it approved; orders follow it unless a case needs another."""
        house = people.COURTS[court]
        prepared = self.courts[court]["clerk"].post("/court/v1/rules", {
            "name": house.rule_name, "source": house.rule_source, "rule": _rule(house, house.allowance),
        })
        self.approves(court, prepared["proposal"])
        self.rule_ids.append(prepared["court_rule"])

    def changes_rule(self, court: int, *, source: str, **changes: object) -> dict:
        """Propose the next version of the court's usual rule."""
        return self.courts[court]["clerk"].post(
            f"/court/v1/rules/{self.rule_ids[court]}/versions", {"source": source, "rule": changes}
        )["proposal"]

    def registers_fund(self, court: int) -> None:
        """Open the court's case fund at its bank, and have it approved."""
        house = people.COURTS[court]
        number = self.banks[house.fund_bank].post("/api/accounts", {
            "name": f"{house.name}案款专户", "kind": "case_fund", "currency": CURRENCY,
            "account": f"33020100000000{court + 1:05d}",
        })["account"]
        self.fund_numbers.append(number)
        self.approves(court, self.proposes_fund(court, number))

    def proposes_fund(self, court: int, number: str) -> dict:
        """Propose that sweeps go to this account."""
        house = people.COURTS[court]
        return self.courts[court]["finance"].post("/court/v1/case-fund", {
            "bank": people.BANKS[house.fund_bank].code, "account": number, "name": f"{house.name}案款专户",
            "currency": CURRENCY,
        })

    def opens(self, case: Case) -> None:
        """Name debtors and accounts, open the case, and prepare its orders; the judge approves what is to be served."""
        clerk = self.courts[case.court]["clerk"]
        debtors = {}
        for number in dict.fromkeys(case.persons):
            person = people.person(number)
            debtors[number] = clerk.post("/court/v1/debtors", person._asdict())["id"]
        case_id = clerk.post("/court/v1/cases", {
            "case_number": case.number, "debtors": list(debtors.values()), "creditor": {"name": case.creditor},
            "claim": {"amount": f"{case.claim}.00", "currency": CURRENCY},
        })["id"]
        self.case_ids[case.number] = case_id
        for order in case.orders:
            accounts = [self._names(case.court, account, debtors[order.person]) for account in order.accounts]
            prepared = self._prepares(case, order, debtors[order.person], accounts)
            if order.fate is Fate.WITHDRAWN:
                clerk.post(f"/court/v1/proposals/{prepared['id']}/withdraw", {})
            elif order.fate is not Fate.LEFT_OPEN:
                self.approves(case.court, prepared)

    def approves(self, court: int, proposal: dict) -> None:
        """The judge approves exactly this."""
        self.courts[court]["judge"].post(
            f"/court/v1/proposals/{proposal['id']}/approve", {"digest": proposal["digest"]}
        )

    def amends(self, case: Case, order: Order, quota: int) -> dict:
        """Propose another quota."""
        return self.courts[case.court]["clerk"].post(
            f"/court/v1/orders/{self.order_ids[order.notice_number]}/amend", {"quota": f"{quota}.00"}
        )

    def releases(self, case: Case, order: Order) -> dict:
        """Propose the end of an order."""
        return self.courts[case.court]["clerk"].post(
            f"/court/v1/orders/{self.order_ids[order.notice_number]}/release", {"reason": "和解履行完毕"}
        )

    def order_status(self, case: Case, order: Order) -> str:
        """What has become of an order."""
        order_id = self.order_ids[order.notice_number]
        return self.courts[case.court]["auditor"].get(f"/court/v1/orders/{order_id}")["status"]

    def clicks_sweep(self, case: Case) -> None:
        """Finance looks at what a click would send, and clicks if that is anything."""
        path = f"/court/v1/cases/{self.case_ids[case.number]}"
        finance = self.courts[case.court]["finance"]
        shown = finance.get(f"{path}/sweep")
        if shown["transfers"]:
            finance.post(f"{path}/sweeps", {"preview": shown["preview"]})

    def _names(self, court: int, account: Account, debtor: str) -> str:
        key = court, account.number
        if key not in self.account_ids:
            self.account_ids[key] = self.courts[court]["clerk"].post("/court/v1/accounts", {
                "debtor": debtor, "bank": people.BANKS[account.bank].code, "account": account.number,
                "currency": CURRENCY, "allowance_account": account.is_for_allowance,
            })["id"]
        return self.account_ids[key]

    def _prepares(self, case: Case, order: Order, debtor: str, accounts: list[str]) -> dict:
        house = people.COURTS[case.court]
        is_usual = order.allowance == house.allowance
        prepared = self.courts[case.court]["clerk"].post("/court/v1/orders", {
            "case": self.case_ids[case.number], "debtor": debtor, "accounts": accounts, "quota": f"{case.claim}.00",
            "notice_number": order.notice_number,
            "rule": {"court_rule": self.rule_ids[case.court]} if is_usual else _rule(house, order.allowance),
        })
        self.order_ids[order.notice_number] = prepared["order"]
        return prepared["proposal"]

    # --- banks ---

    def opens_account(self, account: Account, fate: Fate) -> None:
        """The bank opens the account, and knows of holds that stand before ours; once."""
        if account.number in self._known_at_bank:
            return
        self._known_at_bank.add(account.number)
        owner = people.person(account.person)
        bank = people.BANKS[account.bank]
        # Somebody else's account: the bank will say so in its receipt.
        name = f"案外人{people.cyclic(account.person)}" if fate is Fate.NAMED_WRONG else owner.name
        self.banks[account.bank].post("/api/accounts", {
            "account": account.number, "name": name, "id_number": owner.id_number, "currency": CURRENCY,
            "opening_balance": f"{account.opening}.00", "branch": bank.branches[account.person % len(bank.branches)],
        })
        if fate is Fate.BEHIND_OTHERS:
            self.banks[account.bank].post(f"/api/accounts/{account.number}/prior-holds", {
                "holder": "某某区人民法院", "amount": f"{account.salary * 2}.00"
            })

    def employs(self, accounts: list[Account]) -> None:
        """Their employers pay these accounts every month from now on."""
        for number, bank in enumerate(self.banks):
            bank.post("/api/employments", {"employments": [
                {"account": each.number, "amount": f"{each.salary}.00", "income": each.income, "payer": each.payer,
                 "day": each.payday}
                for each in accounts if each.bank == number
            ]})

    def faults(self, bank: int, **faults: object) -> None:
        """Switch exactly these faults of a bank on. Transfers always take a moment, so that many settle together."""
        self.banks[bank].put("/api/faults", {"delay_settlement_s": SETTLED_AFTER_S, **faults})

    # --- time ---

    def clock_to(self, instant: datetime) -> None:
        """Let it be this instant for everybody."""
        self.place.clock.move_to(instant)

    def settles_down(self, *, but_transfers_at: int | None = None) -> None:
        """Wait until nobody has anything left to do: the banks, the timetable, the messages between them.

        One bank may be left with transfers whose time is still to come.
        """
        self.place.processes.wait_until(lambda: self._is_quiet(but_transfers_at), "everybody to be done")

    def is_worker_idle(self) -> bool:
        """Whether the timetable and the deliveries have nothing left to do that can be done."""
        return not any(self._service.get("/demo/clock")["left"].values())

    def _is_quiet(self, but_transfers_at: int | None) -> bool:
        if not all(bank.get("/api/quiet", timeout_s=str(QUIET_S))["quiet"] for bank in self.banks):
            return False
        if not self.is_worker_idle():
            return False
        for number, bank in enumerate(self.banks):
            left = bank.get("/api/health")
            if any(left["waiting"].values()) or (left["later"] and number != but_transfers_at):
                return False
        return self.is_worker_idle()  # what the banks said last may have made something to do


def _rule(house: people.Court, allowance: str) -> dict:
    return {
        "preset": "cn-live-freeze", "anchor_day": house.anchor_day, "allowance": allowance, "reserve": house.reserve,
        "channels": list(house.channels), "sweep": {"day": house.sweep_day},
    }
