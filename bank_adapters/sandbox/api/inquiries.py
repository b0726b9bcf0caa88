"""For whoever tests inquiries: who banks here, and what became of the questions that came."""

from flask import Blueprint, request

from bank_adapters.sandbox import answers, population
from bank_adapters.sandbox import inquiries as asked
from bank_adapters.sandbox.api import requests

inquiries = Blueprint("inquiries", __name__)


@inquiries.get("/people")
def show_people():
    """Some of the made-up customers of this bank; `count` says how many."""
    count = request.args.get("count", default=10, type=int)
    people = population.customers(requests.running().bank.code, max(0, count))
    return {"people": [{"id_number": person.id_number, "name": person.name} for person in people]}


@inquiries.post("/inquiries/<inquiry>/again")
def answer_again(inquiry: str):
    """Tell the first part of an answer once more, as it would be now; `corrects` says that the earlier one is wrong."""
    fields, bank = requests.fields(), requests.running().bank
    wait_s, corrects = requests.wait_s_of(fields), fields.flag("corrects")
    fields.refuse_unknown()
    with bank.database.transaction() as connection:
        answers.again(connection, bank, inquiry, corrects=corrects)
    return {"reported": requests.reported(wait_s)}, 201


@inquiries.get("/inquiries")
def show_inquiries():
    """Every inquiry that came: how often it was asked, how it stands, how many parts were stored as an answer."""
    with requests.running().bank.database.reading() as connection:
        return {"inquiries": asked.all_of(connection)}
