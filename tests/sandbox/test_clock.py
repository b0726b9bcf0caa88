"""Business time moves with the file; the time of transport never does."""

from datetime import timedelta

import pytest

from bank_adapters.sandbox.clock import Clock


@pytest.mark.parametrize(("text", "offset_s"), [("86400", 86_400), ("-3600\n", -3_600), ("", 0)])
def test_the_file_moves_business_time_alone(tmp_path, text, offset_s):
    file = tmp_path / "offset"
    file.write_text(text)
    clock = Clock(file)
    assert clock.offset() == timedelta(seconds=offset_s)
    assert abs(clock.now() - clock.wall() - timedelta(seconds=offset_s)) < timedelta(seconds=60)


def test_without_the_file_business_time_is_real(tmp_path):
    assert Clock(tmp_path / "none").offset() == timedelta(0)


def test_a_moved_file_is_read_anew(tmp_path):
    clock = Clock(tmp_path / "offset")
    before = clock.offset()
    (tmp_path / "offset").write_text("60")
    assert (before, clock.offset()) == (timedelta(0), timedelta(minutes=1))
