"""Thousands of made-up customers, each known by the identity number alone, so that starting a bank costs nothing.

All sandbox banks share one population; a third of it banks at each. The numbers are those of people born before 1920.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from bank_adapters.sandbox import identity
from bank_adapters.sandbox.past import Plan

COUNT = 6_000
_ONE_IN = 3
YEARS = 3
_EMPLOYERS = ("甲电子有限公司", "乙服装有限公司", "丙物流有限公司", "丁机械有限公司", "戊餐饮有限公司")

_PENSION_OFFICE = "某市社会保险基金管理中心"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member of the population."""

    id_number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An account that a person has at a bank, with its past up to a day."""

    number: str
    plan: Plan


def customers(bank: str, count_max: int) -> list[Person]:
    """The first customers of this bank, so that somebody knows whom to ask for."""
    found = (person for person in _people().values() if _banks_at(person, bank))
    return [person for person, _ in zip(found, range(count_max), strict=False)]


def customer(bank: str, id_number: str) -> Person | None:
    """The customer of that number, if this bank has one."""
    person = _people().get(identity.normalised(id_number))
    return person if person is not None and _banks_at(person, bank) else None


def accounts(bank: str, person: Person, today: date) -> list[Kept]:
    """The person's accounts at this bank, with three years before today; the same for the same day."""
    random = Random(f"{bank}/{person.id_number}")
    kept = []
    for place in range(random.choice((1, 1, 1, 2, 2, 3))):
        has_income = place == 0 and random.random() < 0.6
        income = random.choice(("salary", "salary", "salary", "pension"))
        payer = _PENSION_OFFICE if income == "pension" else random.choice(_EMPLOYERS)
        kept.append(
            Kept(
                number="62" + "".join(random.choice("0123456789") for _ in range(17)),
                plan=Plan(
                    seed=f"{bank}/{person.id_number}/{place}",
                    first=(today - timedelta(days=365 * YEARS)).isoformat(),
                    last=(today - timedelta(days=1)).isoformat(),
                    payer=payer if has_income else "",
                    income=income,
                    is_marked=random.random() < 0.5,
                    amount_minor=random.randrange(30, 160) * 100_00 if has_income else 0,
                    payday=random.choice((5, 8, 10, 15, 20, 25, 31)),
                    owners=2 if random.random() < 0.03 else 1,
                ),
            )
        )
    return kept


def _banks_at(person: Person, bank: str) -> bool:
    return hashlib.sha256(f"{bank}/{person.id_number}".encode()).digest()[0] % _ONE_IN == 0


@cache
def _people() -> dict[str, Person]:
    people = {}
    for place in range(COUNT):
        born = date(1900, 1, 1) + timedelta(days=place)
        id_number = identity.with_check(f"110101{born:%Y%m%d}{place % 1000:03}")
        people[id_number] = Person(id_number=id_number, name=f"客户{place:04}")
    return people
