"""The same input, index and version give the same bytes, however a batch is run and interrupted."""

from itertools import islice

import pytest

from corpus.errors import BusyError, GenerationError, NothingDoneError, UsageError
from corpus.store import Corpus
from corpus.versions import erase
from tests.factories import build, make_document, put_documents
from tests.marks import slow
from tests.ui.batch.asking import indexed, manner, questions, read_table, run, write_table
from ui.batch import to_file as running
from ui.batch.answering import answered
from ui.batch.manner import Input
from ui.batch.order import Order
from ui.batch.to_file import to_file
from ui.library import Library
from ui.tables.formats import Format
from ui.tables.keeping import claimed, folder_of

ENDINGS = ("csv", "jsonl", "parquet")


@pytest.fixture
def table(tmp_path):
    return write_table(tmp_path / "q.csv", questions(40))


def interrupted(monkeypatch, after: int) -> None:
    """Let the next batch be ended by Ctrl-C after so many rows."""
    whole = answered

    def some(*arguments, begin=0, **fields):
        yield from islice(whole(*arguments, begin=begin, **fields), after)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "answered", some)


@pytest.mark.parametrize("ending", ["csv", *slow("jsonl", "parquet")])
@pytest.mark.parametrize(
    "order", [Order(), Order(long=True), Order(search=True, k=4)], ids=["", "long", "search"]
)
def test_whatever_the_batch_size_and_the_threads(tmp_path, data, table, ending, order):
    written = set()
    for number, (batch_size, threads) in enumerate([(1, 1), (7, 2), (1_000, 4), (64, None)]):
        output = tmp_path / f"{number}.{ending}"
        run(data, table, output, order, batch_size=batch_size, threads=threads)
        written.add(output.read_bytes())
    assert len(written) == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_whenever_it_is_interrupted(tmp_path, monkeypatch, data, table, ending):
    run(data, table, tmp_path / f"whole.{ending}")
    output = tmp_path / f"a.{ending}"
    for after in (3, 10, 1):
        with monkeypatch.context() as patched:
            interrupted(patched, after)
            with pytest.raises(KeyboardInterrupt):
                run(data, table, output, batch_size=2)
        assert not output.exists()
    said: list[str] = []
    counts = run(data, table, output, said=said)
    # Of three and one rows, those that fill a batch of two were kept.
    assert said == ["going on behind row 12 of 40"]
    assert counts.rows == 40
    assert output.read_bytes() == (tmp_path / f"whole.{ending}").read_bytes()
    assert not folder_of(output).exists()


def test_ctrl_c_says_how_to_go_on(tmp_path, monkeypatch, data, table):
    said: list[str] = []
    interrupted(monkeypatch, 5)
    with pytest.raises(KeyboardInterrupt):
        run(data, table, tmp_path / "a.csv", batch_size=5, said=said)
    assert said == ["stopped behind row 5 of 40; the same command goes on from there"]


def test_ctrl_c_before_anything_is_kept_says_so(tmp_path, monkeypatch, data, table):
    said: list[str] = []
    interrupted(monkeypatch, 0)
    with pytest.raises(KeyboardInterrupt):
        run(data, table, tmp_path / "a.csv", said=said)
    assert said == ["stopped before any answer was kept; the same command begins anew"]


def begun(tmp_path, data, table, monkeypatch, **fields):
    output = tmp_path / "a.csv"
    with monkeypatch.context() as patched:
        interrupted(patched, 10)
        with pytest.raises(KeyboardInterrupt):
            run(data, table, output, batch_size=5, **fields)
    return output


@pytest.mark.parametrize(
    "torn",
    [b"", b"[", b'[11, [{"answered": tr', b"[12, [{}]]\n", b"\xff\n", b"11\n", b"[" * 100_000],
    ids=lambda torn: str(len(torn)),
)
def test_a_torn_line_of_the_journal_is_written_again(tmp_path, monkeypatch, data, table, torn):
    run(data, table, tmp_path / "whole.csv")
    output = begun(tmp_path, data, table, monkeypatch)
    with (folder_of(output) / "rows.jsonl").open("ab") as file:
        file.write(torn)
    run(data, table, output)
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_journal_without_its_header_is_begun_anew(tmp_path, monkeypatch, data, table):
    output = begun(tmp_path, data, table, monkeypatch)
    (folder_of(output) / "header.json").write_text("{")
    said: list[str] = []
    run(data, table, output, said=said)
    assert said == []
    assert len(read_table(output)) == 40


def test_another_input_or_other_options_are_another_batch(tmp_path, monkeypatch, data, table):
    output = begun(tmp_path, data, table, monkeypatch)
    other = write_table(tmp_path / "other.csv", questions(41))
    with pytest.raises(UsageError, match="was begun with another input; go on with the same, or begin anew"):
        run(data, other, output)
    for order in (Order(long=True), Order(k=2), Order(search=True), Order(carry=("council",))):
        with pytest.raises(UsageError, match="was begun with other options; go on"):
            run(data, table, output, order)
    monkeypatch.setattr("index.provenance.version", lambda _: "9.9")
    with pytest.raises(UsageError, match="another version of Minutebook"):
        run(data, table, output)
    assert not output.exists()
    counts = run(data, other, output, force=True)
    assert counts.rows == 41
    assert {row["version"] for row in read_table(output)} == {"9.9"}


