"""One source in a process of its own: what it costs in time and memory. Called by ``benchmarks.growth``."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import govdisclosure as gd


def call_for(format: str, file: Path) -> Callable[[], object]:
    """What is measured: ``parse`` of the file, or ``validate`` or ``diff`` of the reports it holds as JSON."""
    if format not in ("validate", "diff"):
        return lambda: gd.parse(file)
    reports = [gd.Report.from_dict(data) for data in json.loads(file.read_bytes())]
    return lambda: getattr(gd, format)(*reports)


def used() -> tuple[float, float]:
    """Seconds of processor time, and megabytes at the peak, of this process and of those it ran."""
    own, children = (resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = own.ru_maxrss
    status = Path("/proc/self/status")
    if status.exists():  # Linux hands the peak of the process that started this one on to ru_maxrss
        peak = next(int(line.split()[1]) for line in status.read_text("ascii").split("\n") if line.startswith("VmHWM"))
    seconds = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return seconds, (peak + children.ru_maxrss) / 1024


def main() -> None:
    format, file, small = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    call_for(format, small)()  # what is loaded once is no part of the cost
    call = call_for(format, file)
    before, memory = used()
    try:
        result = call()
        outcome = f"report, {len(result.doubts())} doubts" if isinstance(result, gd.Report) else "done"
    except gd.ParseError as error:
        outcome = f"{type(error).__name__}: {error.advice or error.seen}"
    after, peak = used()
    json.dump({"seconds": after - before, "before": memory, "peak": peak, "outcome": outcome}, sys.stdout)


if __name__ == "__main__":
    main()
