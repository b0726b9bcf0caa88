"""The OpenAPI document: made from the views, completed with what the form of each operation implies."""

import json
from collections.abc import Callable
from typing import TypeVar

from apiflask import APIFlask
from apispec import APISpec, BasePlugin
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from bank_adapters.contract.schemas import describe_one_of
from livefreeze.web.api_description import (
    BANK_SIGNATURE,
    COURT_TOKEN,
    INTRODUCTION,
    PROBLEM,
    SECURITY_SCHEMES,
    SIGNATURE_HEADERS,
)
from livefreeze.web.api_notices import webhooks
from livefreeze.web.problems import CONTENT_TYPE

View = TypeVar("View", bound=Callable)

# What can go wrong by the form of an operation; what its subject adds, its own view documents.
_SENTENCES = {
    "400": "The request cannot be read",
    "401": "Who asks is not proven",
    "403": "The role may not do this",
    "404": "Unknown, or another's",
    "413": "The body is too large",
    "415": "The body is not declared as JSON",
    "422": "A field has a wrong value",
}


class _Messages(BasePlugin):
    """Lets apispec describe a field that holds one of several messages, and the messages that banks receive."""

    def init_spec(self, spec: APISpec) -> None:
        """Extend the converter of the plugin that came before."""
        for plugin in spec.plugins:
            if isinstance(plugin, MarshmallowPlugin):
                plugin.converter.add_attribute_function(describe_one_of)
                spec.options["webhooks"] = webhooks(plugin.converter)


def install(app: APIFlask) -> None:
    """Configure the document of the app."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=INTRODUCTION,
        LICENSE={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES=SECURITY_SCHEMES,
        AUTO_OPERATION_ID=True,
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        HTTP_ERROR_SCHEMA=PROBLEM,
    )
    app.spec_plugins.append(_Messages())
    app.schema_name_resolver = _name
    app.spec_processor(_complete)


def takes(schema: type[Schema]) -> Callable[[View], View]:
    """Document the body of a view that reads the exact bytes itself; stands below the route's decorator."""

    def decorate(view: View) -> View:
        described = view._spec = getattr(view, "_spec", {})  # where APIFlask keeps what its own decorators say
        described |= {"body": schema(), "content_type": "application/json"}
        return view

    return decorate


def text_of(app: APIFlask) -> str:
    """Return the document as it stands in docs/openapi.json, where a person reviews each change of it."""
    return json.dumps(app.spec, ensure_ascii=False, indent=2) + "\n"


def _name(schema: Schema | type[Schema]) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _complete(document: dict) -> dict:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("HTTPError", None)  # APIFlask's name for the error answers that views document
    schemas["Problem"] = PROBLEM
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete_operation(operation)
    document["webhooks"] = document.pop("webhooks")  # after the paths: a bank asks before it is told
    return document


def _complete_operation(operation: dict) -> None:
    schemes = {name for requirement in operation.get("security", []) for name in requirement}
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    if BANK_SIGNATURE in schemes:
        operation["parameters"] = operation["parameters"] + SIGNATURE_HEADERS
    responses = operation["responses"]
    for status in _statuses(operation, schemes) - responses.keys():
        responses[status] = {"description": _SENTENCES[status]}
    responses["default"] = {"description": "Any other refusal or failure"}
    for status, response in responses.items():
        if status == "default" or status >= "400":
            response["content"] = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"] = dict(sorted(responses.items()))


def _statuses(operation: dict, schemes: set[str]) -> set[str]:
    """Return the errors that the form of the operation makes possible."""
    statuses = {"401"} if schemes else set()
    if COURT_TOKEN in schemes:
        statuses.add("403")
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        statuses.add("404")
    if any(parameter["in"] == "query" for parameter in operation["parameters"]):
        statuses.add("422")
    if "requestBody" in operation:
        statuses |= {"400", "413", "415", "422"}
    return statuses
