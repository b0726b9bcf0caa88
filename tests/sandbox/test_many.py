"""Many banks in one process: each has its own address, key, books and faults."""

import time

import pytest

from bank_adapters.keys import PublicKey
from bank_adapters.sandbox import client
from tests.sandbox.fake_service import BANK
from tests.sandbox.process import BankProcess
from tests.sandbox.test_inquiries import SOMEBODY, question

FIRST, SECOND, THIRD = (f"{BANK}-{number:04}" for number in (1, 2, 3))


@pytest.fixture
def many(tmp_path, service):
    started = BankProcess(tmp_path / "banks", service.url, "--banks", "3")
    service.more_keys = {bank["bank"]: PublicKey.parse(bank["public_key"]) for bank in started.banks}
    yield started
    if started.is_running:
        started.stop()


def ask(service, process: BankProcess, code: str, inquiry: str) -> int:
    [hook] = [bank["hook"] for bank in process.banks if bank["bank"] == code]
    return service.notify(
        hook, "inquiry.requested", message_id=f"msg-{inquiry}", bank=code,
        **question(inquiry=inquiry, id_number=SOMEBODY.id_number),
    ).status  # fmt: skip


def test_each_bank_answers_for_itself(many, service):
    assert [bank["bank"] for bank in many.banks] == [FIRST, SECOND, THIRD]
    assert len({bank["public_key"] for bank in many.banks}) == 3
    names = {code: f"inq_{number:026}" for number, code in enumerate((FIRST, SECOND, THIRD))}
    assert {ask(service, many, code, inquiry) for code, inquiry in names.items()} == {204}
    service.wait_for(lambda s: s.events_of("inquiry.answered"), 3)
    assert {(call.document["bank"], call.document["events"][0]["inquiry"]) for call in service.calls("/events")} == {
        *names.items()
    }
    came = many.get("/inquiries")["banks"]
    assert {code: [(line["inquiry"], line["asked"]) for line in lines] for code, lines in came.items()} == {
        code: [(inquiry, 1)] for code, inquiry in names.items()
    }


def test_faults_are_those_of_one_bank(many, service):
    client.call(f"{many.url}/banks/{FIRST}", "PUT", "/api/faults", {"unreachable": True})
    client.call(f"{many.url}/banks/{SECOND}", "PUT", "/api/faults", {"slow_s": 0.3})
    assert ask(service, many, FIRST, f"inq_{1:026}") == 503
    began = time.monotonic()
    assert ask(service, many, SECOND, f"inq_{2:026}") == 204
    assert time.monotonic() - began >= 0.3
    assert client.call(f"{many.url}/banks/{THIRD}", "GET", "/api/faults")[1]["slow_s"] == 0


def test_a_message_for_another_bank_or_for_none_is_refused(many, service):
    asked = {"message_id": "m", **question(inquiry=f"inq_{3:026}")}
    [hook] = [bank["hook"] for bank in many.banks if bank["bank"] == FIRST]
    assert service.notify(hook, "inquiry.requested", bank=SECOND, **asked).status == 422
    assert service.notify(f"{many.url}/banks/nobody/hooks/livefreeze", "inquiry.requested", **asked).status == 404
    assert service.notify(f"{many.url}/hooks/livefreeze", "inquiry.requested", **asked).status == 404


def test_killed_banks_go_on_when_the_process_is_started_again(many, service):
    client.call(f"{many.url}/banks/{SECOND}", "PUT", "/api/faults", {"delay_answers_s": 0.5})
    assert ask(service, many, SECOND, f"inq_{4:026}") == 204
    many.kill()
    many.start()
    [answer] = service.wait_for(lambda s: s.events_of("inquiry.answered"))
    assert answer["inquiry"] == f"inq_{4:026}"
