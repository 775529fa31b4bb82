import pytest

from corpus import errors
from corpus.errors import MinutebookError

CLASSES = [thing for thing in vars(errors).values() if isinstance(thing, type)]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_is_drawn_in_the_tree_and_has_one_base(error):
    assert issubclass(error, MinutebookError)
    assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError, 2),
        (errors.SettingsError, 2),
        (errors.UnreadableError, 1),
        (errors.NothingDoneError, 3),
        (errors.CorpusError, 3),
        (errors.GenerationError, 3),
        (errors.ModelMismatchError, 3),
        (errors.BusyError, 3),
    ],
)
def test_an_error_knows_the_exit_code_of_the_command(error, code):
    assert error("why").exit_code == code


def test_a_mismatch_of_models_is_a_broken_generation():
    assert issubclass(errors.ModelMismatchError, errors.GenerationError)
