"""The harnesses of ``tests/fuzz/`` over their seeds and over what fuzzing once found, without the fuzzer; and, slow, with it."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import govdisclosure as gd
from tests.fuzz.findings import keep, kept, signature
from tests.fuzz.invariants import Broken, check_record, check_source
from tests.fuzz.targets import TARGETS
from tests.fuzz.words import LABELS, dictionary
from tests.support.report_factory import make_report

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "fuzz"
FOUND = [(path.parent.name, path) for path in sorted(CASES.glob("*/*"))]


@pytest.mark.parametrize("target", TARGETS)
def test_seeds(target: str) -> None:
    seeds = list(TARGETS[target].seeds())
    assert len(dict(seeds)) == len(seeds) >= 8
    for _name, data in seeds:
        assert len(data) <= TARGETS[target].LONGEST
        TARGETS[target].test_one_input(data)


@pytest.mark.parametrize(("target", "path"), FOUND, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_what_was_found(target: str, path: Path) -> None:
    TARGETS[target].test_one_input(path.read_bytes())


def test_there_are_cases() -> None:
    """A target in which nothing was found yet has no folder."""
    folders = {path.name for path in CASES.iterdir()}
    assert folders == {target for target, _path in FOUND} <= set(TARGETS)
    assert len(FOUND) >= 10


def havoc(data: bytes, most: int) -> bytes:
    """Bytes changed as libFuzzer might."""
    chance = random.Random(data[:100])
    changed = bytearray(data or b" ")
    for _ in range(3):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[:most])


@pytest.mark.parametrize("target", TARGETS)
def test_mutations(target: str) -> None:
    """They differ, are the same for the same seed, keep to the length, and break nothing."""
    one = TARGETS[target]
    seeds = [data for _name, data in one.seeds()]
    same = 0
    for number in range(25):
        first, second = seeds[number % len(seeds)], seeds[-1 - number % len(seeds)]
        mutated = one.mutate(first, one.LONGEST, number, havoc)
        assert mutated == one.mutate(first, one.LONGEST, number, havoc)
        assert len(one.mutate(first, 50, number, havoc)) <= 50
        crossed = one.crossed(mutated, second, one.LONGEST, number)
        assert len(crossed) <= one.LONGEST
        one.test_one_input(mutated)
        same += mutated == first
    assert same < 10


@pytest.mark.parametrize("target", ["text", "html", "docx", "pdf"])
def test_most_mutated_reports_are_reports_still(target: str) -> None:
    """Otherwise all the fuzzer sees is how a source is refused."""
    one = TARGETS[target]
    reports = [data for _name, data in one.seeds() if is_report(data)]
    read = [is_report(one.mutate(reports[number % len(reports)], one.LONGEST, number, havoc)) for number in range(30)]
    assert sum(read) >= 15


def is_report(data: bytes) -> bool:
    try:
        gd.parse(data)
    except gd.ParseError:
        return False
    return True


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    check_record(make_report())
    monkeypatch.setattr("govdisclosure._json.report_from_dict", lambda data: make_report(year=2019))
    with pytest.raises(Broken, match="after JSON"):
        check_record(make_report())


def test_any_other_error_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(source: str, format: str | None) -> gd.Report:
        raise KeyError(source)

    monkeypatch.setattr(gd, "parse", parse)
    with pytest.raises(KeyError):
        check_source("一、总体情况")


def test_the_shortest_input_of_each_place_is_kept(tmp_path: Path) -> None:
    for data in (b"123", b"1", b"12"):
        keep(tmp_path, signature(Broken("other JSON after JSON", data)), data, "said")
    with pytest.raises(ValueError, match="schema") as raised:
        gd.Report.from_dict({})
    keep(tmp_path, signature(raised.value), b"{}", "\ud800")
    assert [path.name for path in kept(tmp_path)] == [
        "Broken-other_JSON_after_JSON.input",
        "ValueError-records.from_dict-_json.report_from_dict.input",
    ]
    assert kept(tmp_path)[0].read_bytes() == b"1"


def test_the_dictionary_has_the_labels() -> None:
    lines = dictionary().splitlines()
    assert all(line.startswith('"\\x') and line.endswith('"') for line in lines)
    official = next(label for label in LABELS if len(label) == 4)
    assert '"' + "".join(f"\\x{byte:02x}" for byte in official.encode()) + '"' in lines


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_fuzzing_for_some_seconds(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.run",
        "--minutes",
        "0.2",
        "--target",
        target,
        "--folder",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    heads, row = (line.split() for line in done.stdout.splitlines())
    assert int(row[heads.index("executions")]) > 0
    assert int(row[heads.index("edges")]) > 500
    (tmp_path / target / "findings" / "crash-0").write_bytes(b"")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].endswith("crash-0")
