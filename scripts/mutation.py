"""Mutation testing: change the code in small ways, one at a time, and see whether a test fails.

    python scripts/mutation.py                         every mutant of the modules named in pyproject.toml
    python scripts/mutation.py _values _rules.tables   those of these modules alone
    python scripts/mutation.py --sample 100            at most so many of each module, the same ones on every run
    python scripts/mutation.py _continuity --tests tests/test_diff.py    with these files of tests as well

What the survivors changed stands in ``build/mutation/survivors.diff``.

mutmut does the work, in a copy of the sources: it leaves decorated functions alone, and every rule is one. In the copy
``@rule(...)`` above a function is ``name = rule(...)(name)`` below it, which means the same.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import fnmatch
import json
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import libcst
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "build" / "mutation"
SEED = 20
SKIPPED = 34
NOT_RUN = 255
"""What mutmut keeps where pytest failed to start, and calls a timeout."""
_SENTENCE = re.compile(r"[A-Za-z]{2,}.*? .*[A-Za-z]{2,}")


class Undecorated(libcst.CSTTransformer):
    """Decorators of functions as assignments after them; those that mutmut knows stay."""

    def leave_FunctionDef(
        self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
    ) -> libcst.FunctionDef | libcst.FlattenSentinel[libcst.BaseStatement]:
        decorators = [entry.decorator for entry in updated_node.decorators]
        known = (libcst.Name("staticmethod"), libcst.Name("classmethod"))
        if not decorators or any(decorators[0].deep_equals(name) for name in known):
            return updated_node
        value: libcst.BaseExpression = updated_node.name
        for decorator in reversed(decorators):
            value = libcst.Call(decorator, [libcst.Arg(value)])
        target = libcst.AssignTarget(updated_node.name)
        line = libcst.SimpleStatementLine([libcst.Assign([target], value)])
        return libcst.FlattenSentinel([updated_node.with_changes(decorators=[]), line])


def make_copy(modules: list[str], tests: list[str]) -> list[Path]:
    """The sources, tests and settings in a folder of their own; the paths of the modules to mutate.

    ``tests`` are files tried beside those that the settings name.
    """
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for folder in ("src", "tests", "examples"):
        shutil.copytree(ROOT / folder, COPY / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "grammars", COPY / "src" / "govdisclosure" / "grammars")
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    patterns = tomllib.loads(settings)["tool"]["mutmut"]["only_mutate"]
    chosen = []
    for path in sorted((COPY / "src").rglob("*.py")):
        name = path.relative_to(COPY).as_posix()
        short = name.removeprefix("src/govdisclosure/").removesuffix(".py").replace("/", ".")
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns) and (not modules or short in modules):
            path.write_text(libcst.parse_module(path.read_text("utf-8")).visit(Undecorated()).code, "utf-8")
            chosen.append(path.relative_to(COPY))
    only = json.dumps([str(path) for path in chosen])
    settings = re.sub(r"(?ms)^only_mutate = \[.*?^\]", f"only_mutate = {only}", settings)
    selection = "pytest_add_cli_args_test_selection = ["
    settings = settings.replace(selection, selection + "".join(f"{json.dumps(test)}, " for test in tests))
    (COPY / "pyproject.toml").write_text(settings, "utf-8")
    return chosen


def meta(module: Path) -> Path:
    """Where mutmut keeps what came of a module's mutants."""
    return COPY / "mutants" / f"{module}.meta"


def skip(module: Path, sample: int | None) -> None:
    """Leave out the mutants of wording, which no test should know, and all but a sample of the others."""
    kept = json.loads(meta(module).read_text("utf-8"))
    codes = kept["exit_code_by_key"]
    wording = changes_of_wording((COPY / "mutants" / module).read_text("utf-8"))
    names = sorted(name for name in codes if name.rpartition(".")[2] not in wording)
    tried = set(names if sample is None else random.Random(SEED).sample(names, min(sample, len(names))))
    codes.update({name: SKIPPED for name in codes if name not in tried})
    meta(module).write_text(json.dumps(kept), "utf-8")


def give_functions_the_tests_of_their_module() -> None:
    """A function whose result is kept is seen in the first test alone, but each mutant is tried in a new process."""
    path = COPY / "mutants" / "mutmut-stats.json"
    stats = json.loads(path.read_text("utf-8"))
    own = stats["tests_by_mangled_function_name"]
    of_module: dict[str, set[str]] = defaultdict(set)
    for function, tests in own.items():
        of_module[function.rpartition(".")[0]].update(tests)
    stats["tests_by_mangled_function_name"] = {name: sorted(of_module[name.rpartition(".")[0]]) for name in own}
    path.write_text(json.dumps(stats), "utf-8")


