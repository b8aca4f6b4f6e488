"""Plain text: lines, labels, numbers, separators and blanks are moved and changed, and bytes now and then."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fuzz.invariants import check_source
from tests.fuzz.words import BLANKS, LABELS, NUMBERS, SEPARATORS, WORDS
from tests.support.layouts import LAYOUTS
from tests.support.printing import Surroundings, print_report
from tests.support.truth import BLANKS as WAYS_OF_BLANKS
from tests.support.truth import Manner, invent

NAME = "text"
LONGEST = 40_000
ROOT = Path(__file__).parent.parent.parent
Havoc = Callable[[bytes, int], bytes]

_NUMBER = re.compile(r"\d[\d.,]*")
_GAP = re.compile(r"[ \t|│]+")


def test_one_input(data: bytes) -> None:
    """UTF-8, also of lone surrogates, is passed as ``str``; all else as the bytes of a file."""
    try:
        source: str | bytes = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        source = data
    check_source(source, "text")


def seeds() -> Iterator[tuple[str, bytes]]:
    folders = ("examples", "tests/cases/repaired", "tests/cases/untouched")
    for path in [path for folder in folders for path in sorted((ROOT / folder).glob("*.txt"))]:
        yield f"{path.parent.name}-{path.stem}", path.read_bytes()
    for number, layout in enumerate(LAYOUTS):
        manner = Manner(
            form=("2019", "2021")[number % 2],
            scale=(9, 3_000, 90_000_000)[number % 3],
            blanks=WAYS_OF_BLANKS[number % len(WAYS_OF_BLANKS)],
            placeholders=number % 4 == 0,
            notes=number % 5 == 0,
            variants=number % 3 == 0,
        )
        around = Surroundings(chrome=number % 4 == 1, contents=number % 5 == 2, pages=number % 2 == 0, seed=number)
        yield layout, print_report(invent(number, manner), layout, around=around).encode()
    text = print_report(invent(1, Manner()), "tabs_empty")
    yield "gb18030", text.encode("gb18030")
    yield "utf16", text.encode("utf-16")
    yield "mojibake", text.encode().decode("gb18030", "replace").encode()


def mutate(data: bytes, most: int, seed: int, havoc: Havoc) -> bytes:
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return havoc(data, most)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = changed(text, chance)
    if chance.random() < 0.1:
        text = _havoc_within(text, chance, havoc)
    return encoded(text)[:most]


def crossed(first: bytes, second: bytes, most: int, seed: int) -> bytes:
    """Lines of the one, then lines of the other."""
    chance = random.Random(seed)
    head, tail = first.splitlines(keepends=True), second.splitlines(keepends=True)
    return b"".join([*head[: chance.randint(0, len(head))], *tail[chance.randint(0, len(tail)) :]])[:most]


def encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def changed(text: str, chance: random.Random) -> str:
    """The text after one move."""
    return chance.choice(MOVES)(text, chance)


def _havoc_within(text: str, chance: random.Random, havoc: Havoc) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.choice((4, 20, 200)))
    made = havoc(encoded(text[start:end]) or b" ", 400).decode("utf-8", "surrogateescape")
    return text[:start] + made + text[end:]


def _lines(text: str, chance: random.Random) -> str:
    """Lines left out, doubled, moved, swapped, turned round."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    end = min(len(lines), start + chance.choice((1, 1, 1, 2, 5, 30)))
    block = lines[start:end]
    move = chance.randrange(6)
    if move == 0:
        lines[start:end] = []
    elif move == 1:
        lines[end:end] = block * chance.choice((1, 1, 1, 3, 40))
    elif move == 2:
        lines[start:end] = []
        at = chance.randint(0, len(lines))
        lines[at:at] = block
    elif move == 3:
        lines[start:end] = block[::-1]
    elif move == 4:
        lines[start:end] = [chance.choice(SEPARATORS).join(block)]
    else:
        lines = lines[:end] if chance.random() < 0.5 else lines[start:]
    return "\n".join(lines)


def _numbers(text: str, chance: random.Random) -> str:
    """A number changed, left out, doubled, put elsewhere; or all that are the same."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return _insert(text, chance)
    one = chance.choice(found)
    new = chance.choice((chance.choice(NUMBERS), chance.choice(BLANKS), chance.choice(found).group(), one.group() * 2))
    if chance.random() < 0.05:
        return text.replace(one.group(), new) if len(one.group()) > 2 else _NUMBER.sub(lambda _found: new, text)
    return text[: one.start()] + new + text[one.end() :]


def _labels(text: str, chance: random.Random) -> str:
    """A label torn, glued, exchanged or written upright."""
    present = [label for label in chance.sample(LABELS, min(30, len(LABELS))) if label in text]
    if not present:
        return _insert(text, chance)
    label = chance.choice(present)
    at = chance.randint(0, len(label))
    new = chance.choice(
        (
            label[:at] + chance.choice(SEPARATORS) + label[at:],
            chance.choice(LABELS),
            "\n".join(label),
            label[:at],
            label[at:],
            label + chance.choice(LABELS),
            chance.choice(NUMBERS) + label,
            label * chance.choice((2, 50)),
        )
    )
    return text.replace(label, new, chance.choice((1, 1, -1)))


def _separators(text: str, chance: random.Random) -> str:
    """The gaps of some lines, or of all, replaced."""
    new = chance.choice(SEPARATORS)
    if chance.random() < 0.1:
        return text.replace(chance.choice(SEPARATORS), new)
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    end = start + chance.choice((1, 1, 5, 40))
    lines[start:end] = [_GAP.sub(lambda _found: new, line) for line in lines[start:end]]
    return "\n".join(lines)


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    words = [chance.choice(WORDS) for _ in range(chance.choice((1, 1, 2, 8)))]
    return text[:at] + chance.choice(SEPARATORS).join(words) + text[at:]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + text[start + chance.choice((1, 2, 5, 40, 400)) :]


def _copied(text: str, chance: random.Random) -> str:
    start, at = chance.randint(0, len(text)), chance.randint(0, len(text))
    piece = text[start : start + chance.choice((1, 5, 40, 400))]
    return text[:at] + piece + text[at:]


MOVES = (_lines, _lines, _numbers, _numbers, _labels, _separators, _insert, _cut, _copied)
