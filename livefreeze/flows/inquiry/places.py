"""Which place an answer has among those that the bank gave before: new, the same again, or a correction."""

from typing import NamedTuple

from bank_adapters.contract import InquiryAnswered
from livefreeze.base.errors import FieldError, Problem
from livefreeze.store.inquiry_answers import Part


class Place(NamedTuple):
    """Where a part stands."""

    is_repeated: bool = False  # the same content came before: nothing is to be done
    replaces: Part | None = None  # this one stands no more
    corrected_by: str | None = None  # its correction came before it: it is evidence only


def of(event: InquiryAnswered, mark: bytes, before: list[Part]) -> Place:
    """Where this part belongs. `mark` is equal for equal content.

    Raises Problem: INQUIRY_CONTRADICTED, INQUIRY_CORRECTED, NOT_FOUND for a part to correct that never came.
    """
    standing = [part for part in before if part.corrected_by is None]
    correction = next((part for part in before if part.corrects == event.event_id), None)
    if correction is not None:
        return Place(corrected_by=correction.id)
    replaces = None if event.corrects is None else _to_correct(event, before, standing)
    others = [part for part in standing if part is not replaces]
    same = next((part for part in others if part.part == event.part), None)
    if same is not None:
        if same.mark == mark:
            return Place(is_repeated=True)
        raise Problem("INQUIRY_CONTRADICTED", "/part", earlier=same.event_id)
    _refuse_other_count(event, others)
    return Place(replaces=replaces)


def _to_correct(event: InquiryAnswered, before: list[Part], standing: list[Part]) -> Part | None:
    found = next((part for part in before if part.event_id == event.corrects), None)
    if found is None:
        if any(part.part == event.part for part in standing):
            raise Problem("NOT_FOUND", "/corrects")
        return None  # it comes before what it corrects
    if found.corrected_by is not None:
        raise Problem("INQUIRY_CORRECTED", "/corrects")
    if found.part != event.part:
        raise _contradicted(
            "/part",
            f"A correction has the part of what it corrects: event {found.event_id} is part {found.part}.",
            f"更正须与原部分编号一致：事件 {found.event_id} 为第 {found.part} 部分。",
        )
    return found


def _refuse_other_count(event: InquiryAnswered, others: list[Part]) -> None:
    """All parts together must make one answer: of one outcome, and as many as one of them says."""
    counts = {part.parts for part in others if part.parts is not None} | ({event.parts} - {None})
    highest = max([event.part, *(part.part for part in others)])
    outcomes = {part.outcome for part in others}
    if len(counts) > 1 or any(highest > count for count in counts):
        told = " / ".join(str(count) for count in sorted(counts))
        raise _contradicted(
            "/parts",
            f"The parts do not fit together: the highest is part {highest}, but parts says {told}.",
            f"各部分不一致：最大编号为 {highest}，而 parts 为 {told}。",
        )
    if outcomes - {event.outcome}:
        earlier = ", ".join(sorted(outcomes))
        raise _contradicted(
            "/outcome",
            f"All parts of an answer have one outcome; other parts say {earlier}.",
            f"同一答复各部分的 outcome 须相同；其他部分为 {earlier}。",
        )


def _contradicted(pointer: str, reason: str, reason_zh: str) -> Problem:
    return Problem("INQUIRY_CONTRADICTED", errors=[FieldError(pointer, "INQUIRY_CONTRADICTED", reason, reason_zh)])
