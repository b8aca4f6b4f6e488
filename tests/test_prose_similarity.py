"""Likeness of prose: figures and fixed wording don't count, order of names doesn't, invention does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclosure._prose_similarity import own_wording, prose_similarity

TEXT = (
    "全年走访三十个村，把补贴标准写成顺口溜贴在祠堂门口，老人听得懂、记得住。"
    "公开栏换成防雨材料，每月5日前更换内容，共更换360次。"
    "另请返乡大学生录制方言广播42期，田间地头都能听到。"
)


def test_same_text_with_other_figures() -> None:
    assert prose_similarity(TEXT, TEXT.replace("360", "412").replace("42", "37")) == 1.0


def test_other_text() -> None:
    other = "新版目录按办事对象编排，企业与个人各成一册；窗口增设答疑台，律师每周三值守，疑难申请由法制股会签后答复。"
    assert prose_similarity(TEXT, other) < 0.05


def test_half_rewritten() -> None:
    half = (
        TEXT[: len(TEXT) // 2]
        + "其余工作改由镇里统一采购服务，合同写明更新频次与违约责任，验收请村民代表到场签字确认，留存照片。"
    )
    assert 0.3 < prose_similarity(TEXT, half) < 0.7


def test_names_are_masked() -> None:
    here, there = (f"{name}把清单贴到{name}门口。{TEXT}" for name in ("石桥镇人民政府", "白水乡人民政府"))
    assert prose_similarity(here, there, ["石桥镇人民政府", "白水乡人民政府"]) == 1.0
    assert prose_similarity(here, there) < 1.0


@pytest.mark.parametrize(
    "fixed",
    [
        "本报告按照条例第五十条的规定编制。",
        "全文由六个部分组成。",
        "统计期限从2021年1月1日到12月31日。",
        "现将2021年工作报告如下：",
        "没有其他需要报告的事项。",
    ],
)
def test_fixed_wording_is_left_out(fixed: str) -> None:
    assert own_wording(fixed) == ""
    assert prose_similarity(fixed + TEXT, TEXT) == 1.0


def test_nothing_resembles_nothing() -> None:
    assert prose_similarity("", "") == prose_similarity(TEXT, "") == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_ratio_and_symmetric(left: str, right: str) -> None:
    ratio = prose_similarity(left, right)
    assert 0.0 <= ratio <= 1.0
    assert ratio == prose_similarity(right, left)