def changes_of_wording(mutated: str) -> set[str]:
    """The mutants whose one change lies within a message's text."""
    found = set()
    for name, (original, function) in changed_functions(mutated).items():
        pairs = list(zip(ast.walk(original), ast.walk(function), strict=False))
        changed = [(a, b) for a, b in pairs if isinstance(a, ast.Constant) and vars_of(a) != vars_of(b)]
        if len(changed) == 1 and isinstance(changed[0][1], ast.Constant) and id(changed[0][0]) in wordings(original):
            found.add(name)
    return found


def changed_functions(mutated: str) -> dict[str, tuple[ast.FunctionDef, ast.FunctionDef]]:
    """Each mutant's function, before and after."""
    functions = {node.name: node for node in ast.walk(ast.parse(mutated)) if isinstance(node, ast.FunctionDef)}
    pairs = {name: (functions.get(original_of(name)), function) for name, function in functions.items()}
    return {name: (before, after) for name, (before, after) in pairs.items() if before and before is not after}


def original_of(mutant: str) -> str:
    return re.sub(r"__mutmut_\d+$", "__mutmut_orig", mutant)


def vars_of(node: ast.AST) -> object:
    return (type(node), getattr(node, "value", None))


def wordings(function: ast.AST) -> set[int]:
    """The string constants that are sentences, and the Chinese ones that stand in one call with a sentence."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SENTENCE.search(node.value):
            found.add(id(node))
        if isinstance(node, ast.Call):
            texts = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if any(_SENTENCE.search(text.value) for text in texts):
                found.update(id(text) for text in texts if not text.value.isascii())
    return found


def statuses(module: Path) -> dict[str, str]:
    """What became of each mutant of a module."""
    codes = json.loads(meta(module).read_text("utf-8"))["exit_code_by_key"]
    return {name: "not checked" if code == NOT_RUN else status_by_exit_code[code] for name, code in codes.items()}


def table(modules: list[Path]) -> None:
    print(
        f"{'module':24}{'mutants':>9}{'tried':>7}{'killed':>8}{'timeout':>9}{'survived':>10}{'no tests':>10}{'score':>8}"
    )
    total: Counter[str] = Counter()
    for module in modules:
        counts = Counter(statuses(module).values())
        total += counts
        print_line(module.stem if module.parent.name != "_rules" else f"_rules.{module.stem}", counts)
    print_line("all", total)
    if total["not checked"]:
        print(f"{total['not checked']} mutants were not tried: pytest could not run their tests")


def print_line(name: str, counts: Counter[str]) -> None:
    shown = [counts[status] for status in ("killed", "timeout", "survived", "no tests")]
    tried = counts.total() - counts["skipped"] - counts["not checked"]
    score = f"{100 * (tried - shown[2] - shown[3]) / tried:.1f}%" if tried else "-"
    print(f"{name:24}{counts.total():9}{tried:7}{shown[0]:8}{shown[1]:9}{shown[2]:10}{shown[3]:10}{score:>8}")


def show_survivors(modules: list[Path]) -> None:
    """What each survivor changed, in one file."""
    shown: list[str] = []
    for module in modules:
        functions = changed_functions((COPY / "mutants" / module).read_text("utf-8"))
        for name, status in statuses(module).items():
            if status in ("survived", "no tests"):
                before, after = (ast.unparse(node).splitlines()[1:] for node in functions[name.rpartition(".")[2]])
                lines = difflib.unified_diff(before, after, name, status, n=2, lineterm="")
                shown.extend((*lines, ""))
    (COPY / "survivors.diff").write_text("\n".join(shown), "utf-8")


def mutmut(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "mutmut", *arguments], cwd=COPY).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="as _values or _rules.tables; all if none is named")
    parser.add_argument("--sample", type=int, help="how many mutants of each module to try at most")
    parser.add_argument("--tests", nargs="*", default=[], help="files of tests beside those in pyproject.toml")
    arguments = parser.parse_args()
    modules = make_copy(arguments.modules, arguments.tests)
    mutmut("run", "--max-children", "1", "none of them: this makes the mutants and times the tests")
    modules = [module for module in modules if meta(module).exists()]
    for module in modules:
        skip(module, arguments.sample)
    give_functions_the_tests_of_their_module()
    status = mutmut("run", "--max-children", "1")
    table(modules)
    show_survivors(modules)
    sys.exit(status)


if __name__ == "__main__":
    main()
