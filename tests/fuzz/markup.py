"""Moves on tags and attributes, for HTML and for the XML of Word files."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from tests.fuzz import text as plain

_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r'([\w:-]+)=("[^"]*"|[^\s>"]+)')
_USUAL = ("0", "1", "2", "3", "7", "-1", "200", "201", "65534", "99999999", "")
VALUES = (*_USUAL, "999999999999", "x", "1.5", "٣", "restart")


def changed(text: str, chance: random.Random, snippets: Sequence[str], attributes: Sequence[str]) -> str:
    """The markup after one move."""
    tags = list(_TAG.finditer(text))
    move = chance.randrange(9) if tags else 8
    if move == 8:
        return plain.changed(text, chance)
    one = chance.choice(tags)
    if move == 0:
        return text[: one.start()] + text[one.end() :]
    if move == 1:
        other = chance.choice(tags)
        return text[: one.start()] + other.group() + text[one.end() :]
    if move == 2:
        snippet = chance.choice(snippets) * chance.choice((1, 1, 1, 3, 60))
        return text[: one.end()] + snippet + text[one.end() :]
    if move == 3:
        return _with_attribute(text, one, chance, attributes)
    if move == 4:
        return _other_value(text, chance)
    other = chance.choice(tags)
    start, end = sorted((one.start(), other.start()))
    piece = text[start : min(end, start + 3_000)]
    if move == 5:
        return text[:end] + piece + text[end:]
    if move == 6:
        return text[:start] + text[start + len(piece) :]
    third = chance.choice(tags).start()
    return text[:third] + piece + text[third:]


def _with_attribute(text: str, tag: re.Match[str], chance: random.Random, attributes: Sequence[str]) -> str:
    end = tag.end() - 2 if tag.group().endswith("/>") else tag.end() - 1
    return text[:end] + f' {chance.choice(attributes)}="{chance.choice(VALUES)}"' + text[end:]


def _other_value(text: str, chance: random.Random) -> str:
    found = list(_ATTRIBUTE.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start(2)] + f'"{chance.choice(VALUES)}"' + text[one.end(2) :]
