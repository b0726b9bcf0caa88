"""Every error of the web as one kind of answer: `application/problem+json` (RFC 9457)."""

import json

from apiflask.exceptions import HTTPError
from flask import Response, current_app, request

from livefreeze.base.errors import Problem, as_document, invalid_fields
from livefreeze.web import current
from livefreeze.web.field_errors import field_errors
from livefreeze.web.pages import errors as page_errors
from livefreeze.web.pages.area import is_page

CONTENT_TYPE = "application/problem+json"
_OF_PROGRAMS = ("/bank/", "/court/v1/")

# RFC 9110 asks that every 401 names what would help.
_CHALLENGES = {"TOKEN_INVALID": "Bearer", "SIGNATURE_INVALID": "StandardWebhooks"}


def answer(problem: Problem) -> Response:
    """Return the problem as an unsigned answer: a page where a person asked for one, a document elsewhere."""
    if _is_for_a_person():
        return page_errors.answer(problem)
    current.note(problem=problem.code)
    body = json.dumps(as_document(problem), ensure_ascii=False).encode()
    response = Response(body, status=problem.status, content_type=CONTENT_TYPE)
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    if problem.code in _CHALLENGES:
        response.headers["WWW-Authenticate"] = _CHALLENGES[problem.code]
    return response


def answer_http_error(error: HTTPError) -> Response:
    """Return what Flask, Werkzeug or APIFlask refused, or what nobody caught, as a problem."""
    response = answer(_problem_of(error))
    if allowed := (error.headers or {}).get("Allow"):
        response.headers["Allow"] = allowed
    return response


def _is_for_a_person() -> bool:
    if request.url_rule is not None:
        return is_page(current_app, request.endpoint)
    wants_html = request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
    return wants_html and not request.path.startswith(_OF_PROGRAMS)


def _problem_of(error: HTTPError) -> Problem:
    if error.status_code == 422 and isinstance(error.detail, dict):
        return invalid_fields(field_errors(error.detail))
    if error.status_code == 404:
        return Problem("NOT_FOUND")
    if error.status_code == 405:
        return Problem("METHOD_NOT_ALLOWED", allowed=(error.headers or {}).get("Allow", ""))
    if error.status_code == 413:
        return Problem("BODY_TOO_LARGE", bytes_max=request.max_content_length)
    if error.status_code == 415:
        return Problem("CONTENT_TYPE")
    if error.status_code < 500:
        return Problem("REQUEST_INVALID")
    return Problem("INTERNAL")
