"""Each rule has cases where it fires, where it is silent, and some where it can't be assessed; each case is a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govdisclosure import RULES, Severity
from tests.support.rule_cases import case_files, read_case, run_case

FILES = case_files()


def test_there_are_cases() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_case(path)
    code, outcome = case["code"], case["outcome"]
    result = run_case(case)
    found = [finding for finding in result.findings if finding.code == code]
    unclear = [entry for entry in result.not_assessable if entry.code == code]
    assert path.stem.startswith(f"{code}-{outcome}")
    assert code not in result.skipped
    if outcome == "fires":
        assert found
        grades = case.get("severity", str(RULES[code].severity))
        assert sorted({str(finding.severity) for finding in found}) == ([grades] if isinstance(grades, str) else grades)
        assert "paths" not in case or [list(finding.paths) for finding in found] == case["paths"]
        for words in case.get("says", ()):
            assert any(words in finding.message for finding in found), [finding.message for finding in found]
    elif outcome == "silent":
        assert not found and not unclear
    else:
        assert outcome == "unclear" and unclear and not found
        for words in case.get("says", ()):
            assert any(words in entry.reason for entry in unclear), [entry.reason for entry in unclear]
    others = sorted({finding.code for finding in result.findings} - {code})
    assert others == case.get("also", [])
    for finding in found:
        assert finding.id and finding.severity in tuple(Severity)
        assert finding.paths or code[0] != "T"
    for english, chinese in [
        *((finding.message, finding.message_zh) for finding in result.findings),
        *((entry.reason, entry.reason_zh) for entry in result.not_assessable),
    ]:
        assert english and chinese and "None" not in english + chinese
        assert numbers_in(english) <= numbers_in(chinese), (english, chinese)


def numbers_in(message: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", message))


@pytest.mark.parametrize("code", RULES)
def test_every_code_has_both_cases(code: str) -> None:
    outcomes = {case["outcome"] for case in map(read_case, FILES) if case["code"] == code}
    assert {"fires", "silent"} <= outcomes
