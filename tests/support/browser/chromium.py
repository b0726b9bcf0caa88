"""The browser: which Chromium, unpacked once, with fonts of its own, so that nothing need be installed by hand.

LIVEFREEZE_TEST_CHROMIUM names another one; else it is the npm package's, the same everywhere, or on other processors
than that was built for the system's. Where none can be had the tests fail: a page that nobody looked at is not done.
"""

import io
import os
import platform
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import brotli
from playwright.sync_api import Browser, sync_playwright

from tests.support.node import NODE, PACKAGES

_MODULES = PACKAGES / "node_modules"
_PACKED = _MODULES / "@sparticuz" / "chromium"
_FONTS = _MODULES / "@expo-google-fonts" / "noto-sans-sc"
_WEIGHTS = ("400Regular", "700Bold")  # those that our style sheet uses; each is ten megabytes
_CACHE = _MODULES / ".cache" / "livefreeze"  # `npm ci` empties it, and so the version is always the package's
_ARGUMENTS = ("--headless=shell", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars")

_FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern"><edit name="family" mode="append"><string>Noto Sans SC</string></edit></match>
</fontconfig>
"""


class ChromiumMissing(Exception):
    """No browser to test with; the message says how to get one."""


class Chromium(NamedTuple):
    executable: Path
    environ: Mapping[str, str]


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser, the same fonts on every machine. Raises ChromiumMissing."""
    chromium = find()
    # Playwright's own Node wants a library that a bare Debian has not.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=list(_ARGUMENTS), env={**os.environ, **chromium.environ},
        )
        yield browser
        browser.close()


def find(environ: Mapping[str, str] = os.environ) -> Chromium:
    """The browser to test with, unpacked where it has to be. Raises ChromiumMissing."""
    fonts = {"FONTCONFIG_FILE": str(_made_once("fonts", _lay_out_fonts) / "fonts.conf")}
    named = environ.get("LIVEFREEZE_TEST_CHROMIUM") or ("" if platform.machine() == "x86_64" else "chromium")
    if named:
        program = shutil.which(named)
        if program is None:
            raise ChromiumMissing(f"{named} is no program here: let LIVEFREEZE_TEST_CHROMIUM name a Chromium.")
        return Chromium(Path(program), fonts)
    folder = _made_once("chromium", _unpack)
    return Chromium(folder / "chromium", {**fonts, "LD_LIBRARY_PATH": str(folder / "al2023" / "lib")})


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the cache. It appears whole or not at all, however many test processes make it at once."""
    if not (_PACKED.is_dir() and _FONTS.is_dir()):
        raise ChromiumMissing(f"{_MODULES} holds no browser: `make test` installs it.")
    folder = _CACHE / name
    if not folder.is_dir():
        _CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_CACHE) as being_made:
            whole = Path(being_made) / name
            whole.mkdir()
            make(whole)
            try:
                whole.rename(folder)
            except OSError:  # another test process was faster; a folder that is not empty is never replaced
                assert folder.is_dir()
    return folder


def _unpack(folder: Path) -> None:
    executable = folder / "chromium"
    executable.write_bytes(brotli.decompress((_PACKED / "bin" / "chromium.br").read_bytes()))
    executable.chmod(0o755)
    libraries = brotli.decompress((_PACKED / "bin" / "al2023.tar.br").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(libraries)) as archive:
        archive.extractall(folder / "al2023", filter="data")


def _lay_out_fonts(folder: Path) -> None:
    for weight in _WEIGHTS:
        for file in sorted((_FONTS / weight).glob("*.ttf")):
            (folder / file.name).symlink_to(file)
    settings = _FONT_SETTINGS.format(fonts=_CACHE / "fonts", cache=_CACHE / "font-cache")
    (folder / "fonts.conf").write_text(settings, encoding="utf-8")
