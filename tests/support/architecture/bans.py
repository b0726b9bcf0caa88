"""What no file may do, with what to write instead: one pure check a ban, over a file's path and source."""

import ast
import re
from collections.abc import Iterator

AMBIENT_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.gmtime",
    "time.localtime",
    "time.ctime",
    "time.strftime",
}
CLOCKS = {"livefreeze/base/clock.py", "bank_adapters/sandbox/clock.py"}

EXACT = ("livefreeze/rules/", "livefreeze/analysis/", "livefreeze/base/money.py")
ROUNDING = {"float", "round", "operator.truediv", "math.fsum", "statistics.mean"}

# The engine opens transactions, `transaction()` is the one that flows use; the sandbox is another program.
COMMITTERS = ("livefreeze/store/engine.py", "livefreeze/flows/transaction.py", "bank_adapters/sandbox/", "migrations/")
WRITING = "livefreeze.store.engine.writing"
MAY_OPEN_WRITING = ("livefreeze/store/engine.py", "livefreeze/flows/transaction.py")

BY_NAME = {"importlib.import_module", "__import__", "eval", "exec"}


def ambient_clock(path: str, source: str) -> list[str]:
    """Asking the machine for the time, called or handed over as a function."""
    if path in CLOCKS:
        return []
    if path.startswith("bank_adapters/sandbox/"):
        instead = "the sandbox's own clock"
    elif path.startswith("bank_adapters/"):
        instead = "an argument `now`"
    else:
        instead = "clock.now() for money, clock.wall() for transport"
    asked = [(line, name) for line, name in _names(source) if name in AMBIENT_CLOCKS]
    return [f"{path}:{line}: {name} -> write {instead}" for line, name in asked]


def inexact_arithmetic(path: str, source: str) -> list[str]:
    """Floating point where money is computed."""
    if not path.startswith(EXACT):
        return []
    found = [(node.lineno, "true division") for node in ast.walk(ast.parse(source)) if _divides(node)]
    found += [
        (node.lineno, f"the float {node.value}")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
    ]
    found += [(line, f"{name}()") for line, name in _names(source, called=True) if name in ROUNDING]
    return [f"{path}:{line}: {what} -> write whole minor units, // or Fraction" for line, what in found]


def own_commit(path: str, source: str) -> list[str]:
    """Opening or ending a transaction elsewhere than in the one place."""
    found = []
    if not path.startswith(COMMITTERS):
        found += [
            (node.lineno, f".{node.func.attr}()")
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"commit", "begin"}
        ]
        found += [
            (node.lineno, node.value)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and str(node.value).startswith(("COMMIT", "AUTOCOMMIT", "BEGIN "))
        ]
    if path not in MAY_OPEN_WRITING:
        found += [(line, name) for line, name in _names(source) if name == WRITING]
    return [f"{path}:{line}: {what} -> write `with transaction() as connection:`" for line, what in found]


def import_by_name(path: str, source: str) -> list[str]:
    """Imports and code that no reader and no check can follow."""
    return [
        f"{path}:{line}: {name} -> write an import statement"
        for line, name in _names(source, called=True)
        if name in BY_NAME
    ]


def money_in_views(path: str, source: str) -> list[str]:
    """Computing an amount where it is shown: a page must say what the rules said."""
    if not path.startswith("livefreeze/web/"):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
            sides = (node.left, node.right)
        elif isinstance(node, ast.AugAssign):
            sides = (node.target, node.value)
        elif isinstance(node, ast.Call) and _dotted(node.func) in ("sum", "abs", "max", "min"):
            sides = tuple(node.args)
        else:
            continue
        found += [node.lineno for side in sides if _holds_amount(side)][:1]
    return [f"{path}:{line}: arithmetic on an amount -> write it in rules/ or a read model" for line in found]


def money_in_templates(path: str, source: str) -> list[str]:
    """The same in a template, whose expressions are read as text."""
    expressions = [
        (source.count("\n", 0, match.start()) + 1, match[1] or match[2])
        for match in re.finditer(r"\{\{(.*?)\}\}|\{%(.*?)%\}", source, re.DOTALL)
    ]
    return [
        f"{path}:{line}: arithmetic on an amount -> write it in rules/ or a read model"
        for line, expression in expressions
        if _TEMPLATE_ARITHMETIC.search(expression)
    ]


BANS = (ambient_clock, inexact_arithmetic, own_commit, import_by_name, money_in_views)

_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
_TEMPLATE_ARITHMETIC = re.compile(
    r"_minor\b[^|,(){}]*?[-+*/%]|[-+*/%]\s*[\w.\[\]]*_minor\b|_minor\b.*\|\s*(sum|abs|round)\b"
)


def _holds_amount(node: ast.AST) -> bool:
    """Is an amount in it, outside calls? What a call makes of it is text, or has been looked at by itself."""
    if isinstance(node, ast.Call):
        return False
    return _is_amount(node) or any(map(_holds_amount, ast.iter_child_nodes(node)))


def _is_amount(node: ast.AST) -> bool:
    """Is it something whose name says minor units, or the text that names such a thing?"""
    if isinstance(node, ast.Name):
        return node.id.endswith("_minor")
    if isinstance(node, ast.Attribute):
        return node.attr.endswith("_minor")
    return isinstance(node, ast.Subscript) and _is_name_of_amount(node.slice)


def _is_name_of_amount(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith("_minor")


def _divides(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        # `folder / "name"` joins a path.
        return not (isinstance(node.right, ast.Constant) and isinstance(node.right.value, str))
    return isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div)


def _names(source: str, *, called: bool = False) -> Iterator[tuple[int, str]]:
    """Every name the source speaks of, in full: after `from time import time as t`, `t` is `time.time`."""
    tree = ast.parse(source)
    known = dict(_imported(tree))
    for node in ast.walk(tree):
        if called:
            node = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Attribute | ast.Name) and (dotted := _dotted(node)):
            first, _, rest = dotted.partition(".")
            yield node.lineno, ".".join(filter(None, [known.get(first, first), rest]))


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (parent := _dotted(node.value)):
        return f"{parent}.{node.attr}"
    return None
