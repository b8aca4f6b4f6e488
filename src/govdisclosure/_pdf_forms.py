"""Whether the drawings within a PDF (form XObjects) call each other so often that drawing a page would never end.

PDFium draws each call anew, and offers no way to stop it. The file's bytes tell: forms are never packed into object
streams, so each stands there with its resources and its content.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from attrs import frozen

from govdisclosure._pdf_streams import number_before

MOST_CALLS = 20_000
"""Calls of forms that a page may come to; a report's letterhead needs one or two."""

ENDLESS_CALLS = 1_000_000
"""Calls above which it need not be tried: they take minutes and memory without bound."""

CONTENT_OF_A_CALL = 100
"""Bytes of a form's content that take as long as another call."""

DEEPEST = 40
"""How deep PDFium follows forms in forms."""

MOST_CONTENT = 8_000_000
"""Bytes of all forms' contents that are looked at."""

MOST_FORMS = 5_000
LONGEST_DICTIONARY = 20_000

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_STREAM = re.compile(rb"stream\r?\n?")
_CALL = re.compile(rb"/([^\s/<>\[\]()]{1,64})\s+Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,64})\s+(\d{1,9})\s+\d{1,5}\s+R")


@frozen
class FormCalls:
    """Calls of forms that calling one form may come to, up to ``ENDLESS_CALLS`` and one; a long form counts as more.

    ``surely`` counts the names whose meaning the file shows; ``perhaps`` takes the others for the worst there is.
    """

    surely: int
    perhaps: int


def form_calls(data: bytes) -> FormCalls:
    """How often the forms in a file call each other."""
    calls: dict[int, list[int | None]] = {}
    weights: dict[int, int] = {}
    budget = MOST_CONTENT
    hidden = False
    for count, match in enumerate(_FORM.finditer(data)):
        if count == MOST_FORMS or budget <= 0:
            hidden = True
            break
        start = data.rfind(b"obj", max(0, match.start() - LONGEST_DICTIONARY), match.start())
        number = number_before(data, start)
        stream = _STREAM.search(data, match.end(), match.end() + LONGEST_DICTIONARY)
        if number is None or stream is None:
            continue
        named = {name: int(target) for name, target in _NAMED.findall(data[start : stream.start()])}
        end = data.find(b"endstream", stream.end(), stream.end() + budget)
        packed = data[stream.end() : end if end >= 0 else stream.end() + budget]
        content = _content(data[start : stream.start()], packed, budget)
        budget -= len(packed) + len(content)
        calls[number] = [named.get(name) for name in _CALL.findall(content)]
        weights[number] = 1 + len(content) // CONTENT_OF_A_CALL
    surely = _count(calls, weights, guess=False)
    return FormCalls(surely, ENDLESS_CALLS if hidden else _count(calls, weights, guess=True))


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


def _count(calls: Mapping[int, list[int | None]], weights: Mapping[int, int], guess: bool) -> int:
    """The most calls that one call of a form leads to. ``guess``: a name of unknown meaning is the worst form's."""
    costs = dict(weights)
    for _ in range(DEEPEST):
        unknown = max(costs.values(), default=0) if guess else 0
        new = {
            number: weights[number] + sum(costs.get(target, 0) if target is not None else unknown for target in targets)
            for number, targets in calls.items()
        }
        if new == costs:
            break
        costs = {number: min(cost, ENDLESS_CALLS + 1) for number, cost in new.items()}
        if max(costs.values()) > ENDLESS_CALLS:
            break
    return max(costs.values(), default=0)
