import pytest

from index.pronouns import Stands, find_pronoun


@pytest.mark.parametrize(
    ("question", "pronoun", "stands"),
    [
        ("why was it rejected", "it", Stands.FOR_THING),
        ("What did the engineer say about it?", "it", Stands.FOR_THING),
        ("Why did the council reject it", "it", Stands.FOR_THING),
        ("how much did it cost to repair", "it", Stands.FOR_THING),
        ("why were they rejected", "they", Stands.FOR_THING),
        ("who supported them", "them", Stands.FOR_THING),
        ("Why did the council reject them?", "them", Stands.FOR_THING),
        ("Why did residents oppose them?", "them", Stands.FOR_THING),
        ("who proposed this?", "this", Stands.FOR_THING),
        ("what did that cost", "that", Stands.FOR_THING),
        ("was that unanimous?", "that", Stands.FOR_THING),
        ("what were its defects", "its", Stands.FOR_OWNER),
        ("did she vote against the school", "she", Stands.FOR_PERSON),
        ("when was that decision made", "that", Stands.WITH_NOUN),
        ("what was that decision?", "that", Stands.WITH_NOUN),
        ("who drafted these recommendations", "these", Stands.WITH_NOUN),
    ],
)
def test_a_pronoun_whose_noun_is_elsewhere_is_found(question, pronoun, stands):
    found = find_pronoun(question)
    assert found is not None
    assert (question[slice(*found.span)], found.stands) == (pronoun, stands)


@pytest.mark.parametrize(
    "question",
    [
        "What was decided about parking charges?",
        "Why did the council change its budget?",
        "What did residents think of their new library?",
        "Why did the council say it would close the library?",
        "How many residents said they opposed the ferry?",
        "Did they approve the budget?",
        "Is it true that the ferry was refused?",
        "Was it agreed to close Wellow School?",
        "How long did it take to build the library?",
        "Did the committee agree that the school should close?",
        "What was said of the report that was rejected?",
        "What is planned for this year?",
        "Did Councillor Okoro say why he resigned?",
        "",
    ],
)
def test_a_pronoun_whose_noun_is_near_or_that_stands_for_nothing_is_passed_over(question):
    assert find_pronoun(question) is None
