"""In which language a page speaks: what the person chose, else what their browser asks for, else Chinese."""

from flask import g, request, session

from livefreeze.web.pages import translations

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (CHINESE, ENGLISH)
HTML_LANG = {ENGLISH: "en", CHINESE: "zh-CN"}
LOCALE = {ENGLISH: "en", CHINESE: "zh_Hans_CN"}


def current() -> str:
    """Return the language of the page that is being made."""
    if "language" not in g:
        chosen = session.get("language")
        g.language = chosen if chosen in LANGUAGES else _asked_for()
    return g.language


def choose(language: str) -> None:
    """Remember the person's choice for this browser."""
    if language in LANGUAGES:
        session["language"] = g.language = language


def translate(text: str) -> str:
    """Return the text in the page's language, its `%(name)s` unfilled, as templates take it."""
    return translations.chinese().gettext(text) if current() == CHINESE else text


def translate_counted(one: str, many: str, count: int) -> str:
    """The same for a text that has a singular and a plural in English."""
    if current() == CHINESE:
        return translations.chinese().ngettext(one, many, count)
    return one if count == 1 else many


def gettext(text: str, **params: object) -> str:
    """Return the text in the page's language; `%(name)s` in it is filled by `params`."""
    return translate(text) % params


def ngettext(one: str, many: str, count: int, **params: object) -> str:
    """The same for a text that has a singular and a plural in English; `%(num)s` in it is the count."""
    return translate_counted(one, many, count) % {"num": count, **params}


def pick(english: str, chinese: str) -> str:
    """Return the one of two sentences that the page's language asks for."""
    return chinese if current() == CHINESE else english


def mark(text: str) -> str:
    """Return the text as it is; it is put into the page's language where it is shown. For texts in constants."""
    return text


def _asked_for() -> str:
    return request.accept_languages.best_match(LANGUAGES, default=CHINESE)
