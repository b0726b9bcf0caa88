"""A form: what was typed, what is wrong with it, and that it does its work once however often it is sent.

The fields are those of the JSON API, so a person and a program meet the same checks and the same words.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from apiflask import Schema
from flask import Response, g, request
from marshmallow import ValidationError

from livefreeze.base import crypto, ids
from livefreeze.base.errors import FieldError, Problem, invalid_fields
from livefreeze.flows import form_claims
from livefreeze.web import current
from livefreeze.web.field_errors import field_errors
from livefreeze.web.pages import language

ONCE = "once"  # the field that names one showing of a form
TYPED_BY = "typed_by"  # the field that says, signed, to whom the form was shown (kept.py)
AGAIN = "again"  # ticked by whoever means to send the same a second time
OWN = {ONCE, TYPED_BY, AGAIN, "csrf_token"}


class Form:
    """The form of a page, as it was sent or, at first, as it begins."""

    def __init__(self, schema: type[Schema] | None = None, *, begins_with: Mapping[str, object] | None = None,
                 is_new: bool = False) -> None:
        self._schema = schema
        self._begins_with = begins_with or {}
        self._problem: Problem | None = None
        self.sent_before: str | None = None  # where the same went that was sent minutes ago
        self.is_sent = request.method == "POST" and not is_new
        # What was typed before a log-in ended is shown again (kept.py), and is not sent by that.
        self._typed = request.form if self.is_sent else g.get("typed")
        sent_key = request.form.get(ONCE) if self.is_sent else None
        self.once_key = sent_key if ids.is_id("frm", sent_key) else ids.new("frm")

    # --- for views ---

    def values(self) -> dict[str, object]:
        """Return what was typed, checked by the schema; fields left empty are left out.

        Raises Problem naming each wrong field; call it within `answering`.
        """
        typed = {}
        for name, texts in request.form.lists():
            texts = [text.strip() for text in texts if text.strip()]
            if name in OWN or not texts:
                continue
            is_list = name in self._lists()
            typed[name] = texts if is_list else texts[0]
        if self._schema is None:
            return typed
        try:
            return self._schema().load(typed)
        except ValidationError as invalid:
            raise invalid_fields(field_errors({"form": invalid.messages})) from None

    @contextmanager
    def answering(self) -> Iterator[None]:
        """What is refused inside ends up on the form, and the view goes on to show the page again."""
        try:
            yield
        except Problem as problem:
            if problem.code == "NOT_FOUND" and problem.pointer is None:
                raise
            self._problem = problem
            current.note(problem=problem.code)

    def once(self, act: Callable[[], Response]) -> Response:
        """Do the act, and return where it sends the person; a second sending of this form only gets there, too.

        Raises Problem ALREADY_SENT where the first one has not ended, and what the act raises, after which the form
        may be sent again.
        """
        claimed = form_claims.claim(self.once_key, self._digest(), principal=current.principal())
        if claimed is not None:
            return _again(claimed)
        try:
            response = act()
        except Problem:
            form_claims.release(self.once_key)
            raise
        form_claims.finish(self.once_key, response.headers["Location"])
        return response

    def remembered(self, response: Response) -> Response:
        """Keep where an act led that takes care by itself to be done once, for `asks_about_same`."""
        if form_claims.claim(self.once_key, self._digest(), principal=current.principal()) is None:
            form_claims.finish(self.once_key, response.headers["Location"])
        return response

    def asks_about_same(self) -> None:
        """Ask first where this person sent the same minutes ago: the way back in a browser leads to a fresh form.

        For forms whose work could be done twice. Raises Problem SENT_BEFORE; call it within `answering`.
        """
        if request.form.get(AGAIN) == "yes":
            return
        self.sent_before = form_claims.sent_before(self.once_key, self._digest(), principal=current.principal())
        if self.sent_before is not None:
            raise Problem("SENT_BEFORE")

    def _digest(self) -> bytes:
        """What is sent, and where to, in a form that tells nothing: keyed, for names and numbers are soon guessed."""
        typed = sorted((name, texts) for name, texts in request.form.lists() if name not in OWN)
        return crypto.vault().blind_index("form", json.dumps([request.path, typed]))

    # --- for templates ---

    @property
    def is_refused(self) -> bool:
        """Was it sent, and is something wrong with it?"""
        return self._problem is not None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return self._problem.status if self._problem is not None else 200

    def value(self, name: str, otherwise: object = "") -> object:
        """What stands in a field: what was typed, else what it begins with."""
        if self._typed is not None:
            return self._typed.get(name, "" if self.is_sent else self._begins_with.get(name, otherwise))
        return self._begins_with.get(name, otherwise)

    def has(self, name: str, choice: str) -> bool:
        """Is this one of several choices taken?"""
        if self._typed is not None:
            return choice in self._typed.getlist(name)
        begun = self._begins_with.get(name, ())
        return choice == begun if isinstance(begun, str) else choice in begun

    def errors_of(self, name: str) -> list[str]:
        """Why a field is refused, in the page's language."""
        return [_said(error) for error in self._errors() if _field_of(error) == name]

    def errors_beside(self, *names: str) -> list[str]:
        """What is wrong with the form as a whole, or with a field that is not among these."""
        if self._problem is None:
            return []
        others = [error for error in self._errors() if _field_of(error) not in names]
        if not self._errors():
            return [language.pick(self._problem.detail, self._problem.detail_zh)]
        return [_said(error) for error in others]

    def _errors(self) -> tuple[FieldError, ...]:
        return self._problem.errors if self._problem is not None else ()

    def _lists(self) -> set[str]:
        declared = self._schema._declared_fields if self._schema is not None else {}
        return {name for name, field in declared.items() if type(field).__name__ == "List"}


def _again(location: str) -> Response:
    if not location:
        raise Problem("ALREADY_SENT")
    return Response(status=303, headers={"Location": location})


def _field_of(error: FieldError) -> str:
    """The last named part of the pointer: /document/quota is the field `quota`; /accounts/0 is `accounts`."""
    parts = [part for part in error.pointer.split("/") if part and not part.isdigit()]
    return parts[-1].removeprefix("?") if parts else ""


def _said(error: FieldError) -> str:
    return language.pick(error.reason, error.reason_zh)
