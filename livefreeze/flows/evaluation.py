"""Rules asked for what somebody hands in, one document or a file of many: no database, the same rules as production."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from livefreeze.base.errors import Problem
from livefreeze.rules import distribution_facts, evaluation, facts, fields, interest_terms, law, result
from livefreeze.rules.law import Law

FILE_SIZE_MAX = 512 * 1024 * 1024
_SPACE = " \t\r\n"


class Rules:
    """Rules by preset or file, each read once however many items name it."""

    def __init__(self) -> None:
        self._read: dict[str, Law] = {}

    def get(self, reference: object) -> Law:
        """The rule of this preset, file or document. Raises Problem, its fields below /rule."""
        if not isinstance(reference, str):
            return law.preset(None) if reference is None else _below("/rule", law.parse, reference)
        if reference not in self._read:
            self._read[reference] = self._load(reference)
        return self._read[reference]

    def _load(self, reference: str) -> Law:
        return law.preset(reference) if reference in law.preset_names() else _below("/rule", law.parse, read(reference))


def read(path: str) -> Any:
    """The JSON document of a rule: a preset's, or a file's. Raises Problem."""
    if path in law.preset_names():
        return law.document.documents()[path]
    if not Path(path).is_file():
        return law.preset(path)  # raises, and lists the presets
    return whole(text_of(path, "/rule"), "/rule", pairs=_no_key_twice)


def text_of(path: str, pointer: str) -> str:
    """A file's text. Raises Problem where it cannot be read."""
    try:
        if Path(path).stat().st_size > FILE_SIZE_MAX:
            raise fields.invalid(pointer, "This file is larger than 512 MiB; split it.", "文件超过 512 MiB，请拆分。")
        return Path(path).read_text("utf-8")
    except (OSError, ValueError):
        reason = "This file cannot be read as UTF-8 text; check its path."
        raise fields.invalid(pointer, reason, "无法以 UTF-8 读取此文件，请检查路径。") from None


def whole(text: str, pointer: str, *, pairs: Callable[[list], Any] | None = None) -> Any:
    """A JSON text, `pairs` making its objects. Raises Problem where it is none or nests too deep."""
    try:
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=pairs)
    except RecursionError:
        raise _too_deep(pointer) from None
    except json.JSONDecodeError as error:
        raise _not_json(
            pointer, f" in line {error.lineno}, column {error.colno}", f"（第 {error.lineno} 行第 {error.colno} 列）"
        ) from None
    except ValueError:
        raise _not_json(pointer) from None


def is_list(text: str) -> bool:
    """Whether this JSON text is a list."""
    return text.lstrip(_SPACE).startswith("[")


def evaluate(rules: Rules, rule: object, document: object, on: object) -> dict[str, Any]:
    """The result of one rule for one debtor's facts. Raises Problem."""
    found = rules.get(rule)
    if document is None:
        raise Problem("FIELD_MISSING", "/facts")
    fields.mapping(document, "/facts")
    day: date | None = None if on is None else fields.calendar_day(on, "/on")
    return result.document(evaluation.evaluate(found, facts.parse(document), day))


def interest(document: object, on: object) -> dict[str, Any]:
    """The interest of a claim on a day. Raises Problem."""
    if document is None:
        raise Problem("FIELD_MISSING", "/terms")
    if on is None:
        raise Problem("FIELD_MISSING", "/on")
    return interest_terms.document(interest_terms.parse(document), fields.calendar_day(on, "/on"))


def distribution(document: object) -> dict[str, Any]:
    """A sum shared out among creditors. Raises Problem."""
    if document is None:
        raise Problem("FIELD_MISSING", "/facts")
    return distribution_facts.evaluate(document)


def refusal(problem: Problem) -> dict[str, str]:
    """A refusal as the contract writes it."""
    field = problem.errors[0].pointer if problem.errors else ""
    return {"error": problem.detail, "field": field.removeprefix("/")}


def batch(text: str, answer: Callable[[Mapping[str, Any]], dict[str, Any]], keys: tuple[str, ...]) -> Iterator[dict]:
    """Answer item by item of a JSON list; a bad item is answered in its place and stops no other."""
    for item in _items(text):
        try:
            if isinstance(item, Problem):
                raise item
            yield answer(fields.members(item, "", required=(), optional=keys))
        except Problem as problem:
            yield refusal(problem)


def _items(text: str) -> Iterator[Any]:
    """The items of a list one after the other, so that a long one never stands in memory as a whole.

    An item that nests too deep is a Problem in its place; text that is no JSON is one at the end of the list.
    """
    decoder = json.JSONDecoder(parse_constant=_no_number)
    place = _skip(text, text.index("[") + 1)
    if text[place : place + 1] == "]":
        if text[place + 1 :].strip(_SPACE):
            yield _not_json("")
        return
    while True:
        try:
            item, place = decoder.raw_decode(text, place)
        except RecursionError:
            item, place = _too_deep(""), _end_of_item(text, place)
        except ValueError:
            yield _not_json("")
            return
        yield item
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
            continue
        if text[place : place + 1] != "]" or text[place + 1 :].strip(_SPACE):
            yield _not_json("")
        return


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _end_of_item(text: str, place: int) -> int:
    """Where the item that begins here ends, by its brackets alone."""
    depth, is_text = 0, False
    while place < len(text):
        sign = text[place]
        place += 1
        if is_text:
            place += sign == "\\"
            is_text = sign != '"'
        elif sign == '"':
            is_text = True
        else:
            depth += (sign in "[{") - (sign in "]}")
            if depth == 0:
                break
    return place


def _below(pointer: str, parse: Callable[[Any], Law], document: Any) -> Law:
    try:
        return parse(document)
    except Problem as problem:
        error = problem.errors[0] if problem.errors else None
        raise fields.invalid(
            pointer + (error.pointer if error else ""), problem.detail, problem.detail_zh, code=problem.code
        ) from None


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _too_deep(pointer: str) -> Problem:
    return fields.invalid(pointer, "This nests far too deep; combine fewer methods.", "嵌套过深，请减少嵌套层级。")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a rule: of two values under one key nobody could tell which is law."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            reason = f'The key "{key[:60]}" stands twice in one object; leave one out.'
            raise fields.invalid("/rule", reason, f"同一对象中“{key[:60]}”出现两次，请删去其一。")
        found[key] = value
    return found


def _not_json(pointer: str, place: str = "", place_zh: str = "") -> Problem:
    return fields.invalid(pointer, f"This is not JSON{place}; mend the text.", f"此处不是 JSON{place_zh}，请更正文本。")
