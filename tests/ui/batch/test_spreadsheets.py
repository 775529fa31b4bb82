"""A spreadsheet opens the CSV, however its separator is set, and no cell of it is a formula."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.factories import make_document
from tests.marks import slow
from tests.ui.batch.asking import indexed, run, write_table
from ui.batch.order import Order

SECONDS = 120
#: Separators as LibreOffice numbers them: comma, semicolon, tab, bar.
SEPARATORS = {"comma": 44, "semicolon": 59, "tab": 9, "bar": 124}
#: What the command leaves behind if a cell of it is carried out as a formula: 7 is nowhere else.
FORMULAS = ("=3+4", "+3+4", "-3-4+14", "@SUM(3;4)", '=HYPERLINK("http://x.example";"7")', "＝3+4", ' "=3+4')


@pytest.fixture(scope="session")
def soffice() -> str:
    """The command of LibreOffice; where it is missing, tests are skipped, but never in the gate."""
    command = shutil.which("soffice")
    if command is None:
        reason = "no LibreOffice found: install Debian's package libreoffice-calc-nogui"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return command


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> dict[str, Path]:
    """Batches and an export in which everything that comes from outside looks like a formula."""
    folder = tmp_path_factory.mktemp("hostile")
    documents = [
        make_document(
            f"{formula}/{n}",
            f"{formula}\n\nThe zeppelin{n} was bought.;{formula}\n\n"
            f"RESOLVED: That zeppelin{n} be sold;{formula}|{formula}\t{formula}\n{formula}",
            title=f"{formula};{formula}",
            url=f"{formula}/{n}",
            council=formula,
            committee=f"x;{formula}",
        )
        for n, formula in enumerate(FORMULAS)
    ]
    minutebook = indexed(folder / "data", documents)
    rows = [
        {
            "=3+4": formula,
            "question": f"{formula};{formula}|{formula}\n{formula} what was resolved about zeppelin{n}?",
            "note": f"x;{formula}",
            # What nobody sees, and the spreadsheet drops, is no shelter.
            "\0=3+4": f"\0{formula}",
        }
        for n, formula in enumerate(FORMULAS)
    ]
    table = write_table(folder / "q.csv", rows)
    outputs = {}
    for name, order in (
        ("short", Order()),
        ("long", Order(long=True)),
        ("hits", Order(search=True, long=True)),
    ):
        outputs[name] = folder / f"{name}.csv"
        counts = run(minutebook.data, table, outputs[name], order)
        assert counts.errors < len(rows)
    for what in ("documents", "passages"):
        outputs[what] = folder / f"{what}.csv"
        assert minutebook("export", what, "-o", str(outputs[what])).code == 0
    return outputs


@pytest.mark.parametrize("separator", ["comma", *slow(*(one for one in SEPARATORS if one != "comma"))])
def test_no_cell_is_a_formula(tmp_path, soffice, outputs, separator):
    files = []
    for name, path in outputs.items():
        files.append(tmp_path / f"{name}.csv")
        shutil.copy(path, files[-1])
    control = tmp_path / "control.csv"
    sign = chr(SEPARATORS[separator])
    control.write_text(f"a{sign}b\n1{sign}\0=3+4\n", encoding="utf-8")
    convert(soffice, tmp_path, [*files, control], SEPARATORS[separator])
    # What is not defused is a formula: this way of opening files does carry them out.
    assert formulas(tmp_path / "control.xlsx") == ["=3+4"]
    for file in files:
        assert formulas(file.with_suffix(".xlsx")) == [], file.name


def convert(soffice: str, folder: Path, files: list[Path], separator: int) -> None:
    """Open tables with this separator as UTF-8, formulas and all, and save them as workbooks."""
    # The last of the numbered wishes but one asks for formulas to be taken for such.
    wishes = f"CSV:{separator},34,76,1,,2057,false,true,false,false,false,0,true"
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
         f"--infilter={wishes}", "--convert-to", "xlsx", "--outdir", str(folder), *map(str, files)],
        capture_output=True, timeout=SECONDS, check=True,
    )  # fmt: skip


def formulas(workbook: Path) -> list[str]:
    """Return all formulas in a workbook; they stand in elements of their own."""
    with zipfile.ZipFile(workbook) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    cells = [cell for sheet in load_workbook(workbook) for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 3
    found = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert bool(found) == any(b"<f" in sheet for sheet in sheets)
    return found
