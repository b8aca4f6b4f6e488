"""What an agency's name tells: its kind (for deadlines) and whether it is below prefecture level (for 规章)."""

from __future__ import annotations

import pytest

from govdisclosure._body import BodyKind, body_of


@pytest.mark.parametrize(
    ("agency", "kind", "below"),
    [
        ("临河市人民政府", "government", False),
        ("青石县人民政府", "government", True),
        ("临河市青石区人民政府", "government", True),
        ("云岭自治区人民政府", "government", False),
        ("临河市东江新区人民政府", "government", False),
        ("石桥镇人民政府", "township", True),
        ("白水乡政府", "township", True),
        ("临河市白石路街道办事处", "subdistrict", True),
        ("临河青石棠溪街", "subdistrict", True),
        ("青石县教育局", "department", True),
        ("临河市青石区人民政府办公室", "department", True),
        ("临河市住房和城乡建设局", "department", False),
        ("云岭省乡村振兴局", "department", False),
        ("临河市社区矫正管理局", "department", False),
        ("云岭自治区财政厅", "department", False),
        ("景德镇市财政局", "department", False),
        ("临河经济开发区管理委员会", "unknown", False),
        ("国家林业和草原局", "department", False),
        ("某某", "unknown", False),
        (None, "unknown", False),
        ("", "unknown", False),
    ],
)
def test_body(agency: str | None, kind: str, below: bool) -> None:
    body = body_of(agency)
    assert (body.kind, body.below_prefecture) == (BodyKind(kind), below)
