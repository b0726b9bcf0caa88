"""Who may call which route: the one table, read at start and before every request.

A route without an entry stops the start, so that nothing is open by oversight.
"""

from dataclasses import dataclass

PUBLIC = frozenset({"public"})
"""Anybody, without naming themselves."""

BANK = frozenset({"bank"})
"""The bank in the path, by its signature; the bank's own view verifies it over the exact bytes."""

COURT = frozenset({"judge", "clerk", "finance", "auditor"})
"""Everybody of a court: what they may read of it."""

OPERATOR = frozenset({"operator"})
"""Who runs the service: of no court and no bank."""

ADMINISTRATOR = OPERATOR | {"admin"}
"""Who looks after users: an operator all, an administrator those of their own court or bank."""

STAFF = COURT | ADMINISTRATOR | {"teller"}
"""Every member of staff, whatever they do."""

ORDER_WRITERS = frozenset({"clerk", "judge"})
"""Who prepares what concerns a case. Four eyes hold between persons: what one judge writes, another approves."""

TELLER = frozenset({"teller"})
"""Whoever stands at the counter of a bank."""

DEBTOR = frozenset({"debtor"})
"""A debtor, for what is their own."""

CASE_FUND_WRITERS = frozenset({"finance"})
"""Who prepares the case fund account, and runs sweeps into it."""

_APPROVES = frozenset({"judge"})

MAY_NAME_DEPUTIES = frozenset({"judge", "finance"})
"""On whom others wait, so that somebody must be able to stand in for them."""

