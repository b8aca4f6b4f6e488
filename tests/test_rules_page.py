"""The catalogue: complete, documented, and its codes live as long as they should."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import attrs
import pytest

from govdisclosure import RULES
from govdisclosure._rule import Context
from govdisclosure._validation import run_rules
from tests.support.report_factory import make_report

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = {"T": 15, "X": 5, "Y": 8, "N": 11, "F": 10, "P": 6}


def test_all_55_codes() -> None:
    counts: dict[str, int] = {}
    for code in RULES:
        counts[code[0]] = counts.get(code[0], 0) + 1
    assert counts == EXPECTED and sum(counts.values()) == 55
    hundreds = {"T": 1, "X": 2, "Y": 3, "N": 4, "F": 5, "P": 6}
    codes = {f"{family}{hundreds[family]}{n:02}" for family, count in EXPECTED.items() for n in range(1, count + 1)}
    assert set(RULES) == codes


def test_page_is_up_to_date() -> None:
    script = ROOT / "scripts" / "write_rules_page.py"
    spec = importlib.util.spec_from_file_location("write_rules_page", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == module.page(), f"run {script.name}"


@pytest.mark.parametrize("code", RULES)
def test_entry(code: str) -> None:
    rule = RULES[code]
    for name in ("name", "name_zh", "meaning", "meaning_zh", "formula", "basis", "fires", "silent", "since"):
        assert getattr(rule, name).strip(), name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert f"### {code}\n" in page and rule.meaning in page


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_withdrawn_rule_passes_its_place_on() -> None:
    """A withdrawn code does not run, and whoever selects it gets its successor."""
    old = attrs.evolve(RULES["T106"], code="T199", deprecated="0.2.0", redirect="T106")
    rules = {**RULES, "T199": old}
    context = Context(make_report(cells={"proactive.licensing.decisions": -1}))
    assert [f.code for f in run_rules(context, rules=rules).findings] == ["T106"]
    assert [f.code for f in run_rules(context, select="T199", rules=rules).findings] == ["T106"]
