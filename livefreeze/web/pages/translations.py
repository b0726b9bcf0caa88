"""The Chinese texts of the pages, read from the catalogues in `web/translations/zh`.

The English text is the name of an entry (gettext's way), so a template reads as a person will read it. Each area of
pages has a catalogue of its own; an entry that several areas need stands in `pages.po`.
"""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parents[1] / "translations"


@cache
def chinese() -> Translations:
    """All catalogues as one; read once a process."""
    merged = Translations()
    merged.plural = lambda count: 0  # Chinese has one form for any number; an empty catalogue counts in the English way
    for path in sorted((FOLDER / "zh").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="zh")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged
