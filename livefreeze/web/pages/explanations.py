"""Explanations as pages show them: each step in the page's language, its amount as people write it."""

from collections.abc import Iterable, Mapping

from livefreeze.web.pages import language
from livefreeze.web.pages.figures import amount


def in_words(explanation: Iterable[Mapping[str, str | None]], currency: str) -> list[dict]:
    """The steps for the template's `parts.explanation`."""
    return [
        {"text": language.pick(step["step"], step["step_zh"]), "figure": amount(step["amount"], currency),
         "source": language.pick(*_both(step["source"]))}
        for step in explanation
    ]


def _both(source: str) -> tuple[str, str]:
    """A source is one text in every language, or two with a dot between them: English, then Chinese."""
    english, _, chinese = source.partition(" · ")
    return english, chinese or english
