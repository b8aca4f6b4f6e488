"""What holds of every pair of reports."""

from __future__ import annotations

import json
import pickle

import attrs
import pytest
from difference_reports import cells, paths_of, plain_report, prose, reports, said
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclosure import Cell, CellState, Report
from govdisclosure._compare import diff
from govdisclosure._prose_differences import applied, pieces, sentence_edits

quick = settings(deadline=None, max_examples=60)


@quick
@given(reports())
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    changes = diff(report, report)
    assert not changes
    assert len(changes) == 0
    assert said(changes.apply(report)) == said(report)


@quick
@given(reports(), reports())
def test_applying_the_edits_gives_the_new_report(old: Report, new: Report) -> None:
    assert said(diff(old, new).apply(old)) == said(new)


@quick
@given(reports(), reports())
def test_the_way_back_mirrors_the_way_there(old: Report, new: Report) -> None:
    there, back = diff(old, new), diff(new, old)
    assert there.mirrored() == back
    for a, b in zip(there.cells, back.cells, strict=True):
        assert (a.path, a.old, a.new) == (b.path, b.new, b.old)
        assert (a.delta is None) == (b.delta is None)
        assert a.delta is None or a.delta == -b.delta  # type: ignore[operator]
        assert (a.ratio is None) == (b.ratio is None)
        assert a.ratio is None or float(a.ratio * b.ratio) == pytest.approx(1, rel=1e-4)  # type: ignore[operator]


@quick
@given(st.data(), st.sampled_from(["2019", "2021"]))
def test_as_many_cell_edits_as_cells_were_changed(data: st.DataObject, form: str) -> None:
    old = plain_report(form, value=7)
    changed = data.draw(st.dictionaries(st.sampled_from(paths_of(form)), cells, max_size=20))
    really = {
        path
        for path, cell in changed.items()
        if (cell.value, cell.state) != (7, CellState.PRESENT) or cell.raw.startswith("7（")
    }
    changes = diff(old, old.with_cells(changed))
    assert [edit.path for edit in changes.cells] == [path for path in paths_of(form) if path in really]
    assert len(changes) == len(really)


@quick
@given(reports(), reports())
def test_every_edit_is_needed(old: Report, new: Report) -> None:
    changes = diff(old, new)
    for n, edit in enumerate(changes.edits[:5]):
        if edit.kind != "note changed":
            fewer = attrs.evolve(changes, edits=changes.edits[:n] + changes.edits[n + 1 :])
            assert said(fewer.apply(old)) != said(new)


@quick
@given(reports(), reports())
def test_the_result_can_be_kept(old: Report, new: Report) -> None:
    changes = diff(old, new)
    assert pickle.loads(pickle.dumps(changes)) == changes
    assert hash(changes) == hash(diff(old, new))
    assert len(json.loads(json.dumps(changes.to_dict()))["edits"]) == len(changes)
    assert changes.summary()


@quick
@given(prose, prose)
def test_prose_edits_replay(old: str, new: str) -> None:
    edits = sentence_edits(old, new)
    assert applied(old, edits) == new
    assert "".join(p.text for p in pieces(old, edits) if p.kind in ("kept", "deleted", "moved away")) == old
    assert (edits == ()) == (old == new)


@quick
@given(prose, prose, prose)
def test_prose_edits_fit_their_own_text_only(old: str, new: str, other: str) -> None:
    edits = [edit for edit in sentence_edits(old, new) if edit.old is not None]
    if edits and any(not other.startswith(edit.old.text, edit.old.start) for edit in edits if edit.old):
        with pytest.raises(ValueError):
            applied(other, edits)


@quick
@given(st.sampled_from(paths_of("2021")), cells)
def test_applied_to_another_report_it_says_so(path: str, cell: Cell) -> None:
    old = plain_report("2021", value=5)
    new = old.with_cells({path: Cell(6, raw="6")})
    other = old.with_cells({path: cell})
    if (cell.value, cell.state) != (5, CellState.PRESENT):
        with pytest.raises(ValueError, match=path):
            diff(old, new).apply(other)
