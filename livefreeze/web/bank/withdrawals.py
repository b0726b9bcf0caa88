"""A bank asks, pays, gives up, or asks what became of a withdrawal."""

from flask import Response

from bank_adapters.contract import (
    WithdrawalAuthorise,
    WithdrawalCapture,
    WithdrawalDecided,
    WithdrawalState,
    WithdrawalVoid,
)
from livefreeze.base.errors import Problem
from livefreeze.flows import withdrawal
from livefreeze.web.bank import blueprint
from livefreeze.web.bank.documents import signed
from livefreeze.web.bank.exchange import answered, message


@blueprint.post("/<bank>/withdrawals")
@signed("May this withdrawal be paid?", takes=WithdrawalAuthorise, answers=WithdrawalDecided)
def authorise(bank: str) -> Response:
    """Decided now: approved or declined, with the reason. The hold ends by capture or void."""
    return answered(bank, lambda inbound: withdrawal.authorise(inbound, message(inbound, WithdrawalAuthorise)))


@blueprint.post("/<bank>/withdrawals/<reference>/capture")
@signed("The bank has paid", takes=WithdrawalCapture, answers=WithdrawalState)
def capture(bank: str, reference: str) -> Response:
    """All that was approved, or the amount named; the rest goes back."""
    return answered(
        bank, lambda inbound: withdrawal.capture(inbound, message(inbound, WithdrawalCapture, reference=reference))
    )


@blueprint.post("/<bank>/withdrawals/<reference>/void")
@signed("The bank has not paid and will not", takes=WithdrawalVoid, answers=WithdrawalState)
def void(bank: str, reference: str) -> Response:
    """What was held goes back."""
    return answered(
        bank, lambda inbound: withdrawal.void(inbound, message(inbound, WithdrawalVoid, reference=reference))
    )


@blueprint.get("/<bank>/withdrawals/<reference>")
@signed("Where does this withdrawal stand?", answers=WithdrawalState)
def state(bank: str, reference: str) -> Response:
    """Signed over the empty body; claims nothing."""

    def act(inbound) -> bytes:
        if inbound.body:
            raise Problem("REQUEST_INVALID")
        return withdrawal.state(inbound, reference)

    return answered(bank, act)
