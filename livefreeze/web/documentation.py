"""The page on which people read the API, made from the same document that machines read."""

from flask import Blueprint, Response, make_response, render_template

from livefreeze.web.headers import PAGE_POLICY

blueprint = Blueprint("documentation", __name__)


@blueprint.get("/docs")
def page() -> Response:
    """Show the API; everything on the page comes from here, so it also works where there is no internet."""
    response = make_response(render_template("documentation.html"))
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
