"""What the mutators put into documents: the forms' labels, numbers, separators and blanks."""

from __future__ import annotations

from govdisclosure._grammar import definitions

LABELS = tuple(
    dict.fromkeys(
        wording for form in definitions() for label in form.labels.values() for wording in label.wordings if wording
    )
)
NUMBERS = (
    *("0", "1", "2", "7", "12", "-1", "+5", "1.5", "0.0000", "007", "1,234", "1，234", "90000000", "999999999999999"),
    *(
        "9999999999999999999",
        "１２",
        "٣",
        "²",
        "①",
        "Ⅳ",
        "1\u200b2",
        "1 2",
        "1.2.3",
        "--3",
        "O",
        "l0",
        "3件",
        "3（件）",
    ),
    *("1.5万元", "1e9", "(3)", "3)", "（3", "3*", "1/2", "50%", "NaN", "2021", "十二"),
)
BLANKS = ("", " ", "/", "-", "—", "——", "无", "不适用", "空", "*", "…", "\u3000", "\xa0", "&nbsp;", "N/A")
SEPARATORS = (
    *("\t", " ", "  ", "      ", "|", " | ", " |", "│", ",", "，", "\u3000", '"', "\n", "\n\n", "\r", "\r\n", "\f"),
    *("\v", "\x1c", "\x85", "\u2028", "\u200b", "\ufeff", "\x00", "\n| --- | --- |\n", "\n+---+---+\n", "\n──┼──\n"),
    *("\n- 3 -\n", "\n第3页\n", "\n目 录\n", "……3\n", "、", "：", "（", "）", "(wù)", "\ud800"),
)
WORDS = (*LABELS, *NUMBERS, *BLANKS, *SEPARATORS)


def dictionary() -> str:
    """The labels as a dictionary of libFuzzer."""
    lines = []
    for word in dict.fromkeys((*LABELS, *NUMBERS, *SEPARATORS)):
        data = word.encode("utf-8", "surrogatepass")
        if 0 < len(data) < 60:
            lines.append('"' + "".join(f"\\x{byte:02x}" for byte in data) + '"')
    return "\n".join(lines) + "\n"
