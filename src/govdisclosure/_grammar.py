"""The forms' grammars: read off as ``FormDefinition``, and as the paths of the cells that the layout stage found.

The only module that imports lark. A form is fixed: its tokens are the same for every report, and so is their tree. So
a grammar is built, and run over its tokens, once per process, on first use.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from attrs import frozen
from lark import Lark, Token, Tree
from lark.exceptions import LarkError
from lark.grammar import Rule, Terminal
from lark.lexer import Lexer

from govdisclosure._forms import Column, FormDefinition, Kind, Label, Row, SectionForm
from govdisclosure._locks import fork_safe_lock
from govdisclosure.records import Cell

_KINDS: Mapping[str, Kind] = {"_count": "integer", "_signed_count": "signed_integer", "_amount": "decimal"}
_VALUES = "VALUES"
_lock = fork_safe_lock()
_loaded: dict[str, _Grammar] = {}


class _GivenTokens(Lexer):
    """Passes on the tokens of a form."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        return iter(data)


@frozen
class _Grammar:
    definition: FormDefinition
    rows: tuple[tuple[str, ...], ...]
    """The paths of each row's cells, in the order in which the grammar has the rows."""


def definitions() -> tuple[FormDefinition, ...]:
    """Every form known, in the order of their codes."""
    with _lock:
        if not _loaded:
            for file in resources.files("govdisclosure.grammars").iterdir():
                if file.name.startswith("form_") and file.name.endswith(".lark"):
                    _load(file.name[len("form_") : -len(".lark")], file.read_text("utf-8"))
        return tuple(_loaded[code].definition for code in sorted(_loaded))


def register(path: Path) -> FormDefinition:
    """Add the form whose grammar stands in ``path`` (``form_CODE.lark``); it is tried on every later ``parse``."""
    definitions()
    with _lock:
        return _load(path.stem.removeprefix("form_"), path.read_text("utf-8"))


def unregister(code: str) -> None:
    """Forget a form that ``register`` added."""
    with _lock:
        _loaded.pop(code, None)


def assemble(definition: FormDefinition, rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[str, Cell], ...]:
    """Give every cell of the form's rows its path."""
    found: list[tuple[str, Cell]] = []
    for paths, cells in zip(_loaded[definition.code].rows, rows, strict=True):
        found.extend(zip(paths, cells, strict=True))
    return tuple(found)


def _rows_of(tree: Tree[Token], path: str) -> Iterator[str]:
    """The paths of the rows below a tree that stands at ``path``."""
    label = ""
    for child in tree.children:
        if isinstance(child, Tree):
            adds_nothing = child.data in ("row", "values")
            yield from _rows_of(child, path if adds_nothing else _joined(path, str(child.data)))
        elif child.type == _VALUES:
            yield _joined(path, label)
        else:
            label = child.type.lower() if tree.data == "row" else ""


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


# -- reading a grammar off ---------------------------------------------------------------------------------------------


def _load(code: str, text: str) -> FormDefinition:
    common = resources.files("govdisclosure.grammars").joinpath("common.lark").read_text("utf-8")
    try:
        parser = Lark(f"{common}\n{text}", parser="lalr", lexer=_GivenTokens)
    except LarkError as error:
        raise ValueError(f"the grammar of form {code} can't be built: {error}") from error
    definition = _Walk(parser).definition(code)
    tree = parser.parse([Token(terminal, "") for terminal in definition.terminals])
    paths = {row.path: row.cell_paths for row in definition.rows}
    _loaded[code] = _Grammar(definition, tuple(paths[path] for path in _rows_of(tree, "")))
    return definition


class _Walk:
    """Follows the rules of a form's grammar from ``start``; every rule has one expansion, since a form is fixed."""

    def __init__(self, parser: Lark) -> None:
        self.rules: dict[str, Rule] = {rule.origin.name: rule for rule in parser.rules}
        self.labels = {
            str(name): Label(str(name), tuple(_strings(tree)))
            for name, (tree, _priority) in parser.grammar.term_defs
            if tree is not None
        }

    def definition(self, code: str) -> FormDefinition:
        sections = tuple(self._section(symbol.name) for symbol in self.rules["start"].expansion)
        return FormDefinition(code, sections, tuple(self._terminals("start")))

    def _section(self, name: str) -> SectionForm:
        title, *others = self._terminals(name)
        labels = dict.fromkeys(terminal for terminal in others if terminal != _VALUES)
        rows: list[Row] = []
        self._collect(name, () if name.startswith("_") else (name,), [], rows)
        return SectionForm(
            name=self.labels[title].terminal.lower(),
            title=self.labels[title],
            rows=tuple(rows),
            labels=tuple(self.labels[terminal] for terminal in labels),
            groups=_groups(others, rows),
        )

    def _collect(self, name: str, path: tuple[str, ...], columns: list[Column], rows: list[Row]) -> None:
        """Walk a rule; ``columns`` are the column heads seen last, which hold until rows are followed by new ones."""
        heads_end = False
        for symbol in self.rules[name].expansion:
            template = _template(self.rules.get(symbol.name))
            if isinstance(symbol, Terminal):
                continue
            if template in _KINDS:
                if heads_end:
                    columns.clear()
                    heads_end = False
                head = self.labels[next(iter(self._terminals(symbol.name)))]
                columns.append(Column(head.terminal.lower(), _KINDS[template], head))
            elif template == "row":
                label = self.labels[next(iter(self._terminals(symbol.name)))]
                rows.append(Row(".".join((*path, label.terminal.lower())), label, tuple(columns)))
                heads_end = True
            elif template == "values":
                own: list[Column] = []
                self._collect(symbol.name, path, own, rows)
                rows.append(Row(".".join(path), None, tuple(own)))
            else:
                inner = path if symbol.name.startswith("_") else (*path, symbol.name)
                fresh = columns if not self._has_columns(symbol.name) or symbol.name.endswith("_columns") else []
                self._collect(symbol.name, inner, fresh, rows)

    def _has_columns(self, name: str) -> bool:
        return any(
            _template(self.rules.get(symbol.name)) in _KINDS
            or (symbol.name in self.rules and self._has_columns(symbol.name))
            for symbol in self.rules[name].expansion
        )

    def _terminals(self, name: str) -> Iterator[str]:
        for symbol in self.rules[name].expansion:
            if isinstance(symbol, Terminal):
                yield symbol.name
            else:
                yield from self._terminals(symbol.name)


def _groups(terminals: list[str], rows: list[Row]) -> frozenset[str]:
    """The labels that lead to a row's label without column heads in between."""
    labelled = {row.label.terminal for row in rows if row.label is not None}
    heads = {column.head.terminal for row in rows for column in row.columns}
    found: set[str] = set()
    leads_to_row = False
    for terminal in reversed(terminals):
        if terminal in labelled:
            leads_to_row = True
        elif terminal in heads or terminal == _VALUES:
            leads_to_row = leads_to_row and terminal == _VALUES
        elif leads_to_row:
            found.add(terminal)
    return frozenset(found)


def _template(rule: Rule | None) -> str:
    return str(rule.options.template_source or "") if rule is not None else ""


def _strings(tree: Tree[Any]) -> Iterator[str]:
    """The wordings of a terminal in the order they are written, which Lark's own pattern does not keep."""
    for token in tree.scan_values(lambda value: isinstance(value, Token) and value.type == "STRING"):
        yield ast.literal_eval(str(token))
