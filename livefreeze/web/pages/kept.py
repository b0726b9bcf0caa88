"""What was typed in a form whose log-in ended meanwhile: sealed for its person, and shown again after they log in.

Every form names, signed by us, whom it was shown to. So a form that arrives without its log-in can be kept for that
person alone: sealed, it passes through the pages of the log-in, and never through an address, a cookie or the database.
Nothing of it is done by itself: the page of the form is shown with what was typed, to be looked at and sent anew.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import NamedTuple

from flask import Response, current_app, flash, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from livefreeze.base import clock, crypto
from livefreeze.base.access import Principal
from livefreeze.web.pages.forms import OWN, TYPED_BY, Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import page

KEPT = "kept"  # the field of the log-in pages that carries what was typed
SHOWN_AGAIN = "shown_again"  # the field that asks for the page of the form, and for nothing to be done
VALID_S = 1800
SEALED_BYTES_MAX = 40_000  # a body has at most 64 KiB
_PLACE = {"table": "kept_form", "column": "fields"}  # no table of the database: it only names the seal
_NEVER = ("password", "secret")  # parts of names of fields


class Kept(NamedTuple):
    """What somebody typed: the address of its page, and its fields in their order."""

    address: str
    fields: list[tuple[str, str]]


def typed_by() -> str:
    """The mark of a form: whom it is shown to. Empty for strangers and debtors, who have no long forms."""
    principal = g.get("principal")
    return _signer().dumps(principal.staff_id) if principal is not None and principal.staff_id else ""


def log_in_again(address: str) -> Response | None:
    """The log-in page with the form that was just sent, sealed; None where there is nothing to keep, or for nobody."""
    staff_id = _typist()
    if staff_id is None or not _is_worth_keeping():
        return None
    kept = _seal(staff_id, address)
    if len(kept) > SEALED_BYTES_MAX:
        return None
    flash(gettext("Your log-in had ended: nothing was done. Log in, and what you typed is shown to you again."))
    return page("login/log_in.html", form=Form(begins_with={"next": address, KEPT: kept}, is_new=True), status=401)


def given_back(kept: str | None, staff_id: str) -> Response | None:
    """After the log-in: a page that leads back to what was typed; None where that was another person, or long ago."""
    opened = _open(kept, staff_id) if kept else None
    return None if opened is None else page("login/kept.html", kept=opened)


def shows_again(principal: Principal) -> bool:
    """Does this request only ask to see a form again? Then it goes on as one that reads, with the fields at hand."""
    if SHOWN_AGAIN not in request.form or _typist() != principal.staff_id:
        return False
    return show_filled()


def was_shown_to(principal: Principal | None) -> bool:
    """Was the form of this request made for this very person, if under a log-in that is over?"""
    return principal is not None and principal.staff_id is not None and _typist() == principal.staff_id


def show_filled() -> bool:
    """Make this request one that reads the page of its form, with what was typed; False where it has no such page."""
    if not _is_worth_keeping() or not has_page():
        return False
    g.typed = MultiDict(_fields())
    request.method = "GET"  # from here on nothing can be done by it
    flash(gettext("What you had typed stands here again, and nothing was done with it. Look at it, and send it anew."))
    return True


def has_page() -> bool:
    """Is the address of this form also that of a page which shows it?"""
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(method="GET")
    except HTTPException:
        return False
    return endpoint == request.endpoint


def _typist() -> str | None:
    try:
        return _signer().loads(request.form.get(TYPED_BY, ""))
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=TYPED_BY)


def _is_worth_keeping() -> bool:
    # What the pages about log-ins ask is secret, and soon typed again.
    return request.blueprint != "login" and request.headers.get("HX-Request") is None and bool(_fields())


def _fields() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.form.items(multi=True)
            if name not in OWN and name != SHOWN_AGAIN and not any(word in name for word in _NEVER)]


def _seal(staff_id: str, address: str) -> str:
    document = {"at": clock.wall().timestamp(), "address": address, "fields": _fields()}
    sealed = crypto.vault().encrypt(json.dumps(document), **_PLACE, row=staff_id)
    return base64.urlsafe_b64encode(sealed).decode()


def _open(kept: str, staff_id: str) -> Kept | None:
    try:
        sealed = base64.urlsafe_b64decode(kept.encode())
        document: Mapping = json.loads(crypto.vault().decrypt_text(sealed, **_PLACE, row=staff_id))
    except (binascii.Error, ValueError, crypto.Unreadable):
        return None
    if not 0 <= clock.wall().timestamp() - document["at"] < VALID_S:
        return None
    return Kept(document["address"], [(name, text) for name, text in document["fields"]])
