"""A pool that lives through everything that may happen to it: what the flows do, without a database.

It keeps the ledger's rows, the book that they make, and beside it the bank's own closing balances, counted
from what the bank itself does.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import reduce

from livefreeze.rules import excess, freeze, ledger, position, sweep, withdrawal
from livefreeze.rules.book import AccountCounters, Book, PeriodSums, apply
from livefreeze.rules.ledger import Paid, Place
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts, Position
from livefreeze.rules.sweep import SweepStatus

POOL = "p1"
PERIODS = tuple(datetime(2026, month, 9, 16, tzinfo=UTC) for month in (3, 4, 5, 6))
SHARE = Fraction(1, 2)


@dataclass
class Withdrawal:
    account_id: str
    held: int
    from_held: int
    period_start: datetime
    status: str = "authorised"
    paid: Paid | None = None


@dataclass
class Sweep:
    claim_id: str
    account_id: str
    amount: int
    status: SweepStatus = SweepStatus.INSTRUCTED


@dataclass
class Claim:
    rank: int
    accounts: frozenset[str] | None
    is_live: bool = True
    is_stayed: bool = False


@dataclass
class History:
    allowances: list[int]  # of the periods begun so far, as they are now
    claims: dict[str, Claim]
    book: Book
    reserve: int = 0
    prior_hold: int = 0
    rows: list[ledger.Transfer] = field(default_factory=list)
    bank: dict[str, int] = field(default_factory=dict)  # closing balances by the bank's own count
    withdrawals: list[Withdrawal] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)

    @property
    def period_start(self) -> datetime:
        return PERIODS[len(self.allowances) - 1]

    # What the rules are asked.

    def period_sums(self) -> list[PeriodSums]:
        return [self.book.periods[POOL, start] for start in PERIODS[: len(self.allowances)]]

    def excesses(self) -> tuple[excess.ExcessOfPeriod, ...]:
        facts = [
            excess.PeriodFacts(allowance, sums.ceiling_minor, sums.from_held_minor, sums.stand_in_minor)
            for allowance, sums in zip(self.allowances, self.period_sums(), strict=True)
        ]
        return excess.chain(facts, SHARE)

    def facts(self) -> PoolFacts:
        prior = ClaimFacts("prior", 0, self.prior_hold, frozenset({"a1"}), is_swept_by_us=False)
        ours = tuple(
            ClaimFacts(
                claim_id,
                claim.rank,
                self.book.claims[claim_id].quota_left_minor if claim.is_live else 0,
                claim.accounts,
                claim.is_stayed,
            )
            for claim_id, claim in self.claims.items()
        )
        return PoolFacts(
            currency="CNY",
            allowance_minor=self.allowances[-1],
            excess_in_minor=self.excesses()[-1].excess_in_minor,
            taken_minor=self.period_sums()[-1].taken_minor,
            reserve_minor=self.reserve,
            accounts=tuple(
                AccountFacts(account_id, account.balance_minor) for account_id, account in self.book.accounts.items()
            ),
            claims=(prior, *ours),
        )

    def position(self) -> Position:
        return position.divide(self.facts())

    # What happens.

    def write(self, *rows: ledger.Transfer) -> None:
        for row in rows:
            self.book = apply(self.book, row)
            self.rows.append(row)

    def arrives(self, account_id: str, amount: int) -> None:
        self.bank[account_id] += amount
        self.write(ledger.credit(_place(account_id), amount_minor=amount))

    def is_recalled(self, account_id: str, amount: int) -> None:
        self.bank[account_id] -= amount
        self.write(ledger.credit_reversed(_place(account_id), amount_minor=amount))

    def is_debited(self, account_id: str, amount: int) -> None:
        self.bank[account_id] -= amount
        self.write(ledger.debit(_place(account_id), amount_minor=amount))

    def is_paid_unasked(self, account_id: str, amount: int, period_start: datetime) -> None:
        self.bank[account_id] -= amount
        self.write(ledger.stand_in(_place(account_id), amount_minor=amount, period_start=period_start))

    def authorise(self, account_id: str, amount: int) -> withdrawal.Decision:
        counter = self.position().at_counter(account_id)
        decision = withdrawal.decide(amount, counter, channel="counter", channels=("counter",))
        if decision.is_approved:
            held = Withdrawal(account_id, amount, decision.from_held_minor, self.period_start)
            self.write(
                ledger.hold(
                    _place(account_id),
                    amount_minor=amount,
                    from_held_minor=held.from_held,
                    withdrawal_id=self.name(held),
                    period_start=held.period_start,
                )
            )
            self.withdrawals.append(held)
        return decision

    def void(self, held: Withdrawal) -> None:
        held.status = "voided"
        self.write(
            ledger.void(
                _place(held.account_id),
                held_minor=held.held,
                from_held_minor=held.from_held,
                withdrawal_id=self.name(held),
                period_start=held.period_start,
            )
        )

    def capture(self, held: Withdrawal, amount: int) -> None:
        held.status = "captured"
        self.bank[held.account_id] -= amount
        rows = ledger.capture(
            _place(held.account_id),
            captured_minor=amount,
            held_minor=held.held,
            from_held_minor=held.from_held,
            withdrawal_id=self.name(held),
            period_start=held.period_start,
            happened_period_start=self.period_start,
        )
        self.write(*rows)
        kept = [row for row in rows if row.period_start == held.period_start and not row.stand_in_minor]
        held.paid = Paid(
            of_hold_minor=min(amount, held.held),
            from_held_minor=held.from_held + sum(row.from_held_minor for row in kept),
            period_start=held.period_start,
            stand_in_minor=max(0, amount - held.held),
            stand_in_period_start=self.period_start,
        )

    def reverse(self, held: Withdrawal, amount: int) -> None:
        self.bank[held.account_id] += amount
        rows = ledger.reverse(
            _place(held.account_id), amount_minor=amount, paid=held.paid, withdrawal_id=self.name(held)
        )
        self.write(*rows)
        of_stand_in = -sum(row.stand_in_minor for row in rows)
        held.paid = held.paid._replace(
            of_hold_minor=held.paid.of_hold_minor + sum(row.taken_minor for row in rows) + of_stand_in,
            from_held_minor=held.paid.from_held_minor + sum(row.from_held_minor for row in rows),
            stand_in_minor=held.paid.stand_in_minor - of_stand_in,
        )

    def name(self, held: Withdrawal) -> str:
        known = [index for index, one in enumerate(self.withdrawals) if one is held]
        return f"w{known[0] if known else len(self.withdrawals)}"

    def sweep_one(self, planned: sweep.PlannedSweep) -> None:
        self.write(
            ledger.sweep(
                _place(planned.account_id),
                amount_minor=planned.amount_minor,
                claim_id=planned.claim_id,
                sweep_id=f"s{len(self.sweeps)}",
            )
        )
        self.sweeps.append(Sweep(planned.claim_id, planned.account_id, planned.amount_minor))

    def report(self, index: int, reported: SweepStatus) -> None:
        """The bank tells what became of a transfer; its own books move as the story of the transfer goes."""
        one = self.sweeps[index]
        outcome = sweep.after_fact(one.status, reported)
        gone = {SweepStatus.SETTLED: -one.amount}
        self.bank[one.account_id] += gone.get(outcome.status, 0) - gone.get(one.status, 0)
        one.status = outcome.status
        self.write(
            *(
                ledger.sweep_fact(
                    kind,
                    _place(one.account_id),
                    amount_minor=one.amount,
                    claim_id=one.claim_id,
                    sweep_id=f"s{index}",
                )
                for kind in outcome.kinds
            )
        )
        if self.book.claims[one.claim_id].is_satisfied:
            self.claims[one.claim_id].is_live = False

    def amend(self, claim_id: str, target: int) -> None:
        counters = freeze.amend(self.book.claims[claim_id], target)
        self.book = replace(self.book, claims=self.book.claims | {claim_id: counters})

    def set_allowance(self, amount: int) -> None:
        self.allowances[-1] = amount
        key = (POOL, self.period_start)
        sums = self.book.periods[key]
        raised = sums._replace(ceiling_minor=max(sums.ceiling_minor, amount))
        self.book = replace(self.book, periods=self.book.periods | {key: raised})

    def begin_period(self, allowance: int) -> None:
        self.allowances.append(allowance)
        key = (POOL, self.period_start)
        self.book = replace(self.book, periods=self.book.periods | {key: PeriodSums(ceiling_minor=allowance)})


def begin(*, allowance: int, reserve: int, targets: dict[str, int], openings: dict[str, int], covers: dict) -> History:
    """A pool on the day when its orders come into force."""
    history = History(
        allowances=[allowance],
        reserve=reserve,
        claims={claim_id: Claim(rank, covers.get(claim_id)) for rank, claim_id in enumerate(sorted(targets), 1)},
        book=Book(
            accounts=dict.fromkeys(openings, AccountCounters()),
            periods={(POOL, PERIODS[0]): PeriodSums(ceiling_minor=allowance)},
            claims={claim_id: freeze.new_claim(target) for claim_id, target in targets.items()},
        ),
        bank=dict(openings),
    )
    for account_id, balance in openings.items():
        history.write(*ledger.opening(_place(account_id), balance_minor=balance))
    return history


def without(history: History, dropped: set[str]) -> Book:
    """The book as if these withdrawals and sweeps had never been, under claims without a ceiling."""
    book = Book(
        accounts=dict.fromkeys(history.bank, AccountCounters()),
        periods={key: PeriodSums(ceiling_minor=sums.ceiling_minor) for key, sums in history.book.periods.items()},
        claims={claim_id: freeze.new_claim(10**9) for claim_id in history.claims},
    )
    kept = [row for row in history.rows if not {row.withdrawal_id, row.sweep_id} & dropped]
    return reduce(apply, kept, book)


def _place(account_id: str) -> Place:
    return Place(account_id, POOL, "CNY")
