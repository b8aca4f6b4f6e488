"""Prints a truth as a report's text: in a layout, with what surrounds reports on pages and in files."""

from __future__ import annotations

import random
from collections.abc import Iterator

import attrs

from tests.support.geometry import wrap
from tests.support.grids import Looks, table_sections, tables
from tests.support.layouts import LAYOUTS, Layout
from tests.support.truth import Truth, form

LOOKS = (
    Looks(),
    Looks(brackets="()"),
    Looks(number="{}、"),
    Looks(number="{}．", gap=" "),
    Looks(number="{}. ", quotes='""'),
    Looks(brackets="()", quotes=""),
    Looks(number="①"),
    Looks(number="（{}）", quotes="「」"),
    Looks(number="{}) ", quotes="''"),
)


@attrs.frozen
class Mirror:
    """Columns of a table that stand in reverse order, with their heads: from the first up to the last, exclusive."""

    table: str
    first: int
    end: int


@attrs.frozen
class Surroundings:
    """What stands around and within a report besides its text."""

    chrome: bool = False  #: a site's navigation before and after
    contents: bool = False  #: a page of contents
    pages: bool = False  #: page marks and running heads, within the tables too (layouts of pages only)
    repeated_title: bool = False  #: the title once more above the report
    seed: int = 0


def print_report(
    truth: Truth,
    layout: str | Layout = "tabs_empty",
    looks: Looks | None = None,
    around: Surroundings | None = None,
    mirror: Mirror | None = None,
) -> str:
    """The text of a report; the same for the same arguments."""
    chosen = LAYOUTS[layout] if isinstance(layout, str) else layout
    around = around or Surroundings()
    chance = random.Random(around.seed)
    body = [line for block in _blocks(truth, chosen, looks or Looks(), chance, mirror) for line in block]
    lines = [truth.title, ""]
    if around.repeated_title:
        lines = [truth.title, "", *lines]
    if around.contents:
        lines.extend(_contents(truth, chance))
    lines.extend(body)
    if around.pages and chosen.paged:
        lines = list(_paged(lines, truth, chance))
    if around.chrome:
        lines = [*_before(truth), *lines, *_after(truth)]
    if chosen.one_line:
        return " ".join(" ".join(lines).split())
    return "\n".join(lines) + "\n"


def keeps_everything(truth: Truth, layout: str) -> bool:
    """Whether a careful reader could read every cell of the truth from that layout."""
    chosen = LAYOUTS[layout]
    return not chosen.torn and (chosen.keeps_blanks or not truth.has_blanks)


def _blocks(
    truth: Truth, layout: Layout, looks: Looks, chance: random.Random, mirror: Mirror | None
) -> Iterator[list[str]]:
    grids = tables(truth, looks)
    if mirror is not None:
        grids[mirror.table] = grids[mirror.table].mirrored(mirror.first, mirror.end)
    by_title = {title: name for name, title in table_sections(truth.form).items()}
    heading = chance.choice(("**{}**", "## {}", "{}", "### {}")) if layout.markdown else "{}"
    indent = chance.choice(("", "", "　　", "    "))
    apart = layout.markdown or chance.random() < 0.4
    gap = [""] if apart else []
    for section in form(truth.form).sections:
        title = section.title.terminal
        yield [heading.format(looks.label(truth.wording(title))), *gap]
        if title in by_title:
            yield [line for row in layout.render(grids[by_title[title]], chance) for line in row.split("\n")]
            yield [""] if apart or layout.markdown else []
        for kind, paragraph in truth.narrative.get(section.name, ()):
            if layout.markdown and kind == "h":
                yield [heading.format(paragraph), *gap]
            elif layout.wraps:
                yield [*_wrapped(paragraph, chance), *gap]
            else:
                yield [indent + paragraph, *gap]


def _wrapped(paragraph: str, chance: random.Random) -> list[str]:
    first, *rest = wrap("　　" + paragraph, 76) or [""]
    return [("    " if chance.random() < 0.5 else "") + first.strip(), *rest]


# -- what surrounds a report -------------------------------------------------------------------------------------------


def _contents(truth: Truth, chance: random.Random) -> list[str]:
    titles = [truth.wording(section.title.terminal) for section in form(truth.form).sections]
    dots = chance.choice(("." * 40, "…" * 12, " ", "\t"))
    return ["目 录", *(f"{title}{dots}{number + 1}" for number, title in enumerate(titles)), ""]


def _paged(lines: list[str], truth: Truth, chance: random.Random) -> Iterator[str]:
    """Break the text into pages, wherever the page happens to be full."""
    mark = chance.choice(("- {} -", "— {} —", "-{}-", "第 {} 页 共 9 页", "第{}页", "{}"))
    head = chance.choice(("", f"{truth.agency}政府信息公开工作年度报告（{truth.year}年）"))
    if mark == "{}" and not head:
        mark = "- {} -"  # a bare number can only be told by the running head beside it
    size = chance.choice((28, 36, 44))
    for number, line in enumerate(lines):
        if number and number % size == 0:
            page = mark.format(number // size)
            yield from ("", " " * 20 + page, "\f" + head) if chance.random() < 0.7 else (page, *filter(None, (head,)))
        yield line


def _before(truth: Truth) -> list[str]:
    return [
        "网站首页 | 机构设置 | 公开指南 | 公开目录 | 年度报告",
        "当前位置：首页 > 政府信息公开 > 年度报告",
        truth.title,
        f"发布时间：{truth.year + 1}-01-22 09:14  来源：{truth.agency}  浏览次数：{truth.year % 97}",
        "",
    ]


def _after(truth: Truth) -> list[str]:
    return [
        "",
        "分享到：  打印本页  关闭窗口",
        "上一篇：没有了",
        f"版权所有：{truth.agency}  网站标识码：4300{truth.year}01",
    ]
