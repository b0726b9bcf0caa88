"""What axe-core finds wrong with a page for people who see, hear or move otherwise than most."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.support.node import PACKAGES

_FILE = PACKAGES / "node_modules" / "axe-core" / "axe.min.js"
_GRAVE = ("serious", "critical")

# In a world of its own: the page's policy forbids foreign scripts, and its own scripts never meet this one.
_RUN = """
axe.run(document, {resultTypes: ["violations"]}).then((results) => JSON.stringify(results.violations
    .filter((each) => GRAVE.includes(each.impact))
    .map((each) => [each.id, each.help, each.nodes.map((node) => [node.target.join(" "), node.failureSummary])])))
"""


def axe_faults(page: Page) -> list[str]:
    """Everything serious or critical, a line each: the rule, where, and how to mend it."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": _source(), "contextId": world})
    answer = session.send("Runtime.evaluate", {
        "expression": _RUN.replace("GRAVE", json.dumps(_GRAVE)), "contextId": world, "awaitPromise": True,
        "returnByValue": True,
    })
    session.detach()
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return [
        f"axe {rule} ({text}) at {target}: {' '.join(summary.split())}"
        for rule, text, nodes in json.loads(answer["result"]["value"]) for target, summary in nodes
    ]


@cache
def _source() -> str:
    return _FILE.read_text(encoding="utf-8")
