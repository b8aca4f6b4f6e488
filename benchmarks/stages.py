"""How the time of ``parse`` divides among its stages: each stage's function is wrapped by a clock while it runs.

The stages' names stand here and nowhere else; one that was renamed is told by name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest import mock

from govdisclosure import ParseError, parse

STAGES: dict[str, tuple[str, ...]] = {
    "read": ("_parsing.read",),
    "tell the form": ("_choosing.choose_form",),
    "page furniture": ("_layout.page_furniture",),
    "pieces of text and number": ("_layout.atoms_of",),
    "labels": ("_layout.mark_labels", "_layout.mark_misspelt"),
    "alignment with the form": ("_layout.align",),
    "tables": ("_layout._read_tables", "_layout.cells_of"),
    "sections and prose": ("_layout.units_of", "_layout.read_sections", "_layout.identify"),
    "grammar": ("_grammar.assemble",),
}
"""Each stage and the names under which its functions are called."""

REST = "diagnostics and records"


class Clock:
    """Seconds of processor time by stage; what a stage calls of another stage counts for that one alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    def _note(self) -> None:
        now = time.process_time()
        if self._running:
            stage = self._running[-1]
            self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now

    def wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            with self.running(stage):
                return function(*arguments, **named)

        return timed

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        self._note()
        self._running.append(stage)
        try:
            yield
        finally:
            self._note()
            self._running.pop()


def stage_seconds(source: str | bytes, rounds: int = 10) -> dict[str, float]:
    """The seconds of each stage that was called, in the fastest of several rounds of ``parse``."""
    best: dict[str, float] = {}
    for _round in range(rounds):
        clock = Clock()
        with ExitStack() as patches:
            for stage, names in STAGES.items():
                for name in names:
                    module_name, _, attribute = name.partition(".")
                    module = import_module(f"govdisclosure.{module_name}")
                    if not hasattr(module, attribute):
                        raise AttributeError(f"the stage “{stage}” has no function {name}; mend benchmarks/stages.py")
                    wrapped = clock.wrapped(stage, getattr(module, attribute))
                    patches.enter_context(mock.patch.object(module, attribute, wrapped))
            with clock.running(REST):
                try:
                    parse(source)
                except ParseError:
                    return {}
        if not best or sum(clock.seconds.values()) < sum(best.values()):
            best = clock.seconds
    return {stage: best[stage] for stage in (*STAGES, REST) if stage in best}
