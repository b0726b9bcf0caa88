"""Lists come in pages: `after` names the last entry seen, `next` the one to ask after."""

from marshmallow import Schema, fields

from livefreeze.web.court.fields import Id, page_size


def page_query(prefix: str, what: str, what_zh: str, **more: fields.Field) -> type[Schema]:
    """The query parameters of a list whose entries have ids of this prefix."""
    after = Id(prefix, what, what_zh, metadata={"description": "entries after this one"})
    return Schema.from_dict({**more, "after": after, "limit": page_size()}, name=f"PageOf_{prefix}")


def page(name: str, entry: type[Schema], **more: fields.Field) -> type[Schema]:
    """The answer: the entries under this name, oldest first, and after which to ask for the next page."""
    description = "ask `after` this for the next page; null: no more"
    following = fields.String(allow_none=True, metadata={"description": description})
    entries = fields.List(fields.Nested(entry))
    return Schema.from_dict({**more, name: entries, "next": following}, name=f"Page{entry.__name__}")
