"""Periods in file names and titles."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.printed_period import Period, printed_period

NOVEMBER = Period(date(2025, 11, 1), date(2025, 11, 30))


@pytest.mark.parametrize(
    "name",
    [
        "11_1_2025-11_30_2025-Exampleton County FL SO-Audit",
        "Audit_Nov_2025",
        "audit november 2025 (1)",
        "network-audit-2025-11",
        "2025_11 Audit",
        "Audit 11-2025",
        "Federal searches, 11/2025",
        "2025 November audit",
        "Searches 11/01/2025 to 11/30/2025",
        "2025-11-01 - 2025-11-30",
    ],
)
def test_one_month_in_many_spellings(name: str) -> None:
    assert printed_period(name, is_name=True) == NOVEMBER


@pytest.mark.parametrize("name", ["Jan-May 2025", "January 2025 to May 2025", "audit 1_1_2025-5_31_2025"])
def test_several_months(name: str) -> None:
    assert printed_period(name, is_name=True) == Period(date(2025, 1, 1), date(2025, 5, 31))


def test_a_month_alone_is_of_any_year_and_counts_in_names_only() -> None:
    assert printed_period("audit-august", is_name=True) == Period(date(2000, 8, 1), date(2000, 8, 31), True)
    assert printed_period("audit august", is_name=False) is None


@pytest.mark.parametrize(
    "name",
    [
        "Audit log",
        "PIR-2025-0117",
        "SharedNetworks_2025_November_5",
        "printed 11/05/2025",
        "audit-2025",
        "scan 2025-11-05",
        "13_40_2025-14_2_2025",
        "marching orders",
        "Case 25-112025",
        "August 5 letter",
    ],
)
def test_dates_numbers_and_words_are_no_period(name: str) -> None:
    assert printed_period(name, is_name=True) is None
