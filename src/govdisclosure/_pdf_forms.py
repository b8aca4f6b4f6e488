"""Whether the drawings within a PDF (form XObjects) call each other so often that drawing a page would never end.

PDFium draws each call anew, and offers no way to stop it. The file's bytes tell: forms are never packed into object
streams, so each stands there with its resources and its content.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

MOST_CALLS = 20_000
"""Calls of forms that a page may come to; a report's letterhead needs one or two."""

DEEPEST = 40
"""How deep PDFium follows forms in forms."""

MOST_CONTENT = 8_000_000
"""Bytes of all forms' contents that are looked at."""

MOST_FORMS = 5_000
LONGEST_DICTIONARY = 20_000

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n?")
_CALL = re.compile(rb"/([^\s/<>\[\]()]{1,64})\s+Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,64})\s+(\d{1,9})\s+\d{1,5}\s+R")


def forms_may_multiply(data: bytes) -> bool:
    """Whether following the forms could take very long. Where the file hides what a name stands for: yes, if any
    reading of the names would."""
    if _FORM.search(data) is None:
        return False
    calls: dict[int, list[int | None]] = {}
    budget = MOST_CONTENT
    for count, match in enumerate(_FORM.finditer(data)):
        if count == MOST_FORMS or budget <= 0:
            return True
        start = data.rfind(b"obj", max(0, match.start() - LONGEST_DICTIONARY), match.start())
        number = _number_before(data, start)
        stream = _STREAM.search(data, match.end(), match.end() + LONGEST_DICTIONARY)
        if number is None or stream is None:
            continue
        named = {name: int(target) for name, target in _NAMED.findall(data[start : stream.start()])}
        end = data.find(b"endstream", stream.end(), stream.end() + budget)
        packed = data[stream.end() : end if end >= 0 else stream.end() + budget]
        content = _content(data[start : stream.start()], packed, budget)
        budget -= len(packed) + len(content)
        calls[number] = [named.get(name) for name in _CALL.findall(content)]
    return _count(calls) > MOST_CALLS


def _number_before(data: bytes, place: int) -> int | None:
    found = _OBJECT.search(data, max(0, place - 24), place + 3)
    return int(found.group(1)) if found is not None else None


def _content(dictionary: bytes, data: bytes, most: int) -> bytes:
    """The content of a stream; one packed in another way than usual may call anything, which `/? Do` stands for."""
    if b"/Filter" not in dictionary:
        return data
    if dictionary.count(b"Decode") != 1 or b"/FlateDecode" not in dictionary:
        return b"/? Do /? Do"
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""


def _count(calls: Mapping[int, list[int | None]]) -> int:
    """The most calls that one call of a form leads to. A name of unknown meaning is taken for the worst form."""
    costs = dict.fromkeys(calls, 1)
    for _ in range(DEEPEST):
        worst = max(costs.values())
        new = {
            number: 1 + sum(costs.get(target, 0) if target is not None else worst for target in targets)
            for number, targets in calls.items()
        }
        if new == costs:
            break
        costs = {number: min(cost, MOST_CALLS + 1) for number, cost in new.items()}
        if max(costs.values()) > MOST_CALLS:
            break
    return max(costs.values(), default=0)
