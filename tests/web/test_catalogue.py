"""Every text of the pages stands in the catalogue, once, with a Chinese text that fits; nothing is there in vain."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from livefreeze.web.pages.translations import chinese

WEB = Path(__file__).parents[2] / "livefreeze" / "web"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}
METHODS = [("**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
CHINESE = re.compile(r"[㐀-鿿]")
MADE_BY_JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAID_ALIKE = re.compile(  # code, comments, what is marked as another language, case numbers
    r"<(code|kbd)\b.*?</\1>|<!--.*?-->|<[^>]*\blang=\"[^\"]+\"[^>]*>[^<]*|\(\d{4}\)浙\d+执\d+号", re.DOTALL)
IS_A_LANGUAGE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|[㐀-鿿]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

#: What reads the same in both languages: names, abbreviations, patterns.
ALIKE = frozenset({"livefreeze", "TOTP", "CNY", "API"})


def extracted() -> dict[str, tuple[str | tuple[str, ...], str]]:
    """English text -> it, with its plural where it has one, and where it stands first."""
    found = {}
    for file, line, text, _comments, _context in extract_from_dir(
        WEB, METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        found.setdefault(text if isinstance(text, str) else text[0], (text, f"{file}:{line}"))
    return found


def catalogued() -> list[tuple[str, Message]]:
    """Each entry, and the file in which it stands."""
    entries = []
    for path in sorted((WEB / "translations" / "zh").glob("*.po")):
        with path.open("rb") as file:
            messages = read_po(file, locale="zh", abort_invalid=True)
        entries += [(path.name, message) for message in messages if message.id]
    return entries


def name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


TEXTS = extracted()
ENTRIES = catalogued()
BY_FILE = sorted({file for file, _ in ENTRIES})
# The page of the API is in English, as the API is.
TEMPLATES = sorted({path.relative_to(WEB).as_posix() for path in WEB.glob("templates/**/*.html")}
                   - {"templates/documentation.html"})


def test_every_text_has_a_chinese_one():
    translated = {name(message) for _, message in ENTRIES if message.string and all(message.string)}
    missing = [f"{place}: {text}" for text, (_, place) in TEXTS.items() if text not in translated]
    assert missing == [], "write their Chinese in livefreeze/web/translations/zh/<area>.po"


def test_no_text_stands_there_in_vain():
    unused = [f"{file}: {name(message)}" for file, message in ENTRIES if name(message) not in TEXTS]
    assert unused == [], "no page says this any more: take it out"


def test_no_text_has_two_chinese_ones():
    places: dict[str, list[str]] = {}
    for file, message in ENTRIES:
        places.setdefault(name(message), []).append(file)
    twice = {text: files for text, files in places.items() if len(files) > 1}
    assert twice == {}, "one of them would win by chance: keep it in pages.po alone"


@pytest.mark.parametrize("file", BY_FILE)
def test_placeholders_fit_and_the_chinese_is_chinese(file):
    faults = []
    for message in (each for where, each in ENTRIES if where == file):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        chinese = message.string if isinstance(message.string, tuple) else (message.string,)
        known = set().union(*(PLACEHOLDER.findall(text) for text in english))
        for text in chinese:
            if set(PLACEHOLDER.findall(text)) - {"num"} != known - {"num"}:
                faults.append(f"{name(message)!r}: the placeholders of {text!r} differ")
            elif "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
                faults.append(f"{name(message)!r}: write %% for a percent sign in {text!r}")
            elif name(message) not in ALIKE and not CHINESE.search(PLACEHOLDER.sub("", text)):
                faults.append(f"{name(message)!r}: {text!r} is not Chinese")
            elif re.search(r"[㐀-鿿][,;:!?]|[,;!?][㐀-鿿]", text):
                faults.append(f"{name(message)!r}: {text!r} has half-width punctuation")
        if message.fuzzy:
            faults.append(f"{name(message)!r} is marked as a guess")
    assert faults == []


def test_a_text_with_a_plural_says_so_in_the_catalogue_too():
    plural = {text for text, (whole, _) in TEXTS.items() if isinstance(whole, tuple)}
    wrong = [f"{file}: {name(each)}" for file, each in ENTRIES if (name(each) in plural) != isinstance(each.id, tuple)]
    assert wrong == [], "write msgid_plural and msgstr[0] where the page counts, and only there"


@pytest.mark.parametrize("number", [0, 1, 2, 100])
def test_a_counted_text_is_found_for_every_number(number):
    for _, message in ENTRIES:
        if isinstance(message.id, tuple):
            one = message.string if isinstance(message.string, str) else message.string[0]
            assert chinese().ngettext(*message.id, number) == one


@pytest.mark.parametrize("file", TEMPLATES)
def test_a_template_says_nothing_outside_of_the_catalogue(file):
    """Text between tags that Jinja does not make, in letters: it would read the same in both languages."""
    source = (WEB / file).read_text(encoding="utf-8")
    said = re.sub(MADE_BY_JINJA, " ", source)
    said = re.sub(SAID_ALIKE, " ", said)
    attributes = re.findall(r'\b(?:title|alt|placeholder|aria-label|value)="([^"]*)"', said)
    shown = [*attributes, *re.sub(r"<[^>]*>", "\n", said).splitlines()]
    assert [text.strip() for text in shown if IS_A_LANGUAGE.search(text)] == [], 'write {{ _("…") }}'
