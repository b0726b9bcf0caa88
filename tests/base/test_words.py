"""Every refusal has both languages, a status that fits, and braces that its problem can fill."""

import re
from pathlib import Path
from string import Formatter

import pytest

from livefreeze.base.words import PROBLEMS, REASONS, callers, inquiries, movements, pages, requests

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
STATUSES = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503}


def braces(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_has_both_languages(code):
    words = PROBLEMS[code]
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", code)
    assert words.status in STATUSES
    assert all(CHINESE.search(text) for text in (words.title_zh, words.sentence_zh))
    assert all(text and not CHINESE.search(text) for text in (words.title, words.sentence))
    assert words.sentence.endswith(".") and words.sentence_zh.endswith("。")
    assert braces(words.sentence) == braces(words.sentence_zh)
    assert not braces(words.title + words.title_zh)


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_has_both_languages(reason):
    english, chinese = REASONS[reason]
    assert english.endswith(".") and not CHINESE.search(english)
    assert chinese.endswith("。") and CHINESE.search(chinese)


def test_no_code_stands_in_two_tables():
    tables = (requests.PROBLEMS, callers.PROBLEMS, movements.PROBLEMS, inquiries.PROBLEMS, pages.PROBLEMS)
    assert len(PROBLEMS) == sum(map(len, tables))


def test_what_does_not_exist_and_what_is_anothers_read_alike():
    assert not braces(PROBLEMS["NOT_FOUND"].sentence)
    assert not braces(PROBLEMS["SIGNATURE_INVALID"].sentence)


SOURCES = {
    path: path.read_text(encoding="utf-8")
    for room in ("livefreeze", "bank_adapters")
    for path in (ROOT / room).rglob("*.py")
    if "words" not in path.parts
}
RAISED = sorted({code for source in SOURCES.values() for code in re.findall(r'\bProblem\(\s*"([A-Z_]+)"', source)})


@pytest.mark.parametrize("code", RAISED)
def test_a_problem_that_is_raised_has_words(code):
    assert code in PROBLEMS


@pytest.mark.parametrize("code", PROBLEMS)
def test_words_are_for_a_problem_that_can_happen(code):
    assert any(f'"{code}"' in source for source in SOURCES.values()), f"nobody says {code}: take its words out"
