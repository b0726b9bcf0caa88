"""What stands before every view: how much may be sent, and who may ask (base/access.py)."""

from collections.abc import Callable

from apiflask import APIFlask
from flask import g, request
from flask.typing import ResponseReturnValue

from livefreeze.base.access import BANK, ENDPOINTS, PUBLIC, Principal
from livefreeze.base.errors import FieldError, Problem, invalid_fields
from livefreeze.base.words import PROBLEMS
from livefreeze.flows import staff
from livefreeze.web import current
from livefreeze.web.pages import install as page_shell
from livefreeze.web.pages.area import is_page
from livefreeze.web.request_log import LINE

BODY_BYTES_MAX = 64 * 1024
BODY_BYTES_MAX_OF = {"bank.events": 8 * 1024 * 1024}  # 5,000 events


def install(app: APIFlask) -> None:
    """Let every request pass by here first; called when all routes are there.

    Raises RuntimeError for a route that the table does not name, which stops the start.
    """
    _check_every_route(app)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES_MAX
    takes_parameters = {name for name, view in app.view_functions.items() if _takes_parameters(view)}

    page_endpoints = {name for name in app.view_functions if is_page(app, name)} | {"static"}

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        asked = request._get_current_object()  # the proxy costs a microsecond at each look
        if asked.url_rule is None:  # no such address: routing itself answers
            return
        asked.environ[LINE]["route"] = asked.url_rule.rule
        endpoint = asked.url_rule.endpoint
        if endpoint in page_endpoints:
            return page_shell.admit(app, endpoint)
        if endpoint in BODY_BYTES_MAX_OF:
            asked.max_content_length = BODY_BYTES_MAX_OF[endpoint]
        who = ENDPOINTS[endpoint]
        if who is not PUBLIC and who is not BANK:  # a bank's view verifies its signature over the exact bytes
            g.principal = _admit(who, asked.headers.get("Authorization", ""))
        if asked.query_string and endpoint not in takes_parameters and asked.args:
            raise invalid_fields([_unknown_parameter(name) for name in asked.args])
        return None


def _check_every_route(app: APIFlask) -> None:
    unnamed = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - ENDPOINTS.keys())
    if unnamed:
        raise RuntimeError(f"say in livefreeze/base/access.py who may call: {', '.join(unnamed)}")


def _takes_parameters(view: Callable) -> bool:
    return any(location in ("query", "querystring") for _, location in getattr(view, "_spec", {}).get("args") or ())


def _admit(who: frozenset[str], authorization: str) -> Principal:
    scheme, _, token = authorization.partition(" ")
    principal = staff.authenticate(token) if scheme.lower() == "bearer" else None
    if principal is None:
        raise Problem("TOKEN_INVALID")
    current.note(caller=principal.staff_id)
    if principal.stands_as not in who:
        raise Problem("ROLE_NOT_ALLOWED", roles=", ".join(sorted(who)))
    return principal


def _unknown_parameter(name: str) -> FieldError:
    words = PROBLEMS["FIELD_UNKNOWN"]
    return FieldError("?" + name, "FIELD_UNKNOWN", words.sentence, words.sentence_zh)
