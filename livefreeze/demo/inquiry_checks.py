"""What must be so at the end about the inquiry: who answered how, what was recognised, and that every look is kept."""

import json
from collections.abc import Iterator

from livefreeze.demo import cast, chains
from livefreeze.demo.client import Client
from livefreeze.demo.figures import Check
from livefreeze.demo.inquiry import PAYDAY, SWEEP_DAY, Findings

LOOKS = ["accounts", "recognition", "order"]
CONFIDENCE_LEAST = 90


def of(findings: Findings, auditor: Client, *, case_id: str, number: str) -> Iterator[Check]:
    """The checks; `number` is the account that the employer pays into, as the bank knows it."""
    at_once, late, none = (findings.banks[code] for code in cast.BANKS)
    answers = [(each["status"], each["is_late"], each["parts"]) for each in (at_once, late, none)]
    yield Check(
        "Three banks asked: an answer at once, one late and in parts, no such person",
        "查询三家银行：一家即时答复，一家逾期分次答复，一家查无此人",
        late["parts"] > 1 and answers == [("answered", False, 1), ("answered", True, late["parts"]),
                                          ("no_such_person", False, 1)],
        ", ".join(f"{status} in {parts}{' late' if is_late else ''}" for status, is_late, parts in answers),
    )
    salary, suggestion = findings.salary_account, findings.recognition["suggestion"]
    yield Check(
        "The salary account recognised: payer, payday, confidence", "薪资账户识别：付款单位、发薪日、可信度",
        len(findings.recognition["candidates"]) == 1
        and (salary["bank"], salary["number"][-4:], salary["payer"]) == (cast.BANK, number[-4:], cast.EMPLOYER_NAME)
        and suggestion == {"anchor_day": PAYDAY, "sweep_day": SWEEP_DAY}
        and salary["confidence"] >= CONFIDENCE_LEAST,
        f"{salary['number']}, {salary['payer']}, {suggestion and suggestion['anchor_day']}, {salary['confidence']}",
    )
    events = [json.loads(event["document"]) for event in chains.read(auditor, f"case:{case_id}")[0]]
    taken = sum(event["kind"] == "inquiry.answered" for event in events)
    looks = [event["detail"]["what"] for event in events if event["kind"] == "inquiry.looked_at"]
    yield Check(
        "Each part of an answer and each look at it is on the chain", "每次答复、每次查看均已入审计链",
        looks == LOOKS and taken == sum(each["parts"] for each in findings.banks.values()),
        f"{taken} parts, looks: {', '.join(looks)}",
    )
