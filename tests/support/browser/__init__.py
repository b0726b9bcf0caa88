"""A real browser for the tests: Chromium from an npm package, its fonts, and what is asked of every page."""
