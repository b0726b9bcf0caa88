"""What a page says in the other language, in the words of programs, or in figures as machines write them."""

import re
from functools import cache

from playwright.sync_api import Page

from livefreeze.web.pages.translations import chinese

#: Text that people wrote, or that names them: it is not translated. Case numbers, ids, and what the scenario says.
_DATA = re.compile(
    r"[（(]\d{4}[)）]\S{0,12}?\d+号(之[一二三四五六七八九十]+)?|\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\b"
    r"|sha256:[0-9a-f]*|https?://\S+|[㐀-鿿]\*+"  # the last is a name that is masked
)
_CHINESE = re.compile(r"[㐀-鿿]")
_ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
_ODD = (
    (re.compile(r"\b[a-z]{2,}(_[a-z]+)+\b"), "a word of the program"),
    (re.compile(r"\b[A-Z]{2,}(_[A-Z]+)+\b"), "a code"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:"), "an instant as machines write it"),
    (re.compile(r"(?<![\d,.])\d{4,}\.\d\d(?!\d)"), "an amount without separators"),
    (re.compile(r"^(None|null|undefined|NaN|\[object Object\]|True|False)$"), "a value of the program"),
    (re.compile(r"%\(\w+\)s|\{\{|\}\}"), "a text that was not filled in"),
)

_COLLECT = """
() => {
    const texts = [document.title];
    const isOther = (element) => element.closest("[lang]") !== document.documentElement
        || element.closest("code, kbd, pre, script, style, [translate=no]");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        // In a help and beside a field an amount stands as it is to be typed.
        const text = walker.currentNode.data;
        if (!isOther(element)) texts.push(element.closest(".help, .error") ? text.replace(/\\d+[.]\\d+/g, "") : text);
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        if (!isOther(element)) for (const name of ["aria-label", "title", "placeholder", "alt"])
            texts.push(element.getAttribute(name) || "");
    return texts.map((text) => text.trim()).filter((text) => text);
}
"""


def text_faults(page: Page, language: str, data: tuple[str, ...] = ()) -> list[str]:
    """Each text of the page that is not in its language; `data` is what people wrote in the world that it shows."""
    faults = []
    for text in page.evaluate(_COLLECT):
        rest = _without(text, data)
        faults += [f"{what}: {text[:80]!r}" for pattern, what in _ODD if pattern.search(rest)]
        if language == "en" and _CHINESE.search(rest):
            faults.append(f"not in English: {text[:80]!r}")
        if language == "zh" and (_ENGLISH.search(rest) or rest in _english_texts()):
            faults.append(f"not in Chinese: {text[:80]!r}")
    return sorted(set(faults))


def _without(text: str, data: tuple[str, ...]) -> str:
    for each in sorted(data, key=len, reverse=True):
        text = text.replace(each, " ")
    return _DATA.sub(" ", text).strip()


@cache
def _english_texts() -> frozenset[str]:
    """Those that have a Chinese text of their own."""
    entries = chinese()._catalog.items()
    names = ((key[0] if isinstance(key, tuple) else key, text) for key, text in entries)
    return frozenset(name for name, text in names if name and name != text)
