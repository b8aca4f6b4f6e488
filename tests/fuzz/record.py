"""``Report.from_dict``: the JSON of a report with values of other kinds, missing and strange ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import govdisclosure as gd
from tests.fuzz.invariants import check_record
from tests.fuzz.text import Havoc
from tests.fuzz.words import WORDS
from tests.support.printing import print_report
from tests.support.report_factory import make_report
from tests.support.truth import Manner, invent

NAME = "record"
LONGEST = 200_000
ROOT = Path(__file__).parent.parent.parent
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2021, 10**30, -(10**400), 1.5, float("nan"), float("inf"), "", " ", "2019", "2021"),
    *(
        "NaN",
        "Infinity",
        "-0",
        "1E+999999",
        "1e-999999",
        "1E+99999999999",
        "0.000000",
        " 1 ",
        "١٢",
        "1_000",
        "sNaN",
        "\ud800",
    ),
    *(
        [],
        {},
        [[]],
        [None],
        {"": None},
        "0001-01-01",
        "20230101",
        "2023-W01-1",
        "9999-12-31",
        "lost",
        "present",
        "inferred",
    ),
    *("requests.received.total", "a.b.c", "error", "warning", "overview", "class", "__init__", "1", "a b", ".", "中"),
    *([0, 0, 1, 1], [1.0, 2.0, float("nan"), True], "invented", 1 << 63),
)


def test_one_input(data: bytes) -> None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        report = gd.Report.from_dict(document)
    except ValueError:
        return
    check_record(report)


def seeds() -> Iterator[tuple[str, bytes]]:
    for path in ROOT.glob("examples/*.json"):
        yield path.stem, path.read_bytes()
    for form in ("2019", "2021"):
        made = make_report(form, cells={"requests.granted.*": "lost"}, doubts={"requests.granted.total": "L001"})
        yield f"made{form}", _written(made.to_dict())
        text = print_report(invent(3, Manner(form=form, notes=True, extra_row=True)), "column_wise")
        yield f"parsed{form}", _written(gd.parse(text).to_dict())


def mutate(data: bytes, most: int, seed: int, havoc: Havoc) -> bytes:
    chance = random.Random(seed)
    if chance.random() < 0.05:
        return havoc(data, most)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return havoc(data, most)
    for _ in range(chance.choice((1, 1, 2, 4))):
        document = _changed(document, chance)
    made = _written(document)
    return made if len(made) <= most else data[:most]


def crossed(first: bytes, second: bytes, most: int, seed: int) -> bytes:
    """The one with some of the other's entries."""
    chance = random.Random(seed)
    try:
        mine, other = json.loads(first), json.loads(second)
    except (ValueError, RecursionError):
        return first[:most]
    if isinstance(mine, dict) and isinstance(other, dict):
        mine.update({key: value for key, value in other.items() if chance.random() < 0.3})
    made = _written(mine)
    return made if len(made) <= most else first[:most]


def _written(document: Any) -> bytes:
    return json.dumps(document).encode()


def _changed(document: Any, chance: random.Random) -> Any:
    """The document with one change somewhere; every depth is as likely as any other."""
    path: list[tuple[Any, Any]] = []
    node = document
    while isinstance(node, dict | list) and node and (not path or chance.random() < 0.8):
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        path.append((node, key))
        node = node[key]
    if not path:
        return deepcopy(chance.choice(STRANGE)) if chance.random() < 0.5 else document
    holder, key = path[-1]
    move = chance.randrange(7)
    if move == 0:
        del holder[key]
    elif move == 1 and isinstance(holder, dict):
        holder[chance.choice((key + "x", chance.choice(WORDS), key.rpartition(".")[0]))] = holder.pop(key)
    elif move == 2 and isinstance(holder, dict):
        holder[key], other = deepcopy(holder[chance.choice(list(holder))]), holder[key]
        if chance.random() < 0.5:
            holder[chance.choice(list(holder))] = other
    elif move == 3 and isinstance(holder, list):
        holder.insert(key, deepcopy(chance.choice(holder)))
    elif move == 4 and isinstance(node, str):
        holder[key] = node + chance.choice(WORDS)
    elif move == 5 and isinstance(node, int) and abs(node) < 10**300:
        holder[key] = chance.choice((node + 1, -node, node * 10**9, str(node), float(node)))
    else:
        holder[key] = deepcopy(chance.choice(STRANGE))
    return document
