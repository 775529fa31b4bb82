import pytest

from index.topic import topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Why was the mill bridge closed?", "the mill bridge"),
        ("Was the mill bridge closed?", "the mill bridge"),
        ("And was the mill bridge closed?", "the mill bridge"),
        ("Why was recommendation 12 only partially agreed?", "recommendation 12"),
        ("Why was the bandstand in Wellow Park kept?", "the bandstand in Wellow Park"),
        ("Why was the proposed bypass rejected?", "the proposed bypass"),
        ("When will the road be resurfaced?", "the road"),
        ("How much will the new leisure centre cost?", "the new leisure centre"),
        ("Why did the ferry cost more?", "the ferry"),
        ("Will the pool open in May?", "the pool"),
        ("Has the council approved the budget?", "the budget"),
        ("Did the council decide to close the leisure centre?", "the leisure centre"),
        ("When did Overview and Scrutiny approve the report?", "the report"),
        ("What did members say on the budget?", "the budget"),
        ("How did the Committee vote on recommendation 4?", "recommendation 4"),
        ("What was decided about parking charges in Surbiton?", "parking charges in Surbiton"),
        ("How many houses were approved in Surbiton?", "houses in Surbiton"),
        ("What is the Local Plan?", "the Local Plan"),
        ("Is there a plan for the library?", "a plan for the library"),
        ("Who voted against the ferry?", "the ferry"),
        ("Which councillors opposed the ferry?", "the ferry"),
        ("What happened to the bandstand?", "the bandstand"),
        ("Tell me about the duck pond", "the duck pond"),
        ("Summarise the discussion of the ferry.", "the discussion of the ferry"),
        ("bandstand repair", "bandstand repair"),
        ("Why did they reject it?", ""),
        ("What was decided?", ""),
        ("why?", ""),
        ("", ""),
    ],
)
def test_what_a_question_is_about_stands_in_its_own_words(question, topic):
    assert topic_of(question) == topic
    assert set(topic.split()) <= set(question.rstrip("?.").split())
