"""Threads and processes give what one after another gives; what they hand around survives pickling and copying."""

from __future__ import annotations

import copy
import json
import multiprocessing
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import govdisclosure as gd
from tests.support import files
from tests.support.layouts import LAYOUTS
from tests.support.printing import print_report
from tests.support.truth import Manner, invent

EXAMPLES = Path(__file__).parent.parent / "examples"
METHODS = [method for method in ("fork", "spawn") if method in multiprocessing.get_all_start_methods()]


@cache
def sources() -> tuple[str | bytes, ...]:
    """Texts of both forms in every layout, and one file of each other format."""
    truths = [invent(seed, Manner(form=form, scale=90)) for seed, form in ((1, "2019"), (2, "2021"))]
    texts = [print_report(truths[number % 2], layout) for number, layout in enumerate(LAYOUTS)]
    made = [make(truth) for truth in truths for make in (files.html_page, files.word_file, files.pdf_document)]
    return (*texts, *made)


@cache
def expected() -> tuple[gd.Report, ...]:
    return tuple(map(gd.parse, sources()))


@cache
def example(year: int) -> gd.Report:
    return gd.Report.from_dict(json.loads((EXAMPLES / f"qinglan_{year}.json").read_text("utf-8")))


@pytest.mark.parametrize("apart", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_threads(apart: int) -> None:
    """Sources three times each in eight threads, so that the same and different ones meet."""
    some = sources()[::-apart]  # from the end, where the files are
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(gd.parse, some * 3))
    assert found == [gd.parse(source) for source in some] * 3


def test_threads_at_the_very_start() -> None:
    """What is loaded with the first report is loaded once, whichever thread comes first."""
    program = (
        "import pathlib, sys, threading\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "import govdisclosure as gd\n"
        "sys.setswitchinterval(1e-5)\n"
        "text, start = pathlib.Path(sys.argv[1]).read_text('utf-8'), threading.Barrier(8)\n"
        "def first(_number):\n"
        "    start.wait()\n"
        "    return gd.parse(text)\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    reports = list(pool.map(first, range(8)))\n"
        "assert all(report == gd.parse(text) for report in reports)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(EXAMPLES / "report-2023.txt")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_checking_and_comparing_in_threads() -> None:
    old, new = example(2022), example(2023)
    findings, changes = gd.validate(new, old), gd.diff(old, new)
    with ThreadPoolExecutor(8) as pool:
        checked = [pool.submit(gd.validate, new, old) for _time in range(16)]
        compared = [pool.submit(gd.diff, old, new) for _time in range(16)]
    assert all(done.result() == findings for done in checked)
    assert all(done.result() == changes for done in compared)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_processes(method: str) -> None:
    expected()  # a forked process inherits whatever the parent has loaded
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        found = tuple(pool.map(gd.parse, sources(), chunksize=8))
    assert found == expected()


@pytest.mark.skipif("fork" not in METHODS, reason="this system does not fork")
def test_forking_while_another_thread_reads() -> None:
    """A process that is forked in the midst of a PDF must not wait for the thread that it does not have."""
    pdf = files.pdf_document(invent(2, Manner(form="2021", scale=90)))
    report = gd.parse(pdf)
    over = threading.Event()

    def read_on() -> None:
        while not over.is_set():
            gd.parse(pdf)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(read_on)
        try:
            for _time in range(8):
                child = multiprocessing.get_context("fork").Process(target=_reads, args=(pdf, report))
                child.start()
                child.join(60)
                child.kill()
                child.join()
                assert child.exitcode == 0
        finally:
            over.set()


def _reads(source: bytes, report: gd.Report) -> None:
    sys.exit(0 if gd.parse(source) == report else 1)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_refusal_comes_back_from_a_process(method: str) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        error = pool.submit(gd.parse, "这里没有报告。").exception()
    assert isinstance(error, gd.NotAReport)
    with pytest.raises(gd.NotAReport) as here:
        gd.parse("这里没有报告。")
    assert (str(error), error.seen, error.where, error.advice) == (
        str(here.value),
        here.value.seen,
        here.value.where,
        here.value.advice,
    )


def kept() -> dict[str, Callable[[], Any]]:
    """Everything public that a program may keep or send."""
    damaged = gd.parse(EXAMPLES / "damaged-2020.txt")
    old, new = example(2022), example(2023)
    findings, changes = gd.validate(new, old), gd.diff(old, new)
    return {
        "report": lambda: damaged,
        "loaded report": lambda: new,
        "cell": lambda: damaged.cell("requests.received.total"),
        "tables": lambda: damaged.requests,
        "section": lambda: damaged.overview,
        "diagnostic": lambda: damaged.diagnostics[0],
        "findings": lambda: findings,
        "finding": lambda: findings.findings[0],
        "diff": lambda: changes,
        "cell edit": lambda: changes.cells[0],
    }


KEPT = kept()


@pytest.mark.parametrize("what", KEPT)
def test_pickled(what: str) -> None:
    thing = KEPT[what]()
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(thing, protocol)) == thing


@pytest.mark.parametrize("what", KEPT)
def test_copied(what: str) -> None:
    thing = KEPT[what]()
    assert copy.deepcopy(thing) == thing
    assert copy.copy(thing) == thing


def test_a_copy_behaves_as_the_report_did() -> None:
    """Equal is not enough: what is worked out from the cells has to be there too."""
    report = KEPT["report"]()
    for copied in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report)):
        assert copied.requests.received.total == report.requests.received.total
        assert hash(copied) == hash(report)
        assert copied.doubts() == report.doubts()
        assert gd.validate(copied) == gd.validate(report)
        assert gd.diff(report, copied).cells == ()
