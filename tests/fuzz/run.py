"""Fuzz each target for a while, one after the other, and say what came of it.

    python -m tests.fuzz.run --minutes 10                     ten minutes for each target
    python -m tests.fuzz.run --minutes 1 --target text        one target; may be given more than once
    python -m tests.fuzz.run --minutes 1 --folder somewhere   where inputs and findings are kept (.fuzz)

The exit status is 1 if there are findings, new or of an earlier run in the same folder.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import attrs

from tests.fuzz.findings import kept
from tests.fuzz.targets import TARGETS
from tests.fuzz.words import dictionary

ROOT = Path(__file__).parent.parent.parent
MEMORY = 1024
"""Megabytes that the process may use in all."""

HANG = 60
"""Seconds by the clock after which an input is taken to hang; ``tests.fuzz.one`` measures processor time besides."""

_DONE = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
_PROGRESS = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)
ENDS_ONE_RUN = ("crash-", "oom-", "timeout-", "leak-")


@attrs.define
class Outcome:
    """What fuzzing one target came to."""

    executions: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    edges: int = 0
    features: int = 0
    inputs: int = 0
    findings: tuple[str, ...] = ()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="default: all")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="for inputs and findings")
    arguments = parser.parse_args()
    outcomes = {}
    for name in arguments.target or TARGETS:
        outcomes[name] = fuzzed(name, arguments.folder.resolve() / name, arguments.minutes * 60)
        show({name: outcomes[name]}, heads=len(outcomes) == 1)
    found = [finding for outcome in outcomes.values() for finding in outcome.findings]
    for finding in found:
        print(finding)
    return 1 if found else 0


def fuzzed(name: str, folder: Path, seconds: float) -> Outcome:
    """Run the target until its time is up, beginning again after whatever ends the process."""
    corpus, findings = folder / "corpus", folder / "findings"
    for path in (corpus, findings):
        path.mkdir(parents=True, exist_ok=True)
    for seed, data in TARGETS[name].seeds():
        if len(data) <= TARGETS[name].LONGEST:
            (corpus / f"seed-{seed}").write_bytes(data)
    (folder / "labels.dict").write_text(dictionary(), "ascii")
    outcome = Outcome()
    begun, before = time.monotonic(), os.times()
    while (left := seconds - (time.monotonic() - begun)) > 0:
        log = folder / "log.txt"
        status = _run(name, folder, max(1, int(left)), log)
        said = log.read_text("utf-8", "replace")
        _add(outcome, said)
        if status and not any(path.name.startswith(ENDS_ONE_RUN) for path in findings.iterdir()):
            (findings / "process-failed.log").write_text(said[-4000:], "utf-8")
            break
    outcome.seconds, after = time.monotonic() - begun, os.times()
    outcome.processor = after.children_user + after.children_system - before.children_user - before.children_system
    outcome.findings = tuple(map(str, kept(findings)))
    return outcome


def _run(name: str, folder: Path, seconds: int, log: Path) -> int:
    command = [
        *(sys.executable, "-m", "tests.fuzz.one", name, str(folder), str(folder / "corpus")),
        *(f"-max_total_time={seconds}", f"-max_len={TARGETS[name].LONGEST}", f"-dict={folder / 'labels.dict'}"),
        *(f"-artifact_prefix={folder / 'findings'}{os.sep}", f"-timeout={HANG}", f"-rss_limit_mb={MEMORY}"),
        *("-len_control=0", "-print_final_stats=1", "-report_slow_units=20"),
    ]
    with log.open("wb") as file:
        return subprocess.run(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, check=False).returncode


def _add(outcome: Outcome, said: str) -> None:
    """What a run's log says of it; one that ended early tells its executions by its last line of progress."""
    progress = _PROGRESS.findall(said)
    done = _DONE.search(said)
    outcome.executions += int(done.group(1)) if done else int(progress[-1][0]) if progress else 0
    if progress:
        _count, edges, features, inputs = map(int, progress[-1])
        outcome.edges = max(outcome.edges, edges)
        outcome.features = max(outcome.features, features)
        outcome.inputs = inputs


def show(outcomes: dict[str, Outcome], heads: bool) -> None:
    """A row for each target; ``processor`` and ``exec/s`` are of processor time, which other processes don't share."""
    columns = ("target", "executions", "seconds", "processor", "exec/s", "edges", "features", "inputs", "findings")
    if heads:
        print(" ".join(f"{column:>10}" for column in columns))
    for name, one in outcomes.items():
        rate = one.executions / one.processor if one.processor else 0.0
        row = (
            one.executions,
            round(one.seconds),
            round(one.processor),
            f"{rate:.1f}",
            one.edges,
            one.features,
            one.inputs,
            len(one.findings),
        )
        print(" ".join(f"{value:>10}" for value in (name, *row)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
