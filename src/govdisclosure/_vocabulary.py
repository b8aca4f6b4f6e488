"""The labels of a form, ready to be recognised in fragments: whole, wrapped, glued, renumbered, nearly right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain

from attrs import define, field, frozen

from govdisclosure._characters import label_key, numbering
from govdisclosure._forms import FormDefinition

MAX_PIECES = 40
"""How many pieces one label may be wrapped into (a vertical label has one character a line)."""


@define(slots=True, eq=False)
class _Node:
    next: dict[str, _Node] = field(factory=dict)
    terminals: tuple[str, ...] = ()
    below: set[str] = field(factory=set)


@frozen
class Match:
    """A label found at a fragment: ``pieces`` fragments make it up.

    ``complete``: the whole wording stands there. ``glued``: how many characters of the last piece's key belong to it
    (0: all). ``renumbered``: the numbering is not the form's.
    """

    terminals: tuple[str, ...]
    pieces: int
    length: int
    complete: bool
    glued: int = 0
    renumbered: bool = False


class Vocabulary:
    """Looks up label keys (``label_key``) of one form."""

    def __init__(self, form: FormDefinition) -> None:
        self._root = _Node()
        self.keys: dict[str, tuple[str, ...]] = {}
        """The keys of each label's wordings, the official one first."""
        self.cores: dict[str, str] = {}
        """Each label's official key without its numbering."""
        for terminal, label in form.labels.items():
            keys = tuple(dict.fromkeys(label_key(wording) for wording in label.wordings))
            self.keys[terminal] = keys
            self.cores[terminal] = keys[0].removeprefix(numbering(keys[0]))
            for key in keys:
                self._add(key, terminal)
        for terminal, core in self.cores.items():
            self._add(core, terminal)
        self._whole = {key: self._match_of(key) for key in (*self.cores.values(), *chain(*self.keys.values())) if key}
        """Each wording as a match of its own, and the characters with which longer ones go on."""

    def _match_of(self, key: str) -> tuple[Match, frozenset[str]]:
        node = self._root
        for character in key:
            node = node.next[character]
        return Match(node.terminals, 1, len(key), True), frozenset(node.next)

    def _add(self, key: str, terminal: str) -> None:
        node = self._root
        for character in key:
            node = node.next.setdefault(character, _Node())
            node.below.add(terminal)
        if terminal not in node.terminals:
            node.terminals = (*node.terminals, terminal)

    def is_label(self, text: str) -> bool:
        """Whether a text is a whole label, its numbering aside."""
        key = label_key(text)
        return any(self.continuation("", k) for k in (key, key.removeprefix(numbering(key))) if k)

    def has_piece(self, text: str) -> bool:
        """Whether a text is a piece of some label, its numbering aside."""
        key = label_key(text)
        core = key.removeprefix(numbering(key))
        return any(key in known or core in known for keys in self.keys.values() for known in keys)

    def continuation(self, prefix: str, key: str) -> tuple[str, ...] | None:
        """The labels that ``prefix`` and ``key`` together spell: empty if only the beginning of some, ``None`` if none."""
        node = self._root
        for character in prefix + key:
            following = node.next.get(character)
            if following is None:
                return None
            node = following
        return node.terminals

    def is_wording(self, key: str) -> bool:
        """Whether a key is a label's, to the letter."""
        return key in self._whole

    def beginning_with(self, key: str) -> frozenset[str]:
        """The labels that begin with a key."""
        node: _Node | None = self._root
        for character in key:
            node = node.next.get(character) if node is not None else None
        return frozenset(node.below) if node is not None else frozenset()

    def match(self, keys: Sequence[str], start: int) -> Match | None:
        """The longest label that begins at ``keys[start]``; an incomplete one if none is complete."""
        own = self._walk(keys, start, keys[start])
        if own is not None and (own.complete or own.length > 3):
            return own
        number = numbering(keys[start])
        plain = number.strip("()")
        if plain != number and plain.isascii() and plain.isdigit():
            same = self._walk(keys, start, plain + keys[start][len(number) :])
            if same is not None and same.complete and not same.glued:
                return Match(same.terminals, same.pieces, same.length, True, renumbered=True)
        if number:
            bare = self._walk(keys, start, keys[start][len(number) :])
            if bare is not None and bare.complete and not bare.glued and bare.length >= 4:
                return Match(bare.terminals, bare.pieces, bare.length, True, renumbered=True)
        return own

    def _walk(self, keys: Sequence[str], start: int, first: str) -> Match | None:
        whole = self._whole.get(first)
        if whole is not None:
            match, longer = whole
            after = keys[start + 1] if start + 1 < len(keys) else ""
            if not longer or (after and after[0] not in longer):
                return match
        node = self._root
        best: Match | None = None
        length = last = glued_length = 0
        terminals: tuple[str, ...] = ()
        for pieces in range(1, min(MAX_PIECES, len(keys) - start) + 1):
            key = first if pieces == 1 else keys[start + pieces - 1]
            if not key:
                continue
            glued = 0
            for at, character in enumerate(key):
                following = node.next.get(character)
                if following is None:
                    if best is None and glued:
                        return Match(terminals, pieces, glued_length, True, glued=glued)
                    return best or (_incomplete(node, last, length) if at == 0 else None)
                node = following
                length += 1
                if node.terminals and at + 1 < len(key) and length >= 2:
                    glued, glued_length, terminals = at + 1, length, node.terminals
            last = pieces
            if node.terminals:
                best = Match(node.terminals, pieces, length, True)
            if not node.next:
                return best
        return best or _incomplete(node, last, length)


def _incomplete(node: _Node, pieces: int, length: int) -> Match | None:
    return Match(tuple(sorted(node.below)), pieces, length, False) if pieces > 0 else None


@cache
def vocabulary(form: FormDefinition) -> Vocabulary:
    return Vocabulary(form)


def differs_by_one(first: str, second: str) -> bool:
    """Whether at most one character changed, added or left out turns the one into the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    at = 0
    while at < min(len(first), len(second)) and first[at] == second[at]:
        at += 1
    return first[at + 1 :] == second[at + 1 :] or first[at:] == second[at + 1 :] or first[at + 1 :] == second[at:]
