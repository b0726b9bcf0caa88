"""Random histories of everything that may happen to a pool; the invariants hold after every step."""

import copy

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from livefreeze.rules import freeze, sweep
from livefreeze.rules.sweep import SweepStatus
from tests.rules import history as histories
from tests.rules.history import PERIODS

accounts = st.sampled_from(["a1", "a2"])
claims = st.sampled_from(["k1", "k2"])
amounts = st.integers(1, 20)
REPORTS = (SweepStatus.SETTLED, SweepStatus.FAILED, SweepStatus.RETURNED)
reports = st.sampled_from(REPORTS)


class Histories(RuleBasedStateMachine):
    @initialize(
        allowance=st.integers(0, 20),
        reserve=st.sampled_from([0, 0, 5]),
        owed=st.fixed_dictionaries({"k1": st.integers(1, 80), "k2": st.integers(1, 80)}),
        openings=st.fixed_dictionaries({"a1": st.integers(-5, 60), "a2": st.integers(-5, 60)}),
        covers=st.sampled_from([{}, {"k1": frozenset({"a1"})}, {"k2": frozenset({"a2"})}]),
    )
    def an_order_comes_into_force(self, allowance, reserve, owed, openings, covers):
        self.history = histories.begin(
            allowance=allowance, reserve=reserve, targets=owed, openings=openings, covers=covers
        )

    # The debtor and the bank.

    @rule(account=accounts, amount=st.integers(1, 60))
    def a_salary_arrives(self, account, amount):
        self.history.arrives(account, amount)

    @rule(account=accounts, amount=amounts)
    def a_salary_is_recalled(self, account, amount):
        self.history.is_recalled(account, amount)

    @rule(account=accounts, amount=amounts)
    def the_bank_takes_a_charge(self, account, amount):
        self.history.is_debited(account, amount)

    @rule(account=accounts, amount=amounts, data=st.data())
    def the_bank_pays_unasked(self, account, amount, data):
        began = PERIODS[: len(self.history.allowances)]
        self.history.is_paid_unasked(account, amount, data.draw(st.sampled_from(began)))

    @rule(account=accounts, data=st.data())
    def the_debtor_asks_for_money_that_may_be_taken(self, account, data):
        before = self.history.position()
        limit = before.at_counter(account).limit_minor
        if limit:
            amount = data.draw(st.integers(1, limit))
            assert self.history.authorise(account, amount).is_approved
            after = self.history.position().spendable_minor
            assert after == before.spendable_minor - amount, "I2"

    @rule(account=accounts, more=amounts)
    def the_debtor_asks_for_too_much(self, account, more):
        before = self.history.position()
        decision = self.history.authorise(account, before.at_counter(account).limit_minor + more)
        assert (decision.approved_minor, self.history.position()) == (0, before)

    def _withdrawals(self, status):
        return [one for one in self.history.withdrawals if one.status == status]

    @precondition(lambda self: self._withdrawals("authorised"))
    @rule(data=st.data())
    def a_withdrawal_is_voided(self, data):
        self.history.void(data.draw(st.sampled_from(self._withdrawals("authorised"))))

    @precondition(lambda self: self._withdrawals("authorised"))
    @rule(data=st.data(), more=st.integers(-10, 5))
    def a_withdrawal_is_captured(self, data, more):
        held = data.draw(st.sampled_from(self._withdrawals("authorised")))
        self.history.capture(held, max(1, held.held + more))

    @precondition(lambda self: self._withdrawals("captured"))
    @rule(data=st.data(), more=st.integers(-10, 3))
    def a_withdrawal_is_paid_back(self, data, more):
        held = data.draw(st.sampled_from(self._withdrawals("captured")))
        paid = held.paid.of_hold_minor + held.paid.stand_in_minor
        self.history.reverse(held, max(1, paid + more))

    # Sweeps and what becomes of them.

    @rule(minimum=st.sampled_from([0, 0, 5]), count=st.integers(1, 4))
    def a_sweep_runs(self, minimum, count):
        for planned in sweep.plan(self.history.facts(), minimum_minor=minimum).sweeps[:count]:
            before = self.history.position().spendable_minor
            self.history.sweep_one(planned)
            assert self.history.position().spendable_minor >= before, "I3"

    @precondition(lambda self: self.history.sweeps)
    @rule(data=st.data(), reported=reports)
    def the_bank_reports_on_a_transfer(self, data, reported):
        self.history.report(data.draw(st.integers(0, len(self.history.sweeps) - 1)), reported)

    # The court.

    @rule(claim_id=claims, wanted=st.integers(0, 120))
    def the_court_amends(self, claim_id, wanted):
        if freeze.may_amend(self.history.book.claims[claim_id], wanted):
            self.history.amend(claim_id, wanted)

    @rule(claim_id=claims)
    def the_court_releases_or_serves_another_order(self, claim_id):
        claim = self.history.claims[claim_id]
        claim.is_live = not claim.is_live

    @rule(claim_id=claims)
    def the_court_stays_or_goes_on(self, claim_id):
        claim = self.history.claims[claim_id]
        claim.is_stayed = not claim.is_stayed

    @rule(amount=st.integers(0, 20))
    def another_authority_holds_money(self, amount):
        self.history.prior_hold = amount

    @rule(allowance=st.integers(0, 20))
    def the_allowance_changes_in_mid_period(self, allowance):
        self.history.set_allowance(allowance)

    @precondition(lambda self: len(self.history.allowances) < len(PERIODS))
    @rule(allowance=st.integers(0, 20))
    def payday_begins_a_period(self, allowance):
        self.history.begin_period(allowance)

    # What must hold.

    @rule(data=st.data())
    def i8_facts_commute(self, data):
        one, other = copy.deepcopy(self.history), copy.deepcopy(self.history)
        facts = data.draw(st.lists(_facts(self.history), max_size=5, unique_by=lambda fact: fact[0]))
        order = data.draw(st.permutations(facts))
        for subject, method, arguments in facts:
            _apply(one, subject, method, arguments)
        for subject, method, arguments in order:
            _apply(other, subject, method, arguments)
        assert (one.book, one.bank, one.excesses()) == (other.book, other.bank, other.excesses())

    @invariant()
    def i1_the_three_are_what_is_there(self):
        divided = self.history.position()
        three = (divided.spendable_minor, divided.surplus_minor, divided.reserved_minor)
        assert (sum(three), min(three) >= 0) == (divided.present_minor, True)

    @invariant()
    def i4_the_living_money_that_is_there_is_spendable(self):
        divided = self.history.position()
        assert divided.spendable_minor >= min(divided.allowance_left_minor, divided.present_minor)

    @invariant()
    def i5_no_more_than_the_ceiling_out_of_frozen_money(self):
        for sums, result in zip(self.history.period_sums(), self.history.excesses(), strict=True):
            assert 0 <= sums.from_held_minor <= sums.ceiling_minor
            assert sums.from_held_minor + sums.stand_in_minor - result.excess_minor <= sums.ceiling_minor
            assert sums.from_held_minor + sums.stand_in_minor <= sums.taken_minor

    @invariant()
    def i6_no_more_collected_than_quota_and_over_collection(self):
        for claim in self.history.book.claims.values():
            assert claim.settled_minor + claim.in_transit_minor <= claim.quota_minor + claim.over_collected_minor
            assert min(claim) >= 0

    @invariant()
    def i7_what_came_back_is_as_if_never_done(self):
        undone = {self.history.name(one) for one in self._withdrawals("voided")} | {
            f"s{index}"
            for index, one in enumerate(self.history.sweeps)
            if one.status in (SweepStatus.FAILED, SweepStatus.RETURNED)
        }
        book, kept = self.history.book, histories.without(self.history, undone)
        assert (kept.accounts, kept.periods, _collected(kept)) == (
            book.accounts,
            book.periods,
            _collected(book),
        )

    @invariant()
    def i9_the_banks_closing_balance_is_ours(self):
        assert self.history.bank == {
            account_id: sum(counters) for account_id, counters in self.history.book.accounts.items()
        }


