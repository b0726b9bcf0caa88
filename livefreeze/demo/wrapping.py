"""Lines of a width on the screen, for text that mixes Chinese, which breaks anywhere, with words and figures."""

import re

from rich.cells import cell_len

# What stays together: a word or figure with the Chinese punctuation after it, or one Chinese character with its own.
_UNIT = re.compile(r"\s+|(?:[!-~…]+|[^\s!-~])[，。；：、！？）》”]*")


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells; only what is longer than a line by itself is wider."""
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and cell_len(lines[-1] + unit.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += unit if lines[-1] else unit.lstrip()
    return lines
