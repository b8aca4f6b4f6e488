"""What each thing costs, in processor time: importing, parsing every format beside its peers, checking, comparing.

    python -m pytest benchmarks --benchmark-json=benchmarks/results/speed.json

Nothing is asserted about time. Look at ratios within one run; ``python -m benchmarks.performance_page`` writes them
into docs/performance.md.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import govdisclosure as gd
from benchmarks.inputs import Input, inputs
from benchmarks.peers import PEERS
from benchmarks.stages import stage_seconds
from govdisclosure._reading import read

pytest.importorskip("pytest_benchmark")
pytestmark = pytest.mark.benchmark(
    timer=time.process_time, min_rounds=5, max_time=1.0, warmup=True, warmup_iterations=1
)

EXAMPLES = Path(__file__).parent.parent / "examples"
INPUTS = inputs()


def each(call: Callable[[Any], object], sources: tuple[str | bytes, ...]) -> None:
    for source in sources:
        try:
            call(source)
        except gd.ParseError:  # a rendering or two of the reference has to be refused
            continue


# -- parsing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", INPUTS, ids=lambda subject: subject.name)
def test_parse(benchmark: Any, subject: Input) -> None:
    note(benchmark, subject, "parse")
    benchmark(each, gd.parse, subject.sources)
    if len(subject.sources) == 1 and not benchmark.disabled:
        benchmark.extra_info["stages"] = stage_seconds(subject.sources[0])


@pytest.mark.parametrize("subject", INPUTS, ids=lambda subject: subject.name)
def test_read(benchmark: Any, subject: Input) -> None:
    note(benchmark, subject, "reader alone")
    benchmark(each, read, subject.sources)


@pytest.mark.parametrize(
    ("subject", "peer"),
    [(subject, peer) for subject in INPUTS for peer in PEERS[subject.format]],
    ids=lambda part: part.name if isinstance(part, Input) else part,
)
def test_peer(benchmark: Any, subject: Input, peer: str) -> None:
    module, call = PEERS[subject.format][peer]
    pytest.importorskip(module)
    note(benchmark, subject, peer)
    benchmark(each, call, subject.sources)


def note(benchmark: Any, subject: Input, what: str) -> None:
    sizes = [len(source if isinstance(source, bytes) else source.encode()) for source in subject.sources]
    benchmark.extra_info.update(subject=subject.name, what=what, reports=len(sizes), bytes=sum(sizes))


# -- after parsing -----------------------------------------------------------------------------------------------------


def example(year: int) -> gd.Report:
    return gd.Report.from_dict(json.loads((EXAMPLES / f"qinglan_{year}.json").read_text("utf-8")))


def after_parsing() -> dict[str, Callable[[], object]]:
    old, new = example(2022), example(2023)
    made = next(subject for subject in INPUTS if subject.format == "html")
    parsed = gd.parse(made.sources[0])  # with the prose of a real one
    tables, rest = ["T", "X"], ["N", "F", "P"]
    changes, written = gd.diff(old, new), new.to_dict()
    return {
        "`validate(report)`": lambda: gd.validate(parsed),
        "`validate`, tables (T, X)": lambda: gd.validate(parsed, select=tables),
        "`validate`, prose and form (N, F, P)": lambda: gd.validate(parsed, select=rest),
        "`validate(report, previous=…)`": lambda: gd.validate(new, old),
        "`diff(old, new)`": lambda: gd.diff(old, new),
        "`Diff.to_html()`": changes.to_html,
        "`Diff.apply(old)`": lambda: changes.apply(old),
        "`Report.to_dict()`": new.to_dict,
        "`Report.from_dict()`": lambda: gd.Report.from_dict(written),
    }


AFTER = after_parsing()


@pytest.mark.parametrize("what", AFTER)
def test_after_parsing(benchmark: Any, what: str) -> None:
    benchmark.extra_info.update(subject="records", what=what)
    benchmark(AFTER[what])


# -- starting ----------------------------------------------------------------------------------------------------------

PROGRAMS = {
    "Python alone": "pass",
    "import govdisclosure": "import govdisclosure",
    "import, load a report from JSON": (
        "import json, pathlib, govdisclosure as gd; "
        f"gd.Report.from_dict(json.loads(pathlib.Path({str(EXAMPLES / 'qinglan_2023.json')!r}).read_text('utf-8')))"
    ),
    "import, parse one text": (
        f"import pathlib, govdisclosure as gd; gd.parse(pathlib.Path({str(EXAMPLES / 'report-2023.txt')!r}))"
    ),
    "import, parse two texts": (
        "import pathlib, govdisclosure as gd; "
        f"[gd.parse(pathlib.Path({str(EXAMPLES / 'report-2023.txt')!r})) for _ in range(2)]"
    ),
}


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("what", PROGRAMS)
@pytest.mark.benchmark(timer=children_seconds, warmup=False)
def test_start(benchmark: Any, what: str) -> None:
    loaded = run(f"import sys; {PROGRAMS[what]}; print(*sys.modules)").split()
    benchmark.extra_info.update(subject="start", what=what, lark="lark" in loaded, modules=len(loaded))
    benchmark.pedantic(run, args=(PROGRAMS[what],), rounds=15)


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8")
    return done.stdout