@st.composite
def _facts(draw, history):
    """One fact that a bank may report: its subject, what happens, and with what arguments."""
    account, amount = draw(accounts), draw(amounts)
    period_start = draw(st.sampled_from(PERIODS[: len(history.allowances)]))
    subject = draw(st.uuids())
    choices = [
        (subject, "arrives", (account, amount)),
        (subject, "is_recalled", (account, amount)),
        (subject, "is_debited", (account, amount)),
        (subject, "is_paid_unasked", (account, amount, period_start)),
    ]
    for index, one in enumerate(history.withdrawals):
        if one.status == "authorised":
            choices += [(("w", index), "void", ()), (("w", index), "capture", (amount,))]
        if one.status == "captured":
            choices += [(("w", index), "reverse", (amount,))]
    for index in range(len(history.sweeps)):
        choices += [((index, report), "report", (index, report)) for report in REPORTS]
    return draw(st.sampled_from(choices))


def _collected(book):
    return {claim_id: (claim.settled_minor, claim.in_transit_minor) for claim_id, claim in book.claims.items()}


def _apply(history, subject, method, arguments):
    of_withdrawal = method in ("void", "capture", "reverse")
    held = (history.withdrawals[subject[1]],) if of_withdrawal else ()
    getattr(history, method)(*held, *arguments)


Histories.TestCase.settings = settings(max_examples=300, stateful_step_count=50)
TestHistories = Histories.TestCase
