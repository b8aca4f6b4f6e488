"""The catalogue of what ``parse`` can say about a source (family L), and the notebook it is said in."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from govdisclosure.records import Diagnostic, Severity, Span


@frozen
class Code:
    """A kind of diagnostic: its name, usual severity, what it means and what to do about it."""

    code: str
    name: str
    severity: Severity
    meaning: str
    advice: str


_I, _W, _E = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code("L101", "wrapped-label", _I, "A label was put together from pieces on several lines or in several cells.",
             "Nothing: the pieces spell the form's wording."),
        Code("L102", "renumbered-label", _I, "A label carries a numbering other than the form's, or none.",
             "Nothing: its words are the form's."),
        Code("L103", "misspelt-label", _I, "A long label is one character off the form's wording and was taken for it.",
             "Look at the row if the character matters."),
        Code("L104", "folded-characters", _I, "Digits in another guise (full-width, the letters O and l) were read as digits.",
             "Nothing: the row adds up with them."),
        Code("L105", "furniture", _I, "Page numbers, running heads or footers were left out.",
             "Nothing, unless a line named there is part of the report."),
        Code("L106", "merged-columns", _I, "A merged cell was printed once for each column it covers and was read once.",
             "Nothing."),
        Code("L107", "reordered-values", _I, "Numbers that stood apart from their labels were given back in the form's order.",
             "Nothing: every row concerned adds up."),
        Code("L108", "row-out-of-order", _I, "A row stands elsewhere than the form has it and was found by its label.",
             "Nothing."),
        Code("L109", "repeated-row", _I, "A row or table stands in the document more than once, with the same values.",
             "Nothing."),
        Code("L110", "extra-row", _I, "The table has a row that the form does not have; it is kept in `extra_rows`.",
             "Nothing: the form's own rows are not moved by it."),
        Code("L111", "annotated-value", _I, "A cell holds a note beside its number; the note is in the cell's raw text.",
             "Read the note where it matters."),
        Code("L112", "columns-by-position", _I, "Empty cells left no trace in the text; the places of the numbers in the line tell their columns.",
             "Nothing: the places fit one reading only."),
        Code("L113", "re-encoded", _I, "The text had been decoded with the wrong character set and was restored without loss.",
             "Nothing."),
        Code("L114", "unit-in-cell", _I, "A cell prints the unit that the form prescribes.", "Nothing."),
        Code("L115", "heading-variant", _I, "A section's heading differs from the form's in numbering or wording, or shares a line with text.",
             "Nothing: the section's place tells which it is."),
        Code("L116", "hidden-content", _I, "The page hides its tables until a script shows them; they were read.",
             "Nothing."),
        Code("L117", "damaged-bytes", _W, "Some bytes of the text can't be decoded in its own character set.",
             "Look at the places that show a replacement character."),
        Code("L118", "drawing", _I, "A page of a PDF holds so many ruled lines that it was read as a drawing, without tables.",
             "Look at the page if it holds one of the form's tables."),
        Code("L201", "short-row", _W, "A row holds fewer values than the form has columns, and nothing tells which are missing.",
             "Look at the row in the source. The values present stand in the order of the columns."),
        Code("L202", "row-without-values", _W, "A row's label is there, but no value: left blank or lost.",
             "Look at the row in the source."),
        Code("L203", "excess-values", _W, "A row holds more values than the form has columns.",
             "Look at the row in the source."),
        Code("L204", "row-missing", _W, "A row of the form is not in the document.",
             "Look whether the document was cut or the row left out."),
        Code("L205", "inferred", _W, "The form's own arithmetic leaves exactly one reading of these cells; the message gives the sums.",
             "Trust it as far as the report's sums can be trusted."),
        Code("L206", "contradiction", _W, "A row stands in the document more than once, with different values; the first is kept.",
             "Look which of them is meant."),
        Code("L207", "odd-value", _W, "A value is unusual for its column: a leading zero, decimals in a count, a sign, a letter for a digit.",
             "Look at the cell in the source."),
        Code("L208", "torn-table", _W, "Numbers and labels were torn apart, and their order can't be told.",
             "Read the document itself (PDF, Word, HTML) rather than text extracted from it."),
        Code("L209", "unread-cell", _W, "A cell holds something that is neither number nor placeholder.",
             "Look at the cell in the source."),
        Code("L210", "cut-short", _W, "The document ends inside a table; its last value may be cut too.",
             "Get the whole document."),
        Code("L211", "unit-converted", _W, "An amount is printed in yuan (元); its value is given in 万元.",
             "Look whether the unit printed is meant."),
        Code("L212", "disturbed-row", _W, "Something foreign stands inside a row, or a number goes on behind its cell, and the values do not add up as read.",
             "Look at the row in the source."),
        Code("L213", "unsafe-blank", _W, "A cell was read as blank, but the row or column adds up only if a number stood there.",
             "Look at the cell in the source."),
        Code("L214", "damaged-page", _W, "A page of a PDF is damaged and was left out.",
             "Get the file again; whatever the page held is missing."),
        Code("L215", "sums-fail-throughout", _W, "Most rows of the table do not add up as read: its columns may stand in another order.",
             "Compare the table's heads with the form's."),
        Code("L216", "heads-out-of-order", _W, "The column heads stand in another order than the form's, and the values were read in the form's.",
             "Look in the source which column each value stands in."),
        Code("L301", "table-missing", _E, "A whole table is missing, or none of its rows can be read.",
             "Look whether the document was cut; some agencies publish the tables as pictures or attachments."),
        Code("L302", "section-missing", _W, "The heading of a section was not found.",
             "Look whether the text was cut; the section's text may stand in the one before."),
        Code("L303", "identity-missing", _W, "Title, agency or year could not be read.", "Supply it from where the document was found."),
        Code("L304", "several-reports", _W,
             "The source holds more than one report; the first was read, and where it breaks off perhaps the second.",
             "Split the source and parse each report by itself."),
        Code("L305", "form-uncertain", _W, "The labels of more than one form occur, or none that tells the forms apart.",
             "Pass form= if you know which form it is."),
    )
}  # fmt: skip


READER_NOTES = {"mojibake": "L113", "hidden": "L116", "encoding": "L117", "drawing": "L118", "damaged page": "L214"}
"""The codes of what readers note about a source."""


@define(slots=True)
class Notebook:
    """Collects diagnostics while a report is read."""

    entries: list[Diagnostic] = field(factory=list)

    def add(
        self,
        code: str,
        message: str,
        paths: Iterable[str] = (),
        span: Span | None = None,
        severity: Severity | None = None,
    ) -> None:
        self.entries.append(Diagnostic(code, severity or CODES[code].severity, message, tuple(paths), span))
