"""What every preparation answers: a proposal that another person approves."""

from apiflask import Schema
from marshmallow import fields

DIGEST = {"pattern": "^sha256:[0-9a-f]{64}$",
          "description": "SHA-256 of the document as canonical JSON: keys sorted, no spaces, UTF-8"}


class Prepared(Schema):
    """A proposal, and the digest of what is to be approved."""

    id = fields.String(metadata={"examples": ["prp_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    digest = fields.String(metadata=DIGEST)