ENDPOINTS: dict[str, frozenset[str]] = {
    "static": PUBLIC,
    "health.alive": PUBLIC,
    "health.ready": PUBLIC,
    "documentation.page": PUBLIC,
    "login.log_in": PUBLIC,
    "login.code": PUBLIC,
    "login.log_out": PUBLIC,
    "login.set_up": PUBLIC,
    "login.account": STAFF,
    "login.end_session": STAFF,
    "login.end_others": STAFF,
    "login.change_password": STAFF,
    "login.recovery_codes": STAFF,
    "login.new_phone": STAFF,
    "login.deputies": MAY_NAME_DEPUTIES,
    "login.end_deputy": MAY_NAME_DEPUTIES,
    "login.act_for": MAY_NAME_DEPUTIES,
    "pages.start": PUBLIC,
    "pages.choose_language": PUBLIC,
    "pages.components": PUBLIC,
    "openapi.spec": PUBLIC,
    "demo.show_clock": PUBLIC,  # these exist in development alone, and only where a file moves the clock
    "demo.move_clock": PUBLIC,
    "demo_bar.move_on": PUBLIC,
    "bank.authorise": BANK,
    "bank.capture": BANK,
    "bank.void": BANK,
    "bank.state": BANK,
    "bank.events": BANK,
    "bank.keys": PUBLIC,
    "court.register_debtor": ORDER_WRITERS,
    "court.open_case": ORDER_WRITERS,
    "court.list_cases": COURT,
    "court.show_case": COURT,
    "court.register_account": ORDER_WRITERS,
    "court.show_account": COURT,
    "court.show_position": COURT,
    "court.prepare_order": ORDER_WRITERS,
    "court.list_orders": COURT,
    "court.show_order": COURT,
    "court.prepare_amendment": ORDER_WRITERS,
    "court.prepare_release": ORDER_WRITERS,
    "court.list_proposals": COURT,
    "court.show_proposal": COURT,
    "court.edit_proposal": ORDER_WRITERS | CASE_FUND_WRITERS,
    "court.approve_proposal": _APPROVES,
    "court.withdraw_proposal": ORDER_WRITERS | CASE_FUND_WRITERS,
    "court.list_rules": COURT,
    "court.prepare_rule": ORDER_WRITERS,
    "court.show_rule": COURT,
    "court.prepare_rule_version": ORDER_WRITERS,
    "court.preview_rule": ORDER_WRITERS,
    "court.prepare_case_fund": CASE_FUND_WRITERS,
    "court.show_case_fund": COURT,
    "court.preview_sweep": COURT,
    "court.click_sweep": CASE_FUND_WRITERS,
    "court.show_sweep": COURT,
    "court.list_withdrawals": COURT,
    "court.start_inquiry": ORDER_WRITERS,
    "court.list_inquiries": COURT,
    "court.show_inquiry": COURT,
    "court.list_inquiry_accounts": ORDER_WRITERS,  # each look an audit event
    "court.list_inquiry_transactions": ORDER_WRITERS,
    "court.list_inquiry_answers": COURT,
    "court.show_inquiry_evidence": ORDER_WRITERS,
    "court.end_standing_inquiry": ORDER_WRITERS,
    "court.show_recognition": ORDER_WRITERS,
    "court.prepare_order_of_answer": ORDER_WRITERS,
    "court.close_case": _APPROVES,
    "court.list_alerts": COURT,
    "court.show_chain": COURT,
    "console.inquiries": COURT,
    "console.inquiry": COURT,
    "console.new_inquiry": ORDER_WRITERS,
    "console.end_inquiry": ORDER_WRITERS,
    "console.inquiry_answers": ORDER_WRITERS,  # each look an audit event
    "console.open_inquiry_answer": ORDER_WRITERS,
    "console.inquiry_account": ORDER_WRITERS,
    "console.show_inquiry_number": ORDER_WRITERS,
    "console.inquiry_income": ORDER_WRITERS,
    "console.draft_order_of_answer": ORDER_WRITERS,
    "console.new_order": ORDER_WRITERS,
    "console.new_order_case": ORDER_WRITERS,
    "console.new_order_of_case": ORDER_WRITERS,
    "console.new_order_account": ORDER_WRITERS,
    "console.new_order_terms": ORDER_WRITERS,
    "console.amend_order": ORDER_WRITERS,
    "console.release_order": ORDER_WRITERS,
    "console.rules": COURT,
    "console.rule": COURT,
    "console.new_rule": ORDER_WRITERS,
    "console.new_rule_version": ORDER_WRITERS,
    "console.proposals": COURT,
    "console.proposal": COURT,
    "console.approve": _APPROVES,
    "console.edit_proposal": ORDER_WRITERS | CASE_FUND_WRITERS,
    "console.withdraw_proposal": ORDER_WRITERS | CASE_FUND_WRITERS,
    "console.sweep": COURT,
    "console.run_sweep": CASE_FUND_WRITERS,
    "console.sweeps": COURT,
    "console.case_fund": COURT,
    "console.register_case_fund": CASE_FUND_WRITERS,
    "counter.home": TELLER,
    "counter.today": TELLER,
    "counter.account": TELLER,
    "counter.withdrawal": TELLER,
    "counter.slip": TELLER,
    "counter.ask_back": TELLER,
    "counter.reversal": TELLER,
    "debtor.log_in": PUBLIC,
    "debtor.code": PUBLIC,
    "debtor.home": DEBTOR,
    "debtor.withdrawals": DEBTOR,
    "notices.newest": PUBLIC,  # exists in development alone: it stands in for debtors' telephones
    "console.home": COURT,
    "console.cases": COURT,
    "console.case": COURT,
    "console.case_timeline": COURT,
    "console.show_parties": COURT,  # in full: each time an audit event
    "console.accounts": COURT,
    "console.account": COURT,
    "console.account_timeline": COURT,
    "console.explanation": COURT,
    "console.show_number": COURT,
    "console.open_message": COURT,
    "console.orders": COURT,
    "console.order": COURT,
    "console.withdrawals": COURT,
    "console.all_sweeps": COURT,
    "console.alerts": COURT,
    "console.handle_alert": ORDER_WRITERS | CASE_FUND_WRITERS,
    "console.search": COURT,
    "console.look_up": COURT,
    "operator.home": ADMINISTRATOR,
    "operator.users": ADMINISTRATOR,
    "operator.new_user": ADMINISTRATOR,
    "operator.user": ADMINISTRATOR,
    "operator.proposals": ADMINISTRATOR,
    "operator.proposal": ADMINISTRATOR,
    "operator.make_link": ADMINISTRATOR,
    "operator.courts": OPERATOR,
    "operator.new_court": OPERATOR,
    "operator.banks": OPERATOR,
    "operator.new_bank": OPERATOR,
    "operator.bank": OPERATOR,
    "operator.new_key": OPERATOR,
    "operator.retire_key": OPERATOR,
    "operator.messages": OPERATOR,
    "operator.message": OPERATOR,
    "operator.read_message": OPERATOR,
    "operator.replay": OPERATOR,
}
"""Flask endpoint -> who: PUBLIC, BANK, or roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who is asking, as their token or log-in says: a member of staff, or a debtor."""

    staff_id: str | None  # None for a debtor
    login: str
    person: str  # one human, whatever logins they have: four eyes compare persons
    role: str
    court_id: str | None
    bank_id: str | None
    debtor_id: str | None = None
    session_id: str | None = None
    acting_for: str | None = None  # staff id of the member for whom they stand in
    job: str | None = None  # by which the service acts for this member, who is not there

    @property
    def stands_as(self) -> str:
        """By which role the table above lets them in: an administrator of no court and no bank is an operator."""
        is_operator = self.role == "admin" and self.court_id is None and self.bank_id is None
        return "operator" if is_operator else self.role

    @property
    def actor(self) -> str:
        """How audit events name them: by id, never by name. A deputy or a job is named with whom they stand for."""
        if self.debtor_id is not None:
            return f"debtor:{self.debtor_id}"
        if self.job is not None:
            return f"job:{self.job} for staff:{self.staff_id}"
        return f"staff:{self.staff_id}" + (f" for staff:{self.acting_for}" if self.acting_for else "")
