"""Headers that keep a browser from doing more with our answers than it should."""

from collections.abc import Callable, Iterable

# An answer of the API is data: no browser should run, load or frame anything because of it.
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# A page may load what lies beside it, and nothing inline; `data:` is for the small pictures in style sheets.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_UNLESS_THE_VIEW_SAYS_ELSE = [("Content-Security-Policy", _DATA_POLICY), ("Cache-Control", "no-store")]
_ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_OVER_HTTPS = [("Strict-Transport-Security", "max-age=31536000; includeSubDomains")]


class SecurityHeaders:
    """Wraps a WSGI application: adds the headers to every answer."""

    def __init__(self, application: Callable, *, is_https: bool) -> None:
        self._application = application
        self._always = _ALWAYS + (_OVER_HTTPS if is_https else [])

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer one request."""

        def start(status: str, headers: list, *rest: object) -> Callable:
            said = {name for name, _ in headers}
            missing = [header for header in _UNLESS_THE_VIEW_SAYS_ELSE if header[0] not in said]
            return start_response(status, [*headers, *self._always, *missing], *rest)

        return self._application(environ, start)
