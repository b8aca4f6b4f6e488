"""The document as one sequence of atoms (values, blanks, texts) with the form's labels marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex
from attrs import define, field, frozen

from govdisclosure._characters import fold, has_han, label_key, numbering
from govdisclosure._source import Fragment, Line
from govdisclosure._values import Reading, read_value
from govdisclosure._vocabulary import Vocabulary, differs_by_one

MAX_LABEL_LENGTH = 70
"""A fragment of more characters is prose."""

_GLUED_VALUE = regex.compile(r"(.*\D)(\d[\d.,]*)")
_NOT_A_LABEL = "\0"


@define(slots=True, eq=False)
class Atom:
    """A fragment with what it is: ``reading`` for a value, ``blank`` for an empty ruled cell, else text."""

    fragment: Fragment
    line: int
    reading: Reading | None = None
    blank: bool = False
    key: str = _NOT_A_LABEL
    note: str = ""
    labelled: bool = False

    @property
    def is_value(self) -> bool:
        return self.reading is not None

    @property
    def is_text(self) -> bool:
        return self.reading is None and not self.blank


@frozen(eq=False)
class Mark:
    """A label of the form found in the atoms from ``start`` up to ``end`` (exclusive)."""

    start: int
    end: int
    terminals: tuple[str, ...]
    complete: bool
    pieces: int = 1
    renumbered: bool = False
    misspelt: bool = False


@define(slots=True, eq=False)
class Atoms:
    """The atoms of a document and the marks in them, both in the order of the document."""

    items: list[Atom]
    marks: list[Mark] = field(factory=list)


def atoms_of(lines: Sequence[Line], skipped: frozenset[int]) -> list[Atom]:
    """Flatten lines into atoms; ``skipped`` holds the indexes of lines that are page furniture."""
    found: list[Atom] = []
    for index, line in enumerate(lines):
        if index in skipped:
            continue
        for fragment in line.fragments:
            if not fragment.text:
                found.append(Atom(fragment, index, blank=True))
                continue
            reading = read_value(fragment.text)
            if reading is None and len(fragment.text) <= MAX_LABEL_LENGTH:
                split = _split_glued(fragment)
                if split is not None:
                    label, value = split
                    found.append(Atom(label, index, key=label_key(label.text)))
                    found.append(Atom(value, index, read_value(value.text), key=label_key(value.text)))
                    continue
                found.append(Atom(fragment, index, key=label_key(fragment.text) or _NOT_A_LABEL))
            elif reading is None:
                found.append(Atom(fragment, index))
            else:
                found.append(Atom(fragment, index, reading, key=label_key(fragment.text) or _NOT_A_LABEL))
    return _with_notes(found)


def _split_glued(fragment: Fragment) -> tuple[Fragment, Fragment] | None:
    """``规章0``: a label of the form and the first value run together. The label is checked by whoever looks it up."""
    text = fragment.text
    if not text[-1].isdigit() or not has_han(text) or len(text) < 3 or text[0].isdigit() and "年" in text:
        return None
    match = _GLUED_VALUE.fullmatch(text)
    if match is None or not (has_han(match[1][-1]) or match[1][-1] in ")）”\""):
        return None
    at = len(match[1])
    return (
        Fragment(match[1], fragment.line, fragment.column, fragment.width, fragment.box),
        Fragment(match[2], fragment.line, fragment.column + at, fragment.width, fragment.box),
    )


def _with_notes(atoms: list[Atom]) -> list[Atom]:
    """Attach a note in brackets, however many fragments it was broken into, to the value before it."""
    kept: list[Atom] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        if atom.is_text and kept and kept[-1].is_value and fold(atom.fragment.text[:1]) == "(" and "其中" in _ahead(atoms, index):
            end = index
            while end < min(len(atoms), index + 12) and not fold(atoms[end].fragment.text).endswith(")"):
                end += 1
            if end < len(atoms) and fold(atoms[end].fragment.text).endswith(")"):
                kept[-1].note = "".join(atoms[at].fragment.text for at in range(index, end + 1))
                index = end + 1
                continue
        kept.append(atom)
        index += 1
    return kept


def _ahead(atoms: list[Atom], index: int) -> str:
    return "".join(atom.fragment.text for atom in atoms[index : index + 4])


def mark_labels(atoms: list[Atom], vocabulary: Vocabulary) -> Atoms:
    """Find the form's labels: whole ones, ones in pieces, ones interleaved with others."""
    solid = [index for index, atom in enumerate(atoms) if not atom.blank]
    keys = [atoms[index].key for index in solid]
    marks: list[Mark] = []
    open_rests: list[str] = []
    at = 0
    while at < len(solid):
        atom = atoms[solid[at]]
        if atom.is_value or atom.key == _NOT_A_LABEL:
            at += 1
            continue
        continued = _continue(open_rests, atom.key)
        match = vocabulary.match(keys, at)
        if continued and (match is None or not match.complete or match.length < 4):
            atom.labelled = True
            at += 1
            continue
        if match is None or (not match.complete and match.length < 2 and not match.rests):
            at += 1
            continue
        pieces = range(at, at + match.pieces)
        if match.glued and not _may_be_glued(atoms[solid[pieces[-1]]], match.glued):
            at += 1
            continue
        for piece in pieces:
            atoms[solid[piece]].labelled = True
        marks.append(
            Mark(
                start=solid[at],
                end=solid[pieces[-1]] + 1,
                terminals=match.terminals,
                complete=match.complete,
                pieces=match.pieces,
                renumbered=match.renumbered,
            )
        )
        if not match.complete:
            open_rests = [*match.rests, *open_rests][:60]
        at += match.pieces
    return Atoms(atoms, marks)


def _may_be_glued(atom: Atom, glued: int) -> bool:
    """Whether the label may end inside a fragment: what follows it must not be a sentence."""
    return len(atom.key) - glued <= 20


def _continue(open_rests: list[str], key: str) -> bool:
    """Whether a fragment goes on with a label that was left incomplete; what it adds is taken off."""
    for at, rest in enumerate(open_rests):
        if rest.startswith(key):
            if len(rest) == len(key):
                open_rests.pop(at)
            else:
                open_rests[at] = rest[len(key) :]
            return True
    return False


def mark_misspelt(atoms: Atoms, vocabulary: Vocabulary, terminals: Iterable[str], start: int, end: int) -> list[Mark]:
    """Labels that are missing between two places and stand there with one character wrong. Long labels only."""
    found: list[Mark] = []
    wanted = [(t, key) for t in terminals for key in (vocabulary.keys[t][0], vocabulary.cores[t]) if len(key) >= 6]
    if not wanted:
        return found
    for index in range(start, end):
        atom = atoms.items[index]
        if not atom.is_text or atom.labelled or atom.key == _NOT_A_LABEL or len(atom.key) < 5:
            continue
        bare = atom.key.removeprefix(numbering(atom.key))
        for terminal, key in wanted:
            if differs_by_one(atom.key, key) or differs_by_one(bare, key):
                atom.labelled = True
                found.append(Mark(index, index + 1, (terminal,), True, misspelt=True))
                break
    return found
