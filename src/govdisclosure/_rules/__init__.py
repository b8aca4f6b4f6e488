"""The catalogue: every rule by its code, one module a family."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from govdisclosure._rule import Rule
from govdisclosure._rules import bodies, form, narrative, prose, tables, years

FAMILIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "T": ("In a table", "表内"),
        "X": ("Across tables and bodies", "表间与上下级"),
        "Y": ("Across years", "跨年"),
        "N": ("Text against table", "文表"),
        "F": ("Form, identity, time", "格式与时间"),
        "P": ("Prose", "文字"),
    }
)

_found = [
    value
    for module in (tables, bodies, years, narrative, form, prose)
    for value in vars(module).values()
    if isinstance(value, Rule)
]
_found.sort(key=lambda rule: (list(FAMILIES).index(rule.family), rule.code))

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _found})
"""Every rule of ``validate`` by its code, in the order they are run in: name, meaning, severity, formula, basis,
examples, since when."""
