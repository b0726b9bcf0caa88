"""Talks to the service: signs what leaves, and believes an answer only if it is signed and speaks of the question."""

import logging
from dataclasses import dataclass

from bank_adapters import contract, errors, keys, signed_json, strict_json
from bank_adapters.addresses import Policy
from bank_adapters.sandbox import keys as own_keys
from bank_adapters.sandbox.bank import Bank
from bank_adapters.send import Delivery, send

_HERE_OR_PUBLIC = Policy(allow_loopback_http=True)
_STATUS_OK = 200
_STATUS_TOO_MANY = 429
_STATUS_NOT_DECIDED = 500  # from here on nothing was decided: ask again

_log = logging.getLogger(__name__)


class NoAnswer(Exception):
    """Nothing is known about the request: it is to be sent again with the same id and body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verified answer: the service did what was asked (200), or has refused it for good."""

    status: int
    document: dict

    @property
    def is_done(self) -> bool:
        """Whether the service did what was asked."""
        return self.status == _STATUS_OK


class Link:
    """The bank's line to the service."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._deadline_s = bank.patience.total_seconds() / 2  # so that a second attempt fits in

    def call(self, path: str, message_id: str, body: bytes) -> Answer:
        """Send once; the answer that ends the message. Raises NoAnswer."""
        self.trust_on_first_use()
        delivery = self.exchange(path, message_id, body)
        if delivery.error_code is not None:
            raise NoAnswer(delivery.error_code)
        if delivery.status == _STATUS_TOO_MANY or delivery.status >= _STATUS_NOT_DECIDED:
            raise NoAnswer(f"status {delivery.status}")
        try:
            answer = signed_json.read_answer(
                delivery.body,
                delivery.headers,
                *contract.ANSWERS,
                keys=self._trusted_keys(),
                now=self._bank.clock.wall(),
                bank=self._bank.code,
                request_id=message_id,
                request_body=body,
            )
        except errors.Refused as refused:
            raise NoAnswer(f"status {delivery.status}, {refused}") from None
        return Answer(status=delivery.status, document=contract.to_document(answer))

    def exchange(self, path: str, message_id: str, body: bytes) -> Delivery:
        """Sign and send once; whatever came of it, unverified."""
        headers = signed_json.signed_headers(
            body, message_id=message_id, at=self._bank.clock.wall(), keys=[self._bank.signing_key]
        )
        return send(self._bank.service + path, body, headers, policy=_HERE_OR_PUBLIC, deadline_s=self._deadline_s)

    def trust_on_first_use(self) -> None:
        """Where no key of the service is trusted yet, trust those it shows now: for a sandbox good enough."""
        if self._trusted_keys():
            return
        delivery = send(
            f"{self._bank.service}/bank/v1/keys",
            b"",
            {},
            method="GET",
            policy=_HERE_OR_PUBLIC,
            deadline_s=self._deadline_s,
        )
        if delivery.status != _STATUS_OK:
            return
        try:
            listed = strict_json.loads(delivery.body)["keys"]
            shown = [entry["key"] for entry in listed if entry["bank"] == self._bank.code]
            with self._bank.database.transaction() as connection:
                for public_key in shown:
                    own_keys.trust(connection, public_key)
        except (errors.Refused, KeyError, TypeError) as error:
            _log.warning("the service's list of keys cannot be read: %s", type(error).__name__)

    def _trusted_keys(self) -> list[keys.PublicKey]:
        with self._bank.database.reading() as connection:
            return own_keys.trusted(connection)
