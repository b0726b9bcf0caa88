"""Faults that a test can switch on: they last, over restarts too, until they are replaced."""

import json
import sqlite3
from dataclasses import asdict, dataclass

from bank_adapters.sandbox.fields import Fields

GATHERING_S = 0.3  # how long events gather before they leave in the wrong order


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong at this bank. The field names are those of the API."""

    lose_answers: int = 0  # the first answer to every nth withdrawal is lost on its way to the teller
    delay_settlement_s: float = 0  # real seconds from an instructed transfer to its settlement
    fail_transfers: str = ""  # why every transfer fails
    return_transfers: str = ""  # why every transfer comes back after it was settled
    refuse_freeze: str = ""  # why every freeze is refused
    unreachable: bool = False  # the service's messages meet a 503
    delay_answers_s: float = 0  # real seconds from an inquiry to its answer
    split_answers: int = 0  # how many transactions one part of an answer holds; 0: as many as the service takes
    refuse_inquiries: str = ""  # why every inquiry is refused
    ignore_inquiries: bool = False  # no inquiry is answered; a reminder after the fault was cleared brings the answer
    wrong_person: bool = False  # answers speak of another identity number
    broken_balances: bool = False  # in histories every tenth running balance does not add up
    quiet_openings: bool = False  # new accounts are not told to standing inquiries
    slow_s: float = 0  # real seconds before a message of the service is acknowledged
    duplicate_events: bool = False  # every event leaves twice more: in the same message, and in a new one
    reorder_events: bool = False  # events gather a moment, and the newest leaves first

    def as_document(self) -> dict:
        """The faults as the API shows them."""
        return asdict(self)


def current(connection: sqlite3.Connection) -> Faults:
    """The faults switched on now."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'faults'").fetchone()
    return Faults(**json.loads(row["value"])) if row else Faults()


def replace(connection: sqlite3.Connection, document: dict) -> Faults:
    """Switch on exactly these faults, all others off. Raises Refused for what is no fault."""
    fields = Fields(document)
    chosen = Faults(
        lose_answers=int(fields.number("lose_answers", default=0)),
        delay_settlement_s=fields.number("delay_settlement_s", default=0),
        fail_transfers=fields.reason("fail_transfers", "The payee's bank refused it"),
        return_transfers=fields.reason("return_transfers", "The payee's bank sent it back"),
        refuse_freeze=fields.reason("refuse_freeze", "The bank cannot block this account"),
        delay_answers_s=fields.number("delay_answers_s", default=0),
        split_answers=int(fields.number("split_answers", default=0)),
        refuse_inquiries=fields.reason("refuse_inquiries", "The bank cannot answer this inquiry"),
        ignore_inquiries=fields.flag("ignore_inquiries"),
        wrong_person=fields.flag("wrong_person"),
        broken_balances=fields.flag("broken_balances"),
        quiet_openings=fields.flag("quiet_openings"),
        slow_s=fields.number("slow_s", default=0),
        unreachable=fields.flag("unreachable"),
        duplicate_events=fields.flag("duplicate_events"),
        reorder_events=fields.flag("reorder_events"),
    )
    fields.refuse_unknown()
    connection.execute(
        "INSERT INTO setting (name, value) VALUES ('faults', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (json.dumps(chosen.as_document()),),
    )
    return chosen
