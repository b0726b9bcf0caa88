"""How often the salary account is recognised in histories that somebody else's generator made; bounded memory."""

import tracemalloc

from livefreeze.analysis.history import History
from livefreeze.analysis.recognition import recognise
from tests.support import large_history
from tests.support.scoring import scores

COUNT = 300  # `python -m bench.recognition` counts 1,000


def test_account_and_payer_are_right_in_97_per_cent_and_a_false_account_is_named_in_at_most_1():
    found = scores(COUNT, seed=10).values()
    assert sum(score.count for score in found) == COUNT
    assert sum(score.right_payer for score in found) * 100 >= 97 * COUNT
    assert sum(score.false_account for score in found) * 100 <= COUNT


def test_memory_is_bounded_where_every_line_has_another_name():
    tracemalloc.start()
    found = recognise([History("acc1", "CNY", large_history.lines(20_000))])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.line_count, found.best.payer) == (20_000, "星河科技有限公司")
    assert peak < 16 * 2**20  # 400 MiB for 500,000 lines