def test_what_is_there_is_not_written_over(tmp_path, data, table):
    output = tmp_path / "a.csv"
    run(data, table, output)
    before = output.stat().st_ino
    with pytest.raises(
        UsageError, match=r"a\.csv is there already; write elsewhere, or over it with --force"
    ):
        run(data, table, output)
    assert output.stat().st_ino == before
    run(data, table, output, force=True)
    assert output.stat().st_ino != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.meta.json", "q.csv"]


def test_an_account_that_is_there_is_not_written_over_either(tmp_path, data, table):
    output, account = tmp_path / "a.csv", tmp_path / "a.csv.meta.json"
    account.write_text("mine")
    with pytest.raises(UsageError, match=r"a\.csv\.meta\.json is there already; write elsewhere, or over it"):
        run(data, table, output)
    assert account.read_text() == "mine"
    run(data, table, output, force=True)
    assert account.read_text() != "mine"


def test_questions_are_never_written_over_by_an_account(tmp_path, data):
    asked = b'{"question": "What was resolved about road number3?"}\n'
    table = tmp_path / "a.csv.meta.json"
    table.write_bytes(asked)
    for force in (False, True):
        with pytest.raises(UsageError, match="holds the questions; write the answers elsewhere"):
            to_file(
                Library.at(data), Input(table, Format.JSONL), tmp_path / "a.csv", Format.CSV, Order(),
                manner(), force=force,
            )  # fmt: skip
    assert table.read_bytes() == asked


@pytest.mark.parametrize("gone", [["a.csv"], ["a.csv.meta.json"], ["a.csv", "a.csv.meta.json"]])
def test_what_was_taken_away_after_a_kill_is_written_again(tmp_path, monkeypatch, data, table, gone):
    run(data, table, tmp_path / "whole.csv")
    output = tmp_path / "a.csv"

    def killed(_) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "leave", killed)
        with pytest.raises(KeyboardInterrupt):
            run(data, table, output)
    for name in gone:
        (tmp_path / name).unlink()
    said: list[str] = []
    counts = run(data, table, output, said=said)
    assert counts.rows == 40
    assert said == [f"{output} or its account was taken away; both are written again"]
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert (tmp_path / "a.csv.meta.json").exists()
    assert not folder_of(output).exists()


def test_force_goes_on_with_what_force_has_begun(tmp_path, monkeypatch, data, table):
    (tmp_path / "a.csv").write_text("before")
    output = begun(tmp_path, data, table, monkeypatch, force=True)
    assert output.read_text() == "before"
    with pytest.raises(UsageError, match="is there already"):
        run(data, table, output)
    said: list[str] = []
    run(data, table, output, force=True, said=said)
    assert said == ["going on behind row 10 of 40"]
    assert len(read_table(output)) == 40


def test_force_begins_anew_where_it_was_begun_without(tmp_path, monkeypatch, data, table):
    output = begun(tmp_path, data, table, monkeypatch)
    said: list[str] = []
    run(data, table, output, force=True, said=said)
    assert said == []


def test_two_batches_for_one_output_exclude_each_other(tmp_path, data, table):
    output = tmp_path / "a.csv"
    with claimed(output), pytest.raises(BusyError, match=r"another process is writing .*a\.csv; wait"):
        run(data, table, output)


def test_a_full_disk_is_one_line_and_the_batch_goes_on_afterwards(tmp_path, monkeypatch, data, table):
    run(data, table, tmp_path / "whole.csv")
    output = tmp_path / "a.csv"

    def full(_) -> None:
        raise OSError(28, "No space left on device")

    begun(tmp_path, data, table, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr("ui.batch.journal.os.fsync", full)
        with pytest.raises(NothingDoneError, match=r"a\.csv cannot be written: No space left on device"):
            run(data, table, output)
    run(data, table, output)
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def publish(data, number: int) -> None:
    with Corpus(data / "corpus.sqlite3") as corpus:
        put_documents(corpus, [make_document(f"new/{number}", f"Road number3 was sold for {number} pounds.")])
        build(corpus, data)


def test_it_stays_in_the_generation_in_which_it_was_begun(tmp_path, monkeypatch, table):
    data = indexed(tmp_path / "data").data
    run(data, table, tmp_path / "whole.csv")
    output = begun(tmp_path, data, table, monkeypatch)
    publish(data, 1)
    run(data, table, output)
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    run(data, table, tmp_path / "b.csv")
    assert {row["generation"] for row in read_table(tmp_path / "b.csv")} == {"000002"}


def test_a_generation_that_is_gone_is_said_with_the_remedy(tmp_path, monkeypatch, table):
    data = indexed(tmp_path / "data").data
    output = begun(tmp_path, data, table, monkeypatch)
    publish(data, 1)
    publish(data, 2)
    with pytest.raises(GenerationError, match=r"was begun in generation 000001.*begin anew with --force"):
        run(data, table, output)
    run(data, table, output, force=True)
    assert {row["generation"] for row in read_table(output)} == {"000003"}


def test_what_was_erased_meanwhile_is_in_no_answer(tmp_path, monkeypatch, table):
    data = indexed(tmp_path / "data").data
    output = begun(tmp_path, data, table, monkeypatch)
    assert "roads/4" in (folder_of(output) / "rows.jsonl").read_text()
    with Corpus(data / "corpus.sqlite3") as corpus:
        erase(corpus, "roads/4")
        build(corpus, data)
    with pytest.raises(GenerationError, match=r"was begun in generation 000001.*begin anew with --force"):
        run(data, table, output)
    run(data, table, output, force=True)
    quoted = [row["quotes"] for row in read_table(output)]
    assert "roads/5" in str(quoted)
    assert "roads/4" not in str(quoted)
    assert not folder_of(output).exists()
