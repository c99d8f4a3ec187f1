"""Validity of a document on a day."""

import pytest

from corpus.types import Document, Metadata, last_day


def status(as_of, **dates):
    return Document("a.txt", "加强保护。", Metadata(**dates)).status(as_of)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2019-12-31", "not_yet"),
        ("2020-01-01", "in_force"),
        ("2024-12-31", "in_force"),
        ("2025-01-01", "expired"),
    ],
)
def test_on_the_first_and_last_day_and_the_days_beside_them(as_of, expected):
    assert status(as_of, effective_from="2020-01-01", effective_to="2024-12-31") == expected


def test_a_document_begins_with_its_date_where_it_names_no_other():
    assert status("2019-03-04", issued="2019-03-05") == "not_yet"
    assert status("2019-03-05", issued="2019-03-05") == "in_force"
    assert status("2019-03-05", issued="2019-03-05", effective_from="2019-04-01") == "not_yet"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2022-08-31", "not_yet"), ("2022-09-01", "in_force"), ("2025-06-30", "in_force"), ("2025-07-01", "expired")],
)
def test_coarse_dates_begin_with_their_first_day_and_end_with_their_last(as_of, expected):
    assert status(as_of, effective_from="2022-09", effective_to="2025-06") == expected


@pytest.mark.parametrize(("as_of", "expected"), [("2024-12-31", "in_force"), ("2025-01-01", "expired")])
def test_a_year_ends_with_its_last_day(as_of, expected):
    assert status(as_of, issued="2020", effective_to="2024") == expected


def test_a_lapsed_planning_period_is_no_expiry():
    assert status("2030-01-01", issued="2017-07-28", period=("2017", "2020")) == "in_force"


def test_without_any_date_nothing_is_known():
    assert status("2030-01-01") == "unknown"
    assert status("2030-01-01", effective_to="2025") == "expired"


def test_the_fuzhou_plan_expires_on_the_first_of_july_2025(read):
    document, _ = read("fuzhou")
    assert [document.status(day) for day in ("2022-08-31", "2025-06-30", "2025-07-01")] == [
        "not_yet",
        "in_force",
        "expired",
    ]


@pytest.mark.parametrize(
    ("date", "day"), [("2025", "2025-12-31"), ("2025-06", "2025-06-31"), ("2025-06-30", "2025-06-30")]
)
def test_the_last_day_that_a_date_may_mean(date, day):
    assert last_day(date) == day


def test_a_document_without_a_title_is_called_by_its_file():
    assert Document("a.txt", "加强保护。", Metadata()).title == "a.txt"
