"""Request bodies and query strings, read strictly: what two parsers could read differently is refused."""

from apiflask.schema_adapters import marshmallow as apiflask_marshmallow
from flask import Request, request
from marshmallow import RAISE, Schema
from webargs.multidictproxy import MultiDictProxy

from bank_adapters import strict_json
from livefreeze.base.errors import FieldError, Problem, invalid_fields

_CODES = {"TOO_DEEP": "BODY_TOO_DEEP", "NAME_TWICE": "DUPLICATE_KEY"}  # of strict_json; the rest is BODY_NOT_JSON


def parse(body: bytes) -> object:
    """Return the JSON value of these bytes. Raises Problem: BODY_NOT_JSON, BODY_TOO_DEEP, DUPLICATE_KEY."""
    try:
        return strict_json.loads(body)
    except strict_json.NotJson as error:
        code = _CODES.get(error.code, "BODY_NOT_JSON")
        raise invalid_fields([FieldError("", code, error.reason, error.reason_zh)]) from None


def require_json() -> None:
    """Refuse a request whose body is not declared as JSON. Raises Problem: CONTENT_TYPE."""
    if request.mimetype != "application/json":
        raise Problem("CONTENT_TYPE")


class StrictParser(apiflask_marshmallow.FlaskParser):
    """APIFlask's parser, with strict JSON and without its leniency towards unknown query parameters."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **apiflask_marshmallow.FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }

    def _raw_load_json(self, req: Request) -> object:
        require_json()
        return parse(req.get_data(cache=True))

    def load_querystring(self, req: Request, schema: Schema) -> MultiDictProxy:
        """Return the query parameters; the same one twice is refused, like a key that stands twice in a body."""
        for name, values in req.args.lists():
            if len(values) > 1:
                raise Problem("DUPLICATE_KEY", "?" + name, key=name)
        return super().load_querystring(req, schema)


def make_strict() -> None:
    """Make APIFlask parse strictly, in this process and for good.

    APIFlask has one parser object that its decorators take at import, and no setting for another; so
    that very object changes its class, and it does not matter which module was imported first.
    """
    apiflask_marshmallow.parser.__class__ = StrictParser
