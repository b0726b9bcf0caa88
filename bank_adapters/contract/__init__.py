"""Every message between a bank and the service: what may stand in it, read and written strictly.

    document = strict_json.loads(body)
    message = parse(document, WithdrawalAuthorise)     # or several classes: the document's `type` says which
    body = dumps(to_document(message))

`parse(document, Events).events` holds, for an event that does not fit, its EventInvalid: the others stand.
Messages of a bank: CALLS, and Events with EVENTS in it. Ours: ANSWERS, Problem, and NOTICES to the bank's URL.
"""

from bank_adapters.contract.answers import (
    ANSWERS,
    EventResult,
    EventsApplied,
    ExplanationStep,
    InTwoLanguages,
    Problem,
    ProblemField,
    Receipt,
    WithdrawalDecided,
    WithdrawalState,
    parse_problem,
)
from bank_adapters.contract.calls import CALLS, WithdrawalAuthorise, WithdrawalCapture, WithdrawalVoid
from bank_adapters.contract.errors import EventInvalid, FieldError, MessageInvalid
from bank_adapters.contract.events import (
    EVENTS,
    EVENTS_COUNT_MAX,
    CreditPosted,
    CreditReversed,
    DebitPosted,
    Event,
    Events,
    FreezeReceipt,
    PriorHold,
    TransferFailed,
    TransferReturned,
    TransferSettled,
    WithdrawalReversed,
    WithdrawalStandIn,
    WithdrawalStatus,
)
from bank_adapters.contract.message import Struct, dumps, parse, to_document
from bank_adapters.contract.notices import (
    NOTICES,
    Court,
    FreezeAmended,
    FreezePlaced,
    FreezeReleased,
    Payee,
    Transfer,
    TransferInstructed,
    WithdrawalQueried,
)

__all__ = [
    "ANSWERS",
    "CALLS",
    "EVENTS",
    "EVENTS_COUNT_MAX",
    "NOTICES",
    "Court",
    "CreditPosted",
    "CreditReversed",
    "DebitPosted",
    "Event",
    "EventInvalid",
    "EventResult",
    "Events",
    "EventsApplied",
    "ExplanationStep",
    "FieldError",
    "FreezeAmended",
    "FreezePlaced",
    "FreezeReceipt",
    "FreezeReleased",
    "InTwoLanguages",
    "MessageInvalid",
    "Payee",
    "PriorHold",
    "Problem",
    "ProblemField",
    "Receipt",
    "Struct",
    "Transfer",
    "TransferFailed",
    "TransferInstructed",
    "TransferReturned",
    "TransferSettled",
    "WithdrawalAuthorise",
    "WithdrawalCapture",
    "WithdrawalDecided",
    "WithdrawalQueried",
    "WithdrawalReversed",
    "WithdrawalStandIn",
    "WithdrawalState",
    "WithdrawalStatus",
    "WithdrawalVoid",
    "dumps",
    "parse",
    "parse_problem",
    "to_document",
]
