"""What the README says is true: its code runs, both languages show the same, its two commands are complete."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}


def blocks(name: str, language: str) -> list[str]:
    return [code for kind, code in BLOCK.findall(READMES[name]) if kind == language]


def test_both_languages_show_the_same_code() -> None:
    english, chinese = (BLOCK.findall(text) for text in READMES.values())
    assert english == chinese


def test_the_first_two_blocks_are_the_two_commands() -> None:
    commands = [code.strip() for _, code in BLOCK.findall(READMES["README.md"])[:2]]
    main_job, tests = ([shlex.split(part) for part in command.split("&&")] for command in commands)
    for (create, install, run), extra, program in (
        (main_job, ".[all]", ".venv/bin/govdisclosure"),
        (tests, ".[test]", ".venv/bin/python"),
    ):
        assert create == ["python3", "-m", "venv", ".venv"]
        assert install[0] == ".venv/bin/pip"
        assert install[-1] == extra
        assert run[0] == program
    assert (ROOT / main_job[2][-1]).is_file()


def test_the_commands_stand_on_the_first_screen() -> None:
    for text in READMES.values():
        assert "-m pytest" in "\n".join(text.splitlines()[:24])


@pytest.mark.parametrize("name", READMES)
def test_the_python_code_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(blocks(name, "python"))
    case = doctest.DocTestParser().get_doctest(code, {}, name, str(ROOT / name), 0)
    assert len(case.examples) > 10
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(case, out=report.append)
    assert not report, "".join(report)
