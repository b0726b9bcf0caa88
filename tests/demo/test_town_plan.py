"""The plan of the demo world: the same seed is the same world, and nobody in it exists."""

from itertools import pairwise

import pytest

from livefreeze.demo.town import people, places, plan, wishes
from livefreeze.demo.town.plan import Fate

SMALL = {"accounts": 40, "months": 4}


def orders(made):
    return [order for case in made.cases for order in case.orders]


def test_the_same_seed_makes_the_same_plan():
    first, again = plan.make(seed=7, **SMALL), plan.make(seed=7, **SMALL)
    assert first == again
    accounts = list(first.accounts().values())
    assert [wishes.of_round(first, 2, number, accounts) for number in range(3)] == [
        wishes.of_round(again, 2, number, accounts) for number in range(3)
    ]


def test_another_seed_makes_another_plan():
    assert plan.make(seed=7, **SMALL).cases != plan.make(seed=8, **SMALL).cases


def test_the_whole_world_has_all_that_it_promises():
    made = plan.make()
    accounts = made.accounts()
    assert 200 <= len(accounts) <= 201
    assert {case.court for case in made.cases} == {0, 1} and {each.bank for each in accounts.values()} == {0, 1, 2}
    assert {order.fate for order in orders(made)} == set(Fate)
    assert {case.month for case in made.cases} == set(range(9))
    assert any(len(case.persons) == 2 for case in made.cases)  # co-debtors
    assert any(len(order.accounts) == 2 for order in orders(made))  # one debtor, two banks
    served_twice = [number for number in accounts if sum(
        number in {each.number for each in order.accounts} for order in orders(made)) == 2]
    assert served_twice  # two cases against one debtor


@pytest.mark.parametrize("months", [1, 2, 9])
def test_cases_are_opened_within_the_months(months):
    assert {case.month for case in plan.make(accounts=12, months=months).cases} <= set(range(months))


def test_the_first_case_is_the_story_s():
    case = plan.make().cases[0]
    (account,) = case.orders[0].accounts
    assert (case.number, case.claim, account.salary, account.payday) == ("(2026)浙0281执1234号", 60_000, 8_000, 10)
    asked = wishes.of_round(plan.make(), 0, 0, [])
    assert [wish.amount for wish in asked] == ["1000.00", "2000.00"]


def test_names_and_numbers_are_nobody_s_and_given_once():
    persons = [people.person(number) for number in range(341)]
    assert len({each.name for each in persons}) == len({each.id_number for each in persons}) == 341
    assert all(each.name.startswith("被执行人") and each.id_number[6:14] == "19000101" for each in persons)
    assert people.id_number(1) == "330281190001010012"  # as the story has it, worked out elsewhere
    assert len(plan.make().accounts()) == len({number[6:] for number in plan.make().accounts()})


def test_time_goes_forward_only():
    from livefreeze.demo.town.months import Months

    class Nobody:
        banks, courts = (), ()

    days = [day for day, _ in Months(plan.make(), Nobody()).steps()]
    assert all(before < after for before, after in pairwise(days[1:])) and days[-1] < plan.make().ends_at


def test_each_role_has_a_log_in():
    log_ins = places.log_ins()
    assert {each.role for each in log_ins} == {"clerk", "judge", "finance", "auditor", "admin", "teller"}
    assert len({each.login for each in log_ins}) == len(log_ins)
