"""Headers that keep a browser from doing more with our answers than it should."""

from flask import Flask, Response

# An answer of the API is data: no browser should run, load or frame anything because of it.
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# A page may load what lies beside it, and nothing inline; `data:` is for the small pictures in style sheets.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_HTTPS_ONLY = "max-age=31536000; includeSubDomains"


def install(app: Flask, *, is_https: bool) -> None:
    """Add the headers to every answer of the app."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.extend(_ALWAYS)
        headers.setdefault("Content-Security-Policy", _DATA_POLICY)
        headers.setdefault("Cache-Control", "no-store")
        if is_https:
            headers["Strict-Transport-Security"] = _HTTPS_ONLY
        return response
