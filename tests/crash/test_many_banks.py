"""Fifty banks are asked at once, some dead, some slow, the worker killed five times: no question is lost or doubled."""

import time

import pytest

from tests.crash import many_banks

KILLS = 5
BETWEEN_KILLS_S = 0.35  # the worker gets some questions out, and dies with others in its hands


@pytest.mark.slow
def test_no_question_is_lost_or_doubled(tmp_path):
    url = f"sqlite:///{tmp_path / 'livefreeze.db'}"
    with many_banks.running(url, tmp_path, count=50, dead=3, slow=3, slow_s=1.0) as many:
        inquiry = many.ask()
        seen = []
        for _ in range(KILLS):
            many.worker.start()
            time.sleep(BETWEEN_KILLS_S)
            many.worker.kill()
            seen.append(many.court.sees_inquiry(inquiry)["progress"].get("asked"))
        many.worker.start()
        many.wait_for(inquiry, many.healthy + many.slow, within_s=60)
        assert many.counted(inquiry) == dict.fromkeys(many.healthy + many.slow, 1)
        assert {code: many.court.sees_progress(inquiry)[code] for code in many.dead} == dict.fromkeys(
            many.dead, "asked"
        )
        assert seen == sorted(seen, reverse=True)
