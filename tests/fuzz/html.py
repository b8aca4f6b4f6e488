"""HTML: tags and attributes are moved, spans made huge, tables nested."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz import markup
from tests.fuzz.invariants import check_source
from tests.fuzz.printing import as_html
from tests.fuzz.text import Havoc, crossed, encoded
from tests.support.printing import print_report
from tests.support.truth import Manner, invent

__all__ = ["LONGEST", "NAME", "crossed", "mutate", "seeds", "test_one_input"]

NAME = "html"
LONGEST = 100_000
ROOT = Path(__file__).parent.parent.parent
ATTRIBUTES = ("rowspan", "colspan", "hidden", "style", "class", "width", "name", "content")
SNIPPETS = (
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<tbody>", "<thead>"),
    *("<p>", "<br>", "<pre>", "</pre>", "<div>", "</div>", "<span>", "<b>", "<ul><li>", "<!--", "-->"),
    *("<td rowspan=65534>", "<td colspan=1000>", "<td rowspan=0>", "<table><tr><td>1</td></tr></table>", "<script>"),
    *("<template>", "<svg>", "<math>", "<select>", "<style>", "<textarea>", "<plaintext>", "<frameset>", "<del>"),
    *('<p style="display:none">', '<meta name="PubDate" content="2022-01-30">', "<title>"),
    *("<caption>", "<col span=9>", "<![CDATA[", "]]>", "&nbsp;", "&#0;", "&#xD800;"),
    *("&lt;", "&", "<ruby>字<rt>zì</rt></ruby>", "<noscript>", "<iframe>", "<h1>", "<hr>", "<form>", "<a href=x>"),
)


def test_one_input(data: bytes) -> None:
    """UTF-8 is passed as ``str``, all else as the bytes of a file; the reader is chosen half of the time."""
    try:
        source: str | bytes = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        source = data
    check_source(source, "html" if len(data) % 2 else None)


def seeds() -> Iterator[tuple[str, bytes]]:
    for path in (ROOT / "tests" / "readers" / "html").iterdir():
        if path.suffix != ".lines":
            yield path.stem, path.read_bytes()
    for number, form in enumerate(("2019", "2021", "2019", "2021")):
        truth = invent(number, Manner(form=form, notes=number > 1, blanks="some" if number > 1 else "none"))
        yield f"page{number}", as_html(truth).encode()
        yield f"markdown{number}", print_report(truth, "markup").encode()


def mutate(data: bytes, most: int, seed: int, havoc: Havoc) -> bytes:
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return havoc(data, most)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = markup.changed(text, chance, SNIPPETS, ATTRIBUTES)
    return encoded(text)[:most]
