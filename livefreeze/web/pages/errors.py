"""An error as a page: what happened, and what can be done now."""

from flask import Response

from livefreeze.base.errors import Problem
from livefreeze.web import current
from livefreeze.web.pages import language
from livefreeze.web.pages.render import page


def answer(problem: Problem) -> Response:
    """Return the problem as a page in the person's language."""
    current.note(problem=problem.code)
    words = problem.words
    response = page(
        "pages/error.html", status=problem.status, code=problem.code,
        title=language.pick(words.title, words.title_zh), sentence=language.pick(problem.detail, problem.detail_zh),
        request_id=current.request_id(),
    )
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response
