"""What must be true of the project as a whole: migrations, routes, reasons. Pure checks of what is given."""

import ast
import re
from collections.abc import Iterable, Mapping

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def migration_faults(sources: Mapping[str, str]) -> list[str]:
    """Migrations (file name without its ending -> source) that do not form one chain with one head."""
    before = {name: _assigned(source) for name, source in sources.items()}
    faults = [
        f"{name}: revision is {own} -> it is the file's name, which begins with four digits"
        for name, (own, _) in before.items()
        if own != name or not re.fullmatch(r"[0-9]{4}_[a-z0-9_]+", name)
    ]
    heads = sorted(set(sources) - {previous for _, previous in before.values()})
    if len(heads) > 1:
        faults.append(f"more than one head: {', '.join(heads)} -> put one after the other")
    return faults


def unguarded_routes(endpoints: Iterable[str], table: Mapping[str, frozenset[str]]) -> list[str]:
    """Routes without an entry in the table of who may call them, and entries without a route."""
    routes, entries = set(endpoints), set(table)
    return [
        *(f"{name}: no entry -> say in base/access.py who may call it" for name in sorted(routes - entries)),
        *(f"{name}: no such route -> take it out of base/access.py" for name in sorted(entries - routes)),
    ]


def reasons(source: str) -> list[str]:
    """The reasons that a file of rules can give: members of its enumerations with an upper-case value."""
    return [
        node.value.value
        for enumeration in ast.walk(ast.parse(source))
        if isinstance(enumeration, ast.ClassDef)
        for node in enumeration.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and re.fullmatch(r"[A-Z][A-Z_]+", str(node.value.value))
    ]


def reason_faults(reason: str, sentences: Mapping[str, tuple[str, str]], tests: str) -> list[str]:
    """A reason needs a sentence in English, one in Chinese, and a test that names it."""
    if reason not in sentences:
        return [f"{reason}: no sentence -> write both in base/words/reasons.py"]
    english, chinese = sentences[reason]
    faults = []
    if not english.strip() or CHINESE.search(english):
        faults.append(f"{reason}: no English sentence")
    if not CHINESE.search(chinese):
        faults.append(f"{reason}: no Chinese sentence")
    if reason not in tests:
        faults.append(f"{reason}: no test names it -> add a row to its table in tests/rules")
    return faults


def _assigned(source: str) -> tuple[object, object]:
    values = {
        target.id: node.value.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return values.get("revision"), values.get("down_revision")
