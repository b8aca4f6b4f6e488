"""The command line as its users meet it: files good and bad, a terminal, a pipe, JSON, exit codes."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import govdisclosure as gd
from govdisclosure._cli import cli

ROOT = Path(__file__).parent.parent
CLEAN = str(ROOT / "examples" / "report-2023.txt")
DAMAGED = str(ROOT / "examples" / "damaged-2020.txt")
ESCAPE = "\x1b"


def run(*arguments: str, data: bytes = b"") -> Result:
    return CliRunner().invoke(cli, list(arguments), input=data, catch_exceptions=False)


def piped(*arguments: str, data: bytes = b"", then: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """``python -m govdisclosure`` in a process of its own, its output going to a pipe."""
    command = [sys.executable, "-m", "govdisclosure", *arguments]
    outer = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    if then:
        command = ["sh", "-c", f'"$@" | {then}', "sh", *command]
    return subprocess.run(command, input=data, capture_output=True, check=False, env=outer | environment)


def test_a_clean_report() -> None:
    result = run("parse", CLEAN)
    assert result.exit_code == 0
    assert "青岚县林业局2023年政府信息公开工作年度报告" in result.stdout
    assert "行政许可" in result.stdout
    assert "none doubtful" in result.stdout
    assert result.stderr == ""


def test_doubts_give_exit_code_1() -> None:
    result = run("parse", DAMAGED)
    assert result.exit_code == 1
    assert "warning L" in result.stdout
    assert any("1.本机关不掌握" in line and ("?" in line or "≈" in line) for line in result.stdout.splitlines())


@pytest.mark.parametrize("command", ["parse", "explain"])
def test_a_bad_file_stops_no_other(command: str, tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("从前有一座山。\n" * 50, "utf-8")
    missing = str(tmp_path / "missing.txt")
    result = run(command, missing, str(novel), CLEAN)
    assert result.exit_code == 2
    assert "青岚县林业局2023年" in result.stdout
    complaints = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in complaints] == [missing, str(novel)]
    assert all(line.count(str(tmp_path)) == 1 for line in complaints)


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    assert run("parse", str(tmp_path)).exit_code == 2


def test_json_is_one_line_a_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run("parse", "--json", CLEAN, str(empty), DAMAGED)
    assert result.exit_code == 2
    assert result.stderr == ""
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert first.pop("file") == CLEAN
    assert gd.Report.from_dict(first) == gd.parse(Path(CLEAN))
    assert second.keys() == {"file", "error", "kind"}
    assert (second["file"], second["kind"]) == (str(empty), "NotAReport")
    assert third["file"] == DAMAGED
    assert third["diagnostics"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_file_name_that_is_no_text(option: tuple[str, ...], tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
    Path(os.fsdecode(path)).write_bytes(Path(CLEAN).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "govdisclosure", "parse", *option, path], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_saved_report_is_read_again(tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(run("parse", "--json", DAMAGED).stdout, "utf-8")
    shown, shown_again = (run("parse", name).stdout.splitlines() for name in (DAMAGED, str(saved)))
    assert shown_again[2:-1] == shown[2:-1]
    assert run("parse", "-", data=saved.read_bytes()).stdout.splitlines()[2:-1] == shown[2:-1]
    assert "L201" in run("explain", str(saved)).stdout


@pytest.mark.parametrize("content", ["{}", "[1]", "{", '{"schema": 99}'])
def test_other_json_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    result = run("parse", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no saved report" in result.stderr


def test_standard_input() -> None:
    result = run("parse", "-", data=Path(CLEAN).read_bytes())
    assert result.exit_code == 0
    assert "青岚县林业局2023年" in result.stdout


def test_explain_shows_the_lines() -> None:
    result = run("explain", DAMAGED)
    assert result.exit_code == 1
    assert "> " in result.stdout
    assert "1.本机关不掌握相关政府信息 2 0 0 0 0 2" in result.stdout
    repairs = [line for line in result.stdout.splitlines() if line[:1].isdigit()]
    assert [line.split(".")[0] for line in repairs] == [str(n + 1) for n in range(len(repairs))]
    assert len(repairs) == len(gd.parse(Path(DAMAGED)).diagnostics)


def test_explain_of_standard_input_shows_the_lines_too() -> None:
    named, given = run("explain", DAMAGED), run("explain", "-", data=Path(DAMAGED).read_bytes())
    assert given.stdout.splitlines()[1:] == named.stdout.splitlines()[1:]


def test_explain_has_nothing_to_say_of_a_clean_report() -> None:
    result = run("explain", CLEAN)
    assert result.exit_code == 0
    assert "nothing was repaired" in result.stdout


def test_no_file_is_a_mistake() -> None:
    assert run("parse").exit_code == 2


def test_help_names_the_exit_codes() -> None:
    assert "0 clean, 1 doubts, 2" in run("parse", "-h").stdout


def test_a_pipe_gets_whole_lines_without_colours() -> None:
    done = piped("parse", DAMAGED)
    shown = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (1, b"")
    assert ESCAPE not in shown
    assert "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" in shown
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) < 400
    assert not [line for line in shown.splitlines() if line.endswith(" ")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
@pytest.mark.parametrize("arguments", [("parse", "--json"), ("parse",), ("explain",)])
def test_head_may_close_the_pipe(arguments: tuple[str, ...]) -> None:
    done = piped(*arguments, *[DAMAGED] * 12, then="head -n 1")
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_pipe_is_utf8_whatever_the_locale_says() -> None:
    done = piped("parse", CLEAN, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "青岚县林业局" in done.stdout.decode("utf-8")
    assert done.returncode == 0


def test_columns_in_the_environment_are_kept_to() -> None:
    from rich.cells import cell_len

    shown = piped("parse", DAMAGED, COLUMNS="80").stdout.decode("utf-8")
    assert max(map(cell_len, shown.splitlines())) <= 80


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_gets_colours_and_its_width(columns: int) -> None:
    import fcntl
    import pty
    import termios

    from rich.cells import cell_len
    from rich.text import Text

    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "govdisclosure", "parse", DAMAGED]
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(command, stdout=inner, stdin=inner, env=environment | {"TERM": "xterm-256color"}):
        os.close(inner)
        shown = b"".join(iter(lambda: _read(outer), b"")).decode("utf-8")
    os.close(outer)
    assert ESCAPE in shown
    assert max(cell_len(Text.from_ansi(line).plain) for line in shown.splitlines()) <= columns


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # what Linux answers once the other end is closed
        return b""


@pytest.mark.parametrize("library", ["click", "rich"])
def test_a_missing_extra_is_named_in_one_line(library: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None\nfrom govdisclosure.__main__ import main\nmain()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert 'pip install "govdisclosure[cli]"' in done.stderr


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout.strip().endswith(gd.__version__)
