"""Marks of single cases of a test."""

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet


def slow(*cases: object) -> Iterable[ParameterSet]:
    """Return cases that are only run where all tests are; a tuple holds the values of several parameters."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]
