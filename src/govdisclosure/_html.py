"""HTML as agencies' sites, Word and WPS write it. The only module that imports selectolax."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govdisclosure import _limits as limits
from govdisclosure._flow import Flow, collapse_blanks
from govdisclosure._marked_text import raised, struck
from govdisclosure._publication import find_publication
from govdisclosure._source import Document

_SKIPPED = frozenset(
    ["head", "script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "object", "select"],
).union(["option", "button", "textarea", "svg", "map", "video", "audio", "canvas", "del", "-comment", "!doctype"])
_BLOCKS = frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt"],
).union(
    ["fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend"],
    ["li", "main", "ol", "p", "pre", "section", "summary", "ul"],
)
_CONTAINERS = frozenset([*_BLOCKS, "table", "tr", "td", "th"])
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_WORDS = ("display", "Display", "DISPLAY", "mso-hide", "visibility", " hidden")
_MARKED = {"sup": raised, "s": struck, "strike": struck}
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_MAY_BE_MARKED = re.compile(rf"<(?:sup|s|strike)\b|line-through|{_RAISED_STYLE.pattern}", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_CLOSED_BY_OTHERS = frozenset(
    ["p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup", "rt", "rp", "html"],
).union(["area", "base", "body", "br", "col", "embed", "head", "hr", "img", "input", "link", "meta", "source", "wbr"])
LONGEST_TITLE = 300
FEW_TAGS = 20_000
"""Tags below which no nesting of theirs takes long."""

_FORMULA = re.compile(r"(</?)math\b", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_SITE_NAME = re.compile(r"\s*[-_|–—]+[^-_|–—]*(?:网站?|门户|平台|政府|首页)\s*$")


def read_html(text: str, segment_text: Callable[[str], Document], *, keeps_lines: bool = False) -> Document:
    """The lines of a page, with what its metadata say of the publication.

    ``keeps_lines``: the text is Markdown with tables in HTML, whose line ends outside of the tables are to be kept.
    """
    _check_nesting(text)
    text = _FORMULA.sub(r"\1span", text)  # in <math> rows and cells stand without a table, and it may never be closed
    root = LexborHTMLParser(text).root
    if root is None:
        return Document([])
    may_hide = any(word in text for word in _HIDING_WORDS)
    may_be_marked = _MAY_BE_MARKED.search(text) is not None
    document = _walk(root, may_hide, may_be_marked, keeps_lines).document(segment_text)
    if may_hide and not any(line.ruled for line in document.lines):
        # A page that shows its report by script alone: what is hidden is what was asked for.
        document = _walk(root, False, may_be_marked, keeps_lines).document(segment_text)
        document.notes.append(("hidden", "the page hides its tables until a script shows them; they were read"))
    named, title = _head(root)
    document.published, document.publisher = find_publication(named, document.lines)
    document.title = title
    return document


def _check_nesting(text: str) -> None:
    """Refuse a page whose tags nest so deep that parsing it takes time in proportion to the square of its length."""
    tags = text.count("<")
    if tags < FEW_TAGS:
        return
    if tags > limits.MAXIMUM_MARKUP_TAGS:
        raise limits.exceeded("MAXIMUM_MARKUP_TAGS", f"The page has {tags:,} tags.")
    open_tags: Counter[str] = Counter()
    depth = deepest = cost = 0
    for match in _TAG.finditer(text):
        closing, name = match.group(1), match.group(2).lower()
        if closing:
            if open_tags[name]:
                open_tags[name] -= 1
                depth -= 1
        elif name not in _CLOSED_BY_OTHERS:
            open_tags[name] += 1
            depth += 1
        cost += depth
        deepest = max(deepest, depth)
    if cost > limits.MAXIMUM_NESTING:
        raise limits.exceeded("MAXIMUM_NESTING", f"The page leaves up to {deepest:,} tags open one in another.")


def _walk(root: LexborNode, may_hide: bool, may_be_marked: bool, keeps_lines: bool) -> Flow:
    """One pass in document order, linear and without recursion. Elements nested otherwise than HTML has it don't occur:
    the parser has put every row in a table and every cell in a row."""
    flow = Flow(collapse_blanks)
    node: LexborNode | None = root
    verbatim = 0  # how many <pre> are open
    depth = 0  # how many tables are open
    marked: list[tuple[int, Callable[[str], str]]] = []  # the open elements whose text is raised or struck out
    while node is not None:
        tag = node.tag
        descends = False
        if tag == "-text":
            text = node.text_content or ""
            if marked:
                text = marked[-1][1](text)
            if verbatim or (keeps_lines and not depth):
                _add_lines(flow, text)
            else:
                flow.text(text)
        elif tag == "br":
            flow.end_paragraph()
        elif tag is None or tag in _SKIPPED or (may_hide and _is_hidden(node)):
            pass
        else:
            descends = True
            if tag in _CONTAINERS:
                if tag == "td" or tag == "th":
                    attributes = node.attributes
                    if attributes:
                        flow.begin_cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan"), 0))
                    else:
                        flow.begin_cell(1, 1)
                elif tag == "tr":
                    flow.begin_row()
                elif tag == "table":
                    flow.begin_table()
                    depth += 1
                else:
                    flow.end_paragraph()
                    verbatim += tag == "pre"
        following = node.first_child if descends else None
        if may_be_marked and following is not None and (change := _change_of(node)) is not None:
            marked.append((node.mem_id, change))
        if following is None and descends:
            depth, verbatim = _leave(flow, tag, depth, verbatim)
        while following is None:
            following = node.next
            if following is not None:
                break
            node = node.parent
            if node is None:
                break
            if marked and marked[-1][0] == node.mem_id:
                marked.pop()
            depth, verbatim = _leave(flow, node.tag, depth, verbatim)
        node = following
    return flow


def _leave(flow: Flow, tag: str | None, depth: int, verbatim: int) -> tuple[int, int]:
    if tag not in _CONTAINERS:
        return depth, verbatim
    if tag == "td" or tag == "th":
        flow.end_cell()
    elif tag == "tr":
        flow.end_row()
    elif tag == "table":
        flow.end_table()
        depth -= 1
    else:
        flow.end_paragraph()
        verbatim -= tag == "pre"
    return depth, verbatim


def _add_lines(flow: Flow, text: str) -> None:
    first, *others = _LINE_END.split(text)
    flow.text(first)
    for line in others:
        flow.end_line()
        flow.text(line)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None)


def _change_of(node: LexborNode) -> Callable[[str], str] | None:
    """What becomes of an element's text if the page shows it raised or struck out."""
    if node.tag in _MARKED:
        return _MARKED[node.tag]
    style = node.attributes.get("style") or ""
    if _STRUCK_STYLE.search(style):
        return struck
    return raised if _RAISED_STYLE.search(style) else None


def _span(written: str | None, least: int = 1) -> int:
    """A colspan or rowspan as browsers read it: leading digits, else 1."""
    match = _SPAN.match(written) if written else None
    return max(int(match.group(1)), least) if match else 1


def _head(root: LexborNode) -> tuple[dict[str, str], str | None]:
    """What the page's head names: its meta elements by lower-case name, and the report's title."""
    named: dict[str, str] = {}
    for node in root.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        if name and attributes.get("content"):
            named.setdefault(name.strip().lower(), (attributes["content"] or "").strip())
    title = named.get("articletitle")
    if not title:
        element = root.css_first("title")
        title = collapse_blanks(element.text()) if element is not None else ""
        title = _SITE_NAME.sub("", title) if len(title) < LONGEST_TITLE else title[:LONGEST_TITLE]
    return named, title or None
