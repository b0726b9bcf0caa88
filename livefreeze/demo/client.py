"""JSON over HTTP as anybody speaks it to the court's API, and to the bank's."""

import json
from typing import NamedTuple

import urllib3

from livefreeze.demo.errors import StoryFailed

TIMEOUT_S = 60.0
_HTTP = urllib3.PoolManager(retries=False, timeout=TIMEOUT_S, maxsize=8)


class Answer(NamedTuple):
    """What came back."""

    status: int
    document: dict


class Client:
    """One address, spoken to as one member of staff if a token is given."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self._headers = {"Accept": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str) -> dict:
        """The document at this path. Raises StoryFailed."""
        return self._done("GET", path, self._send("GET", path, fields=query))

    def post(self, path: str, document: dict) -> dict:
        """What doing so answered. Raises StoryFailed unless it was done."""
        return self._done("POST", path, self.ask("POST", path, document))

    def put(self, path: str, document: dict) -> dict:
        """What replacing it answered. Raises StoryFailed unless it was done."""
        return self._done("PUT", path, self.ask("PUT", path, document))

    def ask(self, method: str, path: str, document: dict) -> Answer:
        """The answer, whatever it is: for what may be refused. Raises StoryFailed where nobody answers."""
        body = json.dumps(document, ensure_ascii=False).encode()
        return self._send(method, path, body=body, headers={"Content-Type": "application/json"})

    def answers(self, path: str) -> bool:
        """Whether somebody is there and well."""
        try:
            return self._send("GET", path).status == 200
        except StoryFailed:
            return False

    def _send(self, method: str, path: str, *, headers: dict[str, str] | None = None, **content: object) -> Answer:
        try:
            response = _HTTP.request(method, self.url + path, headers=self._headers | (headers or {}), **content)
            return Answer(response.status, json.loads(response.data) if response.data else {})
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise StoryFailed(f"{method} {self.url}{path}: {error}") from error

    def _done(self, method: str, path: str, answer: Answer) -> dict:
        if answer.status >= 300:
            raise StoryFailed(f"{method} {self.url}{path} answered {answer.status}: {_why(answer.document)}")
        return answer.document


def _why(document: dict) -> str:
    return document.get("detail") or document.get("reason") or json.dumps(document, ensure_ascii=False)
