"""Imports point one way, each library is imported in one place, and no module hides a public function."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import govdisclosure
from tests.support.report_factory import make_report

PACKAGE = "govdisclosure"
ROOT = Path(govdisclosure.__file__).parent


def _name(path: Path) -> str:
    """``_parsing``, ``_rules.tables``; a package is named by its folder, the whole by ``__init__``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}

# From the bottom up: a module imports from its own layer and from those below it. Patterns are tried in order.
LAYERS = {
    "errors": ("errors",),
    "records": ("records", "tables", "_record_classes", "_json", "_labels"),
    "checks": (
        "_validat*",
        "_rule",
        "_rules*",
        "_formulas",
        "_patterns",
        "_finding*",
        "_claim*",
        "_body",
        "_processing_fee",
        "_table_shape",
        "_prose_*",
        "_copied_prose",
        "_series",
        "_sarif",
        "_short_names",
        "_comparability",
        "_compare",
        "_continuity",
        "_changes",
        "_difference*",
    ),
    "source": (
        "_source",
        "_diagnostics",
        "_characters",
        "_marked_text",
        "_limits",
        "_locks",
        "_forms",
        "_values",
        "_vocabulary",
    ),
    "readers": (
        "_decoding",
        "_sniffing",
        "_segmentation",
        "_text_lines",
        "_index_columns",
        "_drawn_tables",
        "_html",
        "_docx",
        "_pdf*",
        "_lattice",
        "_page*",
        "_flow",
        "_publication",
    ),
    "grammar": ("_grammar",),
    "layout": ("_*",),
    "interface": ("_reading", "_pars*", "__init__"),
    "command line": ("_cli*", "__main__"),
}
ORDER = list(LAYERS)

# Which module may import which library at all. ``re`` and the like come with Python and are free.
LIBRARIES = {
    "attrs": ("*",),
    "attr": (),
    "regex": ("*",),
    "lark": ("_grammar",),
    "selectolax": ("_html",),
    "pypdfium2": ("_pdf",),
    "datasketch": ("_copied_prose",),
    "click": ("_cli*",),
    "rich": ("_cli*",),
}
RECORDS_LIBRARIES = {"attrs", "regex"}


def layer_of(module: str) -> str:
    exact = [layer for layer, patterns in LAYERS.items() if module in patterns]
    if exact:
        return exact[0]
    special = [name for name in ("command line", *ORDER) for p in LAYERS[name] if p != "_*" and fnmatchcase(module, p)]
    return special[0] if special else "layout"


def imports_of(module: str, *, top_only: bool = False) -> set[str]:
    """Full names a module imports; with ``top_only`` those at its top, not in functions or for types alone."""
    tree = MODULES[module]
    found: set[str] = set()
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import in line {node.lineno}"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inner if name.removeprefix(f"{PACKAGE}.") in MODULES}
            found |= modules if modules == inner else modules | {node.module or ""}
    return found


def own(names: set[str]) -> set[str]:
    """The modules of the package among the names."""
    inside = {name.removeprefix(f"{PACKAGE}.") for name in names if name.startswith(f"{PACKAGE}.")}
    assert inside - {"grammars"} <= MODULES.keys()
    return inside - {"grammars"} | ({"__init__"} if PACKAGE in names else set())


def libraries(names: set[str]) -> set[str]:
    tops = {name.partition(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - {PACKAGE}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    height = ORDER.index(layer_of(module))
    above = {name for name in own(imports_of(module)) if ORDER.index(layer_of(name)) > height}
    assert not above, f"{module} ({layer_of(module)}) imports from above: {above}"


def test_no_module_waits_for_itself() -> None:
    graph = {module: own(imports_of(module, top_only=True)) - {"__init__"} for module in MODULES}
    list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_its_place(module: str) -> None:
    for library in libraries(imports_of(module)):
        assert library in LIBRARIES, f"{module} imports {library}, which has no place"
        assert any(fnmatchcase(module, pattern) for pattern in LIBRARIES[library]), f"{library} in {module}"


@pytest.mark.parametrize("library", [name for name, places in LIBRARIES.items() if places and "*" not in places[0]])
def test_one_module_imports_it(library: str) -> None:
    assert len([module for module in MODULES if library in libraries(imports_of(module))]) <= 1


@pytest.mark.parametrize("module", [m for m in MODULES if layer_of(m) in ("errors", "records", "checks")])
def test_records_and_checks_need_no_parser(module: str) -> None:
    seen, waiting = set(), {module}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= own(imports_of(name, top_only=True)) - seen - {"__init__"}
    needed = set().union(*(libraries(imports_of(name, top_only=True)) for name in seen))
    assert needed <= RECORDS_LIBRARIES | {"datasketch"}, needed


def test_a_report_loads_where_lark_is_missing() -> None:
    program = (
        "import sys; sys.modules['lark'] = None\n"
        "import govdisclosure as gd\n"
        "report = gd.Report(None, None, 2023, '2027', (), (('a.b', gd.Cell(1)),))\n"
        "assert gd.Report.from_dict(report.to_dict()) == report\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_only_parse_or_checks_need_is_not_imported_before() -> None:
    program = (
        "import sys, govdisclosure as gd\n"
        "late = {'lark', 'zipfile', 'govdisclosure.tables'}\n"
        "late |= {f'govdisclosure.{name}' for name in ('_parsing', '_reading', '_layout', '_rules', '_changes')}\n"
        "assert not late & sys.modules.keys(), late & sys.modules.keys()\n"
        "assert len(gd.RULES) > 1 and 'govdisclosure._rules' in sys.modules\n"
        "missing = [name for name in gd.__all__ if not hasattr(gd, name) or name not in dir(gd)]\n"
        "assert not missing, missing\n"
        "assert not hasattr(gd, 'no_such_name')\n"
        "assert 'lark' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [*govdisclosure.__all__, "errors", "records", "tables"])
def test_every_name_can_be_imported_first(name: str) -> None:
    program = (
        f"from govdisclosure import {name} as first\n"
        f"import govdisclosure\n"
        f"assert first is govdisclosure.{name} and {name!r} in dir(govdisclosure)\n"
        "from govdisclosure import *\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_was_pickled_loads_in_a_program_that_imports_nothing() -> None:
    report = make_report()
    held = pickle.dumps((report, report.tables, govdisclosure.validate(report), govdisclosure.parse))
    program = (
        "import pickle, sys\n"
        "report, tables, result, parse = pickle.load(sys.stdin.buffer)\n"
        "import govdisclosure as gd\n"
        "assert report.tables == tables and gd.validate(report) == result and parse is gd.parse\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=held, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_no_module_bears_a_public_name() -> None:
    functions = {name for name in govdisclosure.__all__ if callable(getattr(govdisclosure, name))}
    assert not functions & MODULES.keys()


def test_only_these_are_public() -> None:
    assert {module for module in MODULES if not module.startswith("_")} == {"errors", "records", "tables"}
