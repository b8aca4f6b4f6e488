"""One target in one process, until time is up: ``python -m tests.fuzz.one TARGET FOLDER`` and then libFuzzer's options.

An exception is kept as a finding in ``FOLDER/findings``, once for each place that it comes from, and fuzzing goes on. What ends
the process (a crash, a hang, too much memory) libFuzzer keeps in the same folder.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govdisclosure"]):
    import govdisclosure

    for module in pkgutil.walk_packages(govdisclosure.__path__, "govdisclosure."):
        if not module.name.rpartition(".")[2].startswith(("_cli", "__main__")):
            importlib.import_module(module.name)

from tests.fuzz.findings import keep, signature
from tests.fuzz.targets import TARGETS

SECONDS = 5.0
"""Processor time that one input may take, instrumented. The same inputs take a third of it without."""


def main() -> None:
    name, folder, *options = sys.argv[1:]
    target, findings = TARGETS[name], Path(folder) / "findings"
    findings.mkdir(parents=True, exist_ok=True)

    def test_one_input(data: bytes) -> None:
        start = time.process_time()
        try:
            target.test_one_input(data)
        except Exception as error:  # noqa: BLE001 - a finding, whatever it is
            keep(findings, signature(error), data, "".join(traceback.format_exception(error)))
        taken = time.process_time() - start
        if taken > SECONDS:
            keep(findings, "slow", data, f"{taken:.1f} seconds of processor time")

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        return target.mutate(data, most, seed, atheris.Mutate)

    atheris.Setup(
        [sys.argv[0], *options],
        test_one_input,
        custom_mutator=mutate,
        custom_crossover=target.crossed,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
