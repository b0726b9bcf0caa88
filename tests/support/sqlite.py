"""SQLite files for the tests: each a copy of one that was migrated once."""

import shutil
from collections.abc import Callable
from pathlib import Path


class Files:
    """Database files in a folder of their own. `migrate` brings one to the newest schema."""

    def __init__(self, folder: Path, migrate: Callable[[str], None]) -> None:
        self._template = folder / "template.db"
        self._migrate = migrate

    def new_database(self, folder: Path) -> str:
        """The URL of a fresh, migrated database in the folder."""
        if not self._template.exists():
            self._migrate(_url(self._template))
        target = folder / "livefreeze.db"
        shutil.copyfile(self._template, target)
        return _url(target)


def _url(file: Path) -> str:
    return f"sqlite:///{file}"
