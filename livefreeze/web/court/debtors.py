"""Debtors."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from bank_adapters.contract.kinds import Text
from livefreeze.flows import debtors
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court
from livefreeze.web.court.fields import Shaped, shape

_LETTER = "[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"  # of half or full width: one number either way
ID_NUMBER = shape(Text(
    code="ID_NUMBER_INVALID", pattern=f"{_LETTER}([- ]?{_LETTER}){{3,31}}", length_max=63,
    form="an identity number of 4 to 32 letters and digits, with single hyphens or spaces between them at most",
    form_zh="证件号码：4 至 32 个字母或数字，其间可有单个连字符或空格", example="330203198001011234",
))


class DebtorIn(Schema):
    """A debtor as the court names them."""

    name = Shaped(vocabulary.Name, required=True)
    id_number = Shaped(ID_NUMBER, required=True)


class DebtorOut(Schema):
    """The debtor's id."""

    id = fields.String(metadata={"examples": ["dbt_01kkb5c8w0q3v7n2m4x6z8a9b1"]})


@court.post("/debtors")
@court.input(DebtorIn)
@court.output(DebtorOut, status_code=201)
@about("debtors", responses={200: "The number is known: the same debtor", 409: "Known under another name"})
def register_debtor(json_data: dict) -> tuple[dict, int]:
    """Register a debtor; name and ID number are sealed and never shown in clear again."""
    registered = debtors.register(**json_data, principal=current.principal())
    return {"id": registered.id}, 201 if registered.is_new else 200
