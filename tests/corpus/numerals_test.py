"""Numerals to integers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import numerals


@given(st.integers(0, 9_999))
def test_there_and_back(number):
    assert numerals.to_int(numerals.to_chinese(number)) == number


@given(st.integers(0, 9_999))
def test_digits_read_one_by_one(number):
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    assert numerals.to_int(digits) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("一百零一", 101),
        ("一百一十", 110),
        ("一千零二", 1002),
        ("两千", 2000),
        ("二〇二五", 2025),
        ("二○一七", 2017),
        ("三万五千", 35_000),
        ("十二亿", 1_200_000_000),
        ("壹佰贰拾", 120),
        ("貳拾參", 23),
        ("参", 3),
        ("兩萬", 20_000),
        ("21", 21),
        ("２１", 21),
        ("007", 7),
    ],
)
def test_forms(text, number):
    assert numerals.to_int(text) == number


@pytest.mark.parametrize("text", ["", "专利", "二十一条", "1.5", "-3", "1,000", " 1"])
def test_what_is_no_whole_number(text):
    assert numerals.to_int(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (18, "十八"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1002, "一千零二"),
        (9999, "九千九百九十九"),
    ],
)
def test_written_in_chinese(number, text):
    assert numerals.to_chinese(number) == text
