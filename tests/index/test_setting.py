import numpy as np
import pytest

from index.lexical import terms
from index.setting import OTHER_MONTH, YEAR_BEFORE, Month, councils_in, dated, months_in

COUNCILS = (
    "Ashmere Parish Council (Norfolk)",
    "Pellbrook District Council",
    "Royal Borough of Kingsmead upon Lode",
    "Wretton Parish Council (Norfolk)",
    "Northwold Parish Council (Norfolk)",
)


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("What was decided in 2019?", [Month(2019)]),
        ("Who was elected at the 2015 annual meeting in June 2015?", [Month(2015), Month(2015, 6)]),
        ("What did Kent resolve in sept. 2021 and in December of 2022?", [Month(2021, 9), Month(2022, 12)]),
        ("Why did the budget for 2023/24 grow, and that of 2024-25?", []),
        ("Was £2019 paid, or 2,019, or 2019.5, or 2019%?", []),
        ("Who may lease the depot?", []),
    ],
)
def test_years_are_read_with_the_month_before_them(question, months):
    assert list(months_in(question)) == months


def test_a_meeting_of_the_day_fits_best_and_one_of_the_year_before_a_little():
    days = np.asarray([20190612, 20190101, 20181130, 20170101, 0])
    np.testing.assert_array_equal(dated([Month(2019, 6)], days), [1, OTHER_MONTH, YEAR_BEFORE, 0, 0])
    np.testing.assert_array_equal(dated([Month(2019)], days), [1, 1, YEAR_BEFORE, 0, 0])
    np.testing.assert_array_equal(dated([Month(2019), Month(2018)], days), [1, 1, 1, YEAR_BEFORE, 0])
    np.testing.assert_array_equal(dated([], days), np.zeros(5))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Pellbrook decide?", ["Pellbrook District Council"]),
        ("Was Kingsmead's bridge closed?", ["Royal Borough of Kingsmead upon Lode"]),
        ("What did the parish council agree?", []),
        ("Which villages in Norfolk objected?", []),
        (
            "Did Wretton or Ashmere pay?",
            ["Ashmere Parish Council (Norfolk)", "Wretton Parish Council (Norfolk)"],
        ),
    ],
)
def test_a_council_is_named_by_a_word_of_its_own(question, named):
    assert list(councils_in(terms(question), COUNCILS)) == named


def test_the_only_council_is_named_by_its_name_alone():
    assert councils_in(terms("the pond in Ashmere"), COUNCILS[:1]) == COUNCILS[:1]
    assert councils_in(terms("the pond"), COUNCILS[:1]) == ()
