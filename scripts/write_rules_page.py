"""Writes docs/rules.md, the catalogue of the rules of ``validate``, from the code."""

from __future__ import annotations

from pathlib import Path

from govdisclosure import RULES, Rule
from govdisclosure._rules import FAMILIES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

_HEAD = """\
# The rules of `validate`

Written by `scripts/write_rules_page.py` from the code; don't edit it by hand.

A rule holds and says nothing, or fails (`result.findings`), or can't be assessed because an operand is blank, lost or
doubted by `parse` (`result.not_assessable`). A rule whose counterpart was not given (last year's report, the children,
the date of publication, a series of reports) is listed in `result.skipped`. Rules on sums never pass on a doubtful
cell; findings about single doubtful cells say so. A code is never reused.

Severities can be changed: `result.regrade({"T112": "info"})`, or `--severity T112=info`.
Paths leave out `requests.`; C is any of the seven columns, y the year of the report.
"""

_NEEDS = {
    "previous": "last year's report (`previous=`)",
    "children": "the reports of the bodies below (`children=`)",
    "published": "the date of publication (`published=`, or the page's own)",
    "series": "a series of reports (`validate_series`, or a folder on the command line)",
}


def page() -> str:
    """The page as text."""
    parts = [_HEAD]
    for family, (title, title_zh) in FAMILIES.items():
        rules = [rule for rule in RULES.values() if rule.family == family]
        parts.append(f"## {family}: {title} ({title_zh})\n")
        parts.append("| code | name | severity | meaning |\n|---|---|---|---|")
        parts.extend(f"| [{r.code}](#{r.code.lower()}) | {r.name} | {_grades(r)} | {r.meaning_zh} |" for r in rules)
        parts.append("")
        parts.extend(_entry(rule) for rule in rules)
    return "\n".join(parts).rstrip() + "\n"


def _entry(rule: Rule) -> str:
    lines = [
        f"### {rule.code}",
        f"**{rule.name}** · {rule.name_zh} · {_grades(rule)} · since {rule.since}",
        rule.meaning,
        rule.meaning_zh,
        f"- Formula: `{rule.formula}`",
        f"- Rests on: {rule.basis}",
        f"- Fires: {rule.fires}",
        f"- Silent: {rule.silent}",
    ]
    if rule.needs:
        lines.append(f"- Needs {_NEEDS[rule.needs]}")
    if rule.deprecated:
        successor = f"; see {rule.redirect}" if rule.redirect else ""
        lines.append(f"- Withdrawn in {rule.deprecated}{successor}")
    return "\n\n".join(lines[:4]) + "\n\n" + "\n".join(lines[4:]) + "\n"


def _grades(rule: Rule) -> str:
    return f"{rule.severity} ({rule.grades})" if rule.grades else str(rule.severity)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
