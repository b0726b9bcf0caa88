"""Lines of Chinese and English: as wide as the column, and no closing mark at the beginning of one."""

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from livefreeze.demo.wrapping import wrap


def texts(alphabet: str) -> st.SearchStrategy[str]:
    """Texts as they are written: a closing mark stands behind something, with no space before it."""
    written = st.text(alphabet=alphabet, max_size=120)
    return written.map(lambda text: re.sub(r"(^|\s)[\s，。：！）]+", r"\1", text).strip())


TEXTS = texts("判决冻结限额，。：（）！ abc 8,000.00…−")
WIDTH = 24


def test_a_figure_stays_whole_and_chinese_breaks_anywhere():
    assert wrap("自动将生活费以外的盈余 5,500.00 元划往案款专户，无需人工操作。", 24) == [
        "自动将生活费以外的盈余",
        "5,500.00 元划往案款专",
        "户，无需人工操作。",
    ]


@given(TEXTS)
def test_nothing_is_lost(text):
    assert "".join(wrap(text, WIDTH)).replace(" ", "") == text.replace(" ", "")


@given(texts("判决冻结限额，。：（ ab").filter(lambda text: "bbbbbb" not in text))
def test_a_line_is_wider_than_the_column_only_for_a_unit_that_is(text):
    for line in wrap(text, WIDTH):
        assert cell_len(line) <= WIDTH or len(line.split()) == 1


@given(TEXTS)
def test_no_line_but_the_first_begins_with_a_closing_mark(text):
    for line in wrap(text, WIDTH)[1:]:
        assert not line.startswith(tuple("，。：！）"))
