import json

import pytest

from corpus.errors import UsageError
from index.evaluation.questions import Question, read_questions

FULL = {
    "id": "a1",
    "question": "Why was the mill bridge closed?",
    "answerable": True,
    "url": "https://minutes.ashmere.example/1",
    "spans": [[0, 12], [40, 52]],
    "alt_urls": ["https://minutes.ashmere.example/2"],
    "excerpt": [0, 60],
    "kind": "why",
    "answer": "It had rusted.",
    "asks": "the reason",
    "source": "read by hand",
}
READ = Question(
    id="a1",
    question="Why was the mill bridge closed?",
    answerable=True,
    url="https://minutes.ashmere.example/1",
    spans=((0, 12), (40, 52)),
    alt_urls=("https://minutes.ashmere.example/2",),
    excerpt=(0, 60),
    kind="why",
    answer="It had rusted.",
    asks="the reason",
)


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes, name: str = "questions.jsonl"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_all_that_a_line_may_say_is_read_and_other_keys_are_left_alone(write):
    assert read_questions(write(json.dumps(FULL))).questions == (READ,)


@pytest.mark.parametrize("name", ["questions.csv", "QUESTIONS.CSV"])
def test_a_csv_says_the_same(write, name):
    text = (
        "\ufeffid,question,answerable,url,spans,alt_urls,answer,excerpt,kind,asks,source\r\n"
        'a1,Why was the mill bridge closed?,true,https://minutes.ashmere.example/1,"[[0, 12], [40, 52]]",'
        '"[""https://minutes.ashmere.example/2""]",It had rusted.,"[0, 60]",why,the reason,me\r\n'
        "a2, Who closed it? ,,,,,,,,,\r\n"
    )
    read = read_questions(write(text, name))
    assert read.questions == (READ, Question(id="a2", question="Who closed it?"))
    assert read.problems == ()


def test_a_question_alone_is_enough_and_its_line_names_it(write):
    assert read_questions(write('\n{"question": "Why?"}\n{"id": 7, "question": "Who?"}\n')).questions == (
        Question(id="2", question="Why?"),
        Question(id="7", question="Who?"),
    )


def test_null_is_not_there(write):
    line = json.dumps(dict.fromkeys(FULL) | {"question": "Why?"})
    assert read_questions(write(line)).questions == (Question(id="1", question="Why?"),)


def test_a_line_separator_inside_a_question_ends_no_line(write):
    text = json.dumps({"question": "Why\u2028not?"}, ensure_ascii=False)
    assert read_questions(write(text)).questions[0].question == "Why\u2028not?"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"answerable": False}, False),
        ({"answerable": True}, True),
        ({}, None),
        ({"url": "https://a.example/", "spans": [[0, 1]]}, True),
    ],
)
def test_what_has_spans_is_answerable(write, given, known):
    (question,) = read_questions(write(json.dumps({"question": "Why?"} | given))).questions
    assert question.is_answerable is known


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ("[" * 100_000, "recursion"),
        ('{"id": "b"}', "question: Field required"),
        ('{"question": " "}', "the question is empty"),
        ('{"question": "-"}', "no words"),
        (json.dumps({"question": "x" * 3_000}), "3,000 characters"),
        ('{"question": "Why?", "answerable": "perhaps"}', "answerable: "),
        ('{"question": "Why?", "url": "u", "spans": [[5, 5]]}', "0 ≤ start < end"),
        ('{"question": "Why?", "url": "u", "spans": [[-1, 5]]}', "0 ≤ start < end"),
        ('{"question": "Why?", "url": "u", "spans": [[1]]}', "spans.0"),
        ('{"question": "Why?", "url": "u", "spans": [5, 9]}', "spans.0"),
        ('{"question": "Why?", "spans": [[1, 5]]}', "spans need the url"),
        ('{"question": "Why?", "url": "u", "spans": [[1, 5]], "answerable": false}', "has no spans"),
        ('{"question": "Why?", "url": "u", "excerpt": [5, 5]}', "an excerpt is [start, end]"),
        ('{"question": "Why?", "url": "u", "excerpt": [5]}', "excerpt"),
        ('{"question": "Why?", "excerpt": [1, 5]}', "an excerpt needs the url"),
        ('{"id": "good", "question": "Why?"}', "the id 'good' is there before"),
        ('{"id": "", "question": "Why?"}', "id: "),
    ],
)
def test_a_bad_line_is_one_clear_line_and_the_rest_is_read(write, line, said):
    path = write('{"id": "good", "question": "Why?"}\n' + line + '\n{"id": "last", "question": "Who?"}')
    read = read_questions(path)
    assert [question.id for question in read.questions] == ["good", "last"]
    (problem,) = read.problems
    assert problem.startswith("questions.jsonl, line 2: ")
    assert said in problem
    assert "\n" not in problem


def test_a_bad_list_in_a_csv_is_one_clear_line(write):
    read = read_questions(write("question,url,spans\nWhy?,u,5-9\nWho?,u,\n", "q.csv"))
    assert [question.question for question in read.questions] == ["Who?"]
    (problem,) = read.problems
    assert problem.startswith("q.csv, line 2: ")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.jsonl", b"", "holds no questions"),
        ("q.jsonl", b"{\n", "holds no questions; q.jsonl, line 1: not JSON"),
        ("q.jsonl", b'{"question": "\xff"}', "not UTF-8"),
        ("q.csv", b"id,text\n1,Why?\n", "no column 'question'"),
        ("q.csv", b"", "no column 'question'"),
        ("q.csv", b'question\n"Why?\n', "no CSV"),
    ],
)
def test_a_file_without_questions_is_wrong_use(write, name, content, said):
    with pytest.raises(UsageError) as caught:
        read_questions(write(content, name))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_questions(path)
