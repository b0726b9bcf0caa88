"""Each reason has both sentences; each sense that is no income has a reason."""

import pytest

from livefreeze.analysis.reasons import OF_SENSE, SENTENCES, Code
from livefreeze.analysis.vocabulary import Sense
from livefreeze.analysis.words import is_organisation, sense_of


@pytest.mark.parametrize("code", Code)
def test_a_reason_has_both_sentences(code):
    english, chinese = SENTENCES[code]
    assert english and not any("一" <= each <= "鿿" for each in english)
    assert any("一" <= each <= "鿿" for each in chinese)


def test_each_sense_that_is_no_income_has_a_reason():
    assert OF_SENSE.keys() == {sense for sense in Sense if sense >= Sense.RETURNED}


@pytest.mark.parametrize(("text", "sense"), [
    ("代发工资", Sense.SALARY), ("ＳＡＬＡＲＹ March", Sense.SALARY), ("工资退回", Sense.RETURNED),
    ("销售提成", Sense.BONUS), ("current account", Sense.SILENT), ("rent March", Sense.RENT),
    ("失业保险金", Sense.BENEFIT), ("保险金", Sense.INSURANCE), ("Child support", Sense.MAINTENANCE),
    ("", Sense.SILENT),
])
def test_words_say_what_money_was(text, sense):
    assert sense_of(text)[0] == sense


@pytest.mark.parametrize(("name", "expected"), [("星河科技有限公司", True), ("Alpha Ltd.", True), ("亲属乙", False)])
def test_a_company_is_told_from_a_person(name, expected):
    assert is_organisation(name) is expected
