from index.passages import make_passages
from index.speakers import speaker_at, turns_of
from tests.factories import make_document

RECORD = "\n\n".join(
    [
        "The Chair (Hon. Ann Ferris (Ashmere North, Ind.)): I call this meeting to order.",
        "Dilys Parry AM: Thank you, Chair. The bridge was closed in March.",
        "Mr. Tom Orde (Tarnwick, Ind.): Who closed it?",
        "Dilys Parry AM: The highways officer did.",
        "Mr. Tom Orde: And when will it open?",
        "Dilys Parry AM: In May, if the steel comes: it was ordered late.",
        "The Chair: We move on.",
        "Dilys Parry AM: There is one thing more.",
    ]
)
MINUTES = "\n".join(
    f"{label}: nothing to report"
    for label in "Present Apologies Minutes Correspondence Planning Finance Highways Paths Closing".split()
)


def test_speakers_are_named_without_their_places():
    turns = turns_of(RECORD)
    assert [turn.speaker for turn in turns][:3] == ["The Chair", "Dilys Parry AM", "Mr. Tom Orde"]
    assert all(RECORD[turn.start :].startswith(turn.speaker) for turn in turns)


def test_labels_of_minutes_are_no_speakers():
    assert turns_of(MINUTES) == ()
    assert turns_of(RECORD[:200]) == ()
    assert turns_of("A paragraph of prose. " * 50 + RECORD.replace("\n\n", " ")) == ()


def test_who_goes_on_speaking_is_known_only_within_a_turn():
    turns = turns_of(RECORD)
    steel = RECORD.index("if the steel")
    assert speaker_at(turns, steel) == "Dilys Parry AM"
    assert speaker_at(turns, RECORD.index("The Chair: We move")) == ""
    assert speaker_at((), steel) == ""


def test_a_passage_within_a_turn_says_whose_words_it_holds(hash_embedder):
    long = RECORD + "\n\nDilys Parry AM: " + " ".join(f"The pier number {n} needs paint." for n in range(120))
    document = make_document(text=long, sections=())
    passages = make_passages(document, count_tokens=hash_embedder.count_tokens, window=hash_embedder.window)
    assert passages[-1].heading.endswith(" · Dilys Parry AM")
    assert not passages[0].heading.endswith("The Chair")


def test_time_is_linear_in_lines_that_nearly_name_a_speaker():
    assert turns_of("A (" * 30_000) == ()
    assert turns_of(("Mr. " * 9 + "\n") * 5_000) == ()
