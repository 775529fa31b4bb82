import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import BusyError, GenerationError
from index import generations as module
from index.generations import Generations

ROOT = Path(__file__).parents[2]

HOLD = """
import sys
from pathlib import Path
from index.generations import Generations

with Generations(Path(sys.argv[1])).building() as folder:
    (folder / "half").write_text("done")
    print("holding", flush=True)
    sys.stdin.read()
"""


DIE = """
import os
import signal
import sys
from pathlib import Path
from index.generations import Generations

generations = Generations(Path(sys.argv[1]))
with generations.building() as folder:
    (folder / "manifest.json").write_text("dies")
    setattr(Path, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    generations.publish(folder)
"""


@pytest.fixture
def generations(tmp_path) -> Generations:
    return Generations(tmp_path / "generations")


@contextmanager
def holder(generations: Generations):
    """Another process that is building."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, generations.folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def publish(generations: Generations, words: str = "words") -> str:
    with generations.building() as folder:
        (folder / "manifest.json").write_text(words)
        (folder / "vectors").mkdir()
        (folder / "vectors" / "data.bin").write_text(words)
        name = generations.publish(folder)
        generations.sweep()
        return name


def names(generations: Generations) -> list[str]:
    return sorted(entry.name for entry in generations.folder.iterdir() if entry.is_dir())


def die_at(generations: Generations, method: str) -> None:
    """Publish in another process that is killed when it comes to `method` of a path."""
    command = [sys.executable, "-c", DIE, str(generations.folder), method]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


def test_nothing_is_published_at_first(generations):
    assert generations.current() is None
    with pytest.raises(GenerationError, match="nothing is indexed yet; run: minutebook ingest"):
        generations.published()


def test_a_finished_generation_is_renamed_and_pointed_to(generations):
    assert publish(generations, "first") == "000001"
    assert generations.current() == "000001"
    assert generations.published() == generations.folder / "000001"
    assert (generations.published() / "vectors" / "data.bin").read_text() == "first"
    assert names(generations) == ["000001"]


def test_the_published_one_and_its_predecessor_are_kept(generations):
    kept = []
    for _ in range(4):
        publish(generations)
        kept.append(names(generations))
    assert kept == [["000001"], ["000001", "000002"], ["000002", "000003"], ["000003", "000004"]]


def test_a_sweep_spares_what_is_not_older_than_the_published_one(generations):
    (generations.folder / "000009").mkdir(parents=True)
    generations.sweep()
    assert names(generations) == ["000009"]


def test_other_folders_are_nobodys_business(generations):
    for name in ("backup", "000001.old", "1a"):
        (generations.folder / name).mkdir(parents=True)
    for _ in range(3):
        publish(generations)
    assert names(generations) == ["000001.old", "000002", "000003", "1a", "backup"]


def test_a_build_that_fails_leaves_the_published_one_and_nothing_else(generations):
    publish(generations, "good")

    def fail() -> None:
        with generations.building() as folder:
            (folder / "half").write_text("done")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert names(generations) == ["000001"]
    assert generations.current() == "000001"
    assert not (generations.folder / "build.holder.json").exists()


def test_the_folder_of_the_next_generation_is_empty(generations):
    leftover = generations.folder / ".building" / "vectors"
    leftover.mkdir(parents=True)
    (leftover / "data.bin").write_text("of a build that was killed")
    with generations.building() as folder:
        assert list(folder.iterdir()) == []


def test_a_kill_after_the_rename_leaves_the_published_one_published(generations):
    publish(generations, "good")
    die_at(generations, "replace")
    assert names(generations) == ["000001", "000002"]
    assert (generations.published() / "manifest.json").read_text() == "good"


def test_a_generation_that_never_became_current_is_gone_at_the_next_build(generations):
    publish(generations, "good")
    die_at(generations, "replace")
    with generations.building():
        assert names(generations) == [".building", "000001"]


def test_a_generation_that_never_became_current_is_not_the_predecessor_of_the_next(generations):
    publish(generations, "good")
    die_at(generations, "replace")
    assert publish(generations, "next") == "000002"
    assert names(generations) == ["000001", "000002"]
    assert [(generations.path(name) / "manifest.json").read_text() for name in names(generations)] == [
        "good",
        "next",
    ]


def test_a_first_generation_that_never_became_current_is_gone_too(generations):
    die_at(generations, "replace")
    assert generations.current() is None
    assert publish(generations) == "000001"


def test_a_kill_before_the_rename_leaves_nothing_behind(generations):
    publish(generations, "good")
    die_at(generations, "rename")
    assert names(generations) == [".building", "000001"]
    assert publish(generations) == "000002"
    assert names(generations) == ["000001", "000002"]


def test_a_pointer_that_cannot_be_moved_leaves_the_published_one(generations, monkeypatch):
    publish(generations, "good")

    def full(*_) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="full"):
            publish(generations)
    assert (generations.current(), names(generations)) == ("000001", ["000001"])


@pytest.mark.parametrize("words", [b"", b"  \n", b"../../etc", b"\xff\xfe", b"first", b"-1"])
def test_a_damaged_pointer_is_one_clear_line(generations, words):
    publish(generations)
    (generations.folder / "CURRENT").write_bytes(words)
    with pytest.raises(GenerationError, match="run: minutebook index"):
        generations.published()


def test_a_damaged_pointer_costs_no_generation_and_is_mended_by_the_next(generations):
    for _ in range(2):
        publish(generations)
    (generations.folder / "CURRENT").write_text("lost")
    with generations.building():
        assert names(generations) == [".building", "000001", "000002"]
    assert publish(generations) == "000003"
    assert generations.current() == "000003"


def test_everything_is_on_the_disk_before_the_pointer_moves(generations, monkeypatch):
    synced = []
    real_sync, real_replace = module._sync, Path.replace

    def sync(path: Path) -> None:
        synced.append(path.name)
        real_sync(path)

    def replace(self: Path, target: Path) -> Path:
        synced.append("moved")
        return real_replace(self, target)

    monkeypatch.setattr(module, "_sync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    publish(generations)
    before = synced[: synced.index("moved")]
    assert {"data.bin", "vectors", "manifest.json", ".building", "CURRENT.new"} <= set(before)
    assert synced[-1] == "generations"


def test_a_second_builder_is_told_who_is_building(generations):
    with holder(generations) as process:
        with pytest.raises(BusyError, match=f"process {process.pid} on .* since 20"), generations.building():
            pass
        assert (generations.folder / ".building" / "half").read_text() == "done"


def test_a_second_builder_in_the_same_process_is_refused_too(generations):
    with (
        generations.building(),
        pytest.raises(BusyError, match=f"process {os.getpid()}"),
        Generations(generations.folder).building(),
    ):
        pass


def test_a_builder_that_has_not_said_its_name_yet_is_no_error_of_another_kind(generations):
    with generations.building():
        (generations.folder / "build.holder.json").write_text("{")
        with pytest.raises(BusyError, match="it has just begun"), generations.building():
            pass


def test_the_lock_is_free_when_the_holder_is_done(generations):
    with holder(generations) as process:
        process.communicate()
        assert process.returncode == 0
    assert names(generations) == []
    assert publish(generations) == "000001"


def test_the_lock_of_a_killed_holder_is_free_at_once(generations):
    with holder(generations) as process:
        process.kill()
        process.wait()
        assert (generations.folder / ".building" / "half").exists()
        assert publish(generations) == "000001"
    assert names(generations) == ["000001"]
