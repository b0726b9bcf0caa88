"""Salary accounts, and their position with its explanation."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.flows import account_position, accounts
from livefreeze.flows.accounts import AccountRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import accounts as queries
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Figure, Id, Moment, Shaped, TrueOrFalse, currency, masked


class AccountIn(Schema):
    """An account as the court names it."""

    debtor = Id("dbt", "a debtor", "被执行人", required=True)
    bank = Shaped(vocabulary.BankCode, required=True)
    account = Shaped(vocabulary.Account, required=True, metadata={"description": "the bank's account number"})
    currency = currency(required=True)
    allowance_account = TrueOrFalse(load_default=False, metadata={
        "description": "the debtor fetches the living money here: it is emptied last; at most one of a debtor's"
                       " accounts of one currency"
    })


class AccountId(Schema):
    """The account's id."""

    id = fields.String(metadata={"examples": ["acc_01kkb5c8w0q3v7n2m4x6z8a9b1"]})


class OrderOnAccount(Schema):
    """An order of this court on the account."""

    id = fields.String()
    notice_number = fields.String()
    status = fields.String()
    receipt = fields.String(metadata={"enum": ["waiting", "accepted", "partial", "refused"]})


class AccountOut(Schema):
    """An account and its balances as booked here."""

    id = fields.String()
    debtor = fields.String()
    bank = fields.String()
    account = masked("account number", "****4567")
    currency = fields.String()
    allowance_account = fields.Boolean()
    is_frozen = fields.Boolean(metadata={"description": "whether an order counts on it now"})
    opened_at = Moment("since when its balance is known here: the bank's first receipt; null before", allow_none=True)
    balance = Figure("booked, neither held nor in transit")
    held = Figure("held for approved withdrawals", example="0.00")
    in_transit = Figure("on the way to a case fund", example="0.00")
    orders = fields.List(fields.Nested(OrderOnAccount))


class PositionOfAccount(Schema):
    """How this account stands in its pool. `spendable` of two accounts must never be added up."""

    spendable = Figure("may be withdrawn at this account now", example="1500.00")
    free = Figure("the part of it that no claim holds", example="0.00")
    allowance_left = Figure("left of the living allowance of this period", example="1500.00")
    quota_left = Figure("what all claims on the pool may still take", example="60000.00")
    surplus = Figure("what a sweep takes from this account now", example="5500.00")
    reserved = Figure("neither spendable nor surplus: stayed, in queue, or kept for the next period", example="0.00")
    shortfall = Figure("below nothing, as a positive amount", example="0.00")


class PositionOfPool(Schema):
    """All frozen accounts of the debtor in this currency, divided: spendable + surplus + reserved = present."""

    present = Figure("money on all accounts of the pool", example="7000.00")
    free = Figure("free of every claim", example="0.00")
    from_held = Figure("may come out of frozen money now", example="1500.00")
    spendable = Figure("free + from_held", example="1500.00")
    surplus = Figure("what a sweep takes now", example="5500.00")
    reserved = Figure("the rest", example="0.00")
    shortfall = Figure("balances below nothing", example="0.00")
    allowance = Figure("living allowance of this period", example="2500.00")
    excess_in = Figure("what this period pays back of earlier withdrawals above the allowance", example="0.00")
    taken = Figure("withdrawn or held for withdrawal in this period", example="1000.00")
    allowance_left = Figure("allowance - excess_in - taken, never below nothing", example="1500.00")
    reserve = Figure("kept for the next period", example="0.00")
    quota_left = Figure("what all claims on the pool may still take", example="60000.00")


class Period(Schema):
    """The allowance period; its end belongs to the next one."""

    start = Moment("from payday")
    end = Moment("to payday")


class PositionStep(Schema):
    """One step by which the figures came."""

    step = fields.String(metadata={"examples": ["living allowance of this period"]})
    step_zh = fields.String(metadata={"examples": ["本期生活费"]})
    amount = Figure("its amount; null where the step is none", allow_none=True)
    source = fields.String(metadata={"description": "the law, the order or the formula behind it"})


class PositionOut(Schema):
    """An account's position now. An account that is not frozen has only its balances."""

    account = fields.String()
    currency = fields.String()
    as_of = Moment("when it was computed")
    is_frozen = fields.Boolean()
    balance = Figure("booked, neither held nor in transit")
    held = Figure("held for approved withdrawals", example="0.00")
    in_transit = Figure("on the way to a case fund", example="0.00")
    position = fields.Nested(PositionOfAccount, allow_none=True)
    pool = fields.Nested(PositionOfPool, allow_none=True)
    period = fields.Nested(Period, allow_none=True)
    explanation = fields.List(fields.Nested(PositionStep))


@court.post("/accounts")
@court.input(AccountIn)
@court.output(AccountId, status_code=201)
@about("accounts", responses={
    200: "Registered before with this content: the same account", 404: "The debtor or the bank is not known",
    409: "Registered for another debtor, or the pool has another allowance account",
})
def register_account(json_data: dict) -> tuple[dict, int]:
    """Register a debtor's account at a bank. Nothing is frozen by it."""
    request = AccountRequest(json_data["debtor"], json_data["bank"], json_data["account"], json_data["currency"],
                             json_data["allowance_account"])
    registered = accounts.register(request, principal=current.principal())
    return {"id": registered.id}, 201 if registered.is_new else 200


@court.get("/accounts/<account_id>")
@court.output(AccountOut)
@about("accounts")
def show_account(account_id: str) -> dict:
    """Show an account and its balances as booked here."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), account_id))


@court.get("/accounts/<account_id>/position")
@court.output(PositionOut)
@about("accounts")
def show_position(account_id: str) -> dict:
    """Show how the account's pool divides now into spendable, surplus and reserved, step by step."""
    return found(account_position.of_account(account_id, viewer()))
