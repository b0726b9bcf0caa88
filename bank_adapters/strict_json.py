"""Read JSON strictly: what two parsers could read differently is refused, and nothing exhausts us."""

import json
import math
import re
from typing import NoReturn

from bank_adapters.errors import Refused

DEPTH_MAX = 32  # our deepest message has five levels
_ODD = re.compile("[\0\ud800-\udfff]")


class NotJson(Refused, ValueError):
    """The bytes are no JSON text, or one that not every parser reads alike."""


def loads(body: bytes) -> object:
    """The value that this UTF-8 text stands for. Raises NotJson, and nothing else, for any bytes.

    Refused beyond the grammar: a name that stands twice in one object, NaN and infinities, numbers too large
    to read, half surrogates and U+0000 in a text (no database keeps them), and more than DEPTH_MAX levels.
    """
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except NotJson:
        raise
    except UnicodeDecodeError:
        raise NotJson("NOT_JSON", "The body is not UTF-8 text.", "正文不是 UTF-8 文本。") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise NotJson(
            "NOT_JSON",
            f"The body is not JSON: it stops making sense at line {error.lineno}, column {error.colno}.",
            f"正文不是 JSON：第 {error.lineno} 行第 {error.colno} 列起无法解析。",
        ) from None
    except ValueError:  # Python reads integers of at most 4,300 digits
        raise _too_large() from None
    _inspect(value, DEPTH_MAX, texts_may_be_odd=b"\\u" in body)
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotJson(
            "NAME_TWICE",
            "An object has the same name twice. Write each name once.",
            "同一对象中有重复的字段名，每个字段名只能出现一次。",
        )
    return value


def _refuse_constant(_: str) -> NoReturn:
    raise NotJson(
        "NUMBER_INVALID",
        "NaN and Infinity are not JSON numbers. Leave the field out, or write the amount as text.",
        "NaN 与 Infinity 不是 JSON 数字。请省略该字段，或以文本书写金额。",
    )


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _too_large()
    return number


def _too_large() -> NotJson:
    return NotJson(
        "NUMBER_INVALID",
        "A number is too large to read. Write amounts as text, such as \"12.30\".",
        "数字过大，无法读取。金额请写成文本，例如 \"12.30\"。",
    )


def _too_deep() -> NotJson:
    return NotJson(
        "TOO_DEEP",
        f"The body is nested deeper than {DEPTH_MAX} levels. Send it as the message's description says.",
        f"正文嵌套超过 {DEPTH_MAX} 层，请按报文说明发送。",
    )


def _inspect(value: object, levels_left: int, *, texts_may_be_odd: bool) -> None:
    """Refuse what only shows after parsing. Texts can be odd only if the body has an escape."""
    if isinstance(value, str):
        if texts_may_be_odd and _ODD.search(value):
            raise NotJson(
                "TEXT_INVALID",
                "A text has U+0000 or half of a surrogate pair. Leave such characters out.",
                "文本含 U+0000 或不成对的代理字符，请删除。",
            )
        return
    if isinstance(value, dict):
        if texts_may_be_odd:
            _inspect(list(value), levels_left, texts_may_be_odd=True)
        items = value.values()
    elif isinstance(value, list):
        items = value
    else:
        return
    if levels_left == 0:
        raise _too_deep()
    for item in items:
        if texts_may_be_odd or isinstance(item, (dict, list)):
            _inspect(item, levels_left - 1, texts_may_be_odd=texts_may_be_odd)
