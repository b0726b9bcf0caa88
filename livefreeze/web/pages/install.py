"""Put the pages into the application: cookie, forms, language, filters, the addresses of what lies beside them."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from apiflask import APIFlask
from flask import g, get_flashed_messages, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from jinja2 import pass_context

from livefreeze.base import clock
from livefreeze.base.access import ENDPOINTS
from livefreeze.base.errors import Problem
from livefreeze.web.pages import admission, figures, kept, language, navigation

STATIC = Path(__file__).parents[1] / "static"
A_YEAR = timedelta(days=365)


def install(app: APIFlask, *, cookie_secret: bytes, is_https: bool) -> None:
    """Make the application ready for pages; called when all routes are there."""
    app.secret_key = cookie_secret
    app.config |= {
        "SESSION_COOKIE_NAME": "livefreeze",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "SEND_FILE_MAX_AGE_DEFAULT": A_YEAR,  # the address of a file names its content
        "WTF_CSRF_CHECK_DEFAULT": False,  # programs sign or bring a token; the guard checks the forms of people
        "WTF_CSRF_TIME_LIMIT": None,  # a form lives as long as the log-in
    }
    csrf = CSRFProtect(app)

    def check_form() -> None:
        try:
            csrf.protect()
        except CSRFError:
            raise Problem("FORM_EXPIRED") from None

    app.extensions["livefreeze.check_form"] = check_form
    _template_words(app)

    @app.url_defaults
    def name_content(endpoint: str, values: dict) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = _digest(values["filename"])


def admit(app: APIFlask, endpoint: str):
    """Let a request for a page pass, or return the answer that stands in its place. Raises Problem."""
    if endpoint == "static":
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        try:
            app.extensions["livefreeze.check_form"]()
        except Problem:
            # The form was shown under a log-in that is over. It may do nothing, but what was typed is not lost.
            answer = admission.admit_to_read(ENDPOINTS[endpoint])
            if answer is None:
                raise
            return answer[0]
    return admission.admit(ENDPOINTS[endpoint])


def _template_words(app: APIFlask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(language.translate, language.translate_counted, newstyle=True)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {name: _unfolded(each) for name, each in figures.FILTERS.items()}
    app.jinja_env.globals |= {
        "language": language.current, "html_lang": lambda: language.HTML_LANG[language.current()],
        "pick": language.pick, "bar": navigation.bar, "principal": lambda: g.get("principal"),
        "csrf_token": generate_csrf, "typed_by": kept.typed_by, "messages": get_flashed_messages,
        "endpoints": app.view_functions, "business_now": clock.now,
    }


def _unfolded(figure: Callable) -> Callable:
    """The filter as one that depends on the request: Jinja works out others once, in the first reader's language."""
    @pass_context
    def in_the_language_of_the_page(_context: object, *arguments: object) -> str:
        return figure(*arguments)

    return in_the_language_of_the_page


@cache
def _digest(filename: str) -> str:
    path = STATIC / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
