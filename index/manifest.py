"""What a generation says of itself, in manifest.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import GenerationError

NAME = "manifest.json"
#: Raised whenever passages, headings, terms or the files of a generation change their form.
FORMAT = 5


@dataclass(frozen=True, slots=True)
class Manifest:
    """The inputs and the counts of a generation; equal inputs make equal generations."""

    format: int
    corpus_revision: int
    model: str
    fingerprint: str
    dimension: int
    documents: int
    passages: int
    built_at: str

    def same_inputs(self, *, corpus_revision: int, fingerprint: str) -> bool:
        """Tell whether building again from these inputs would give the same generation."""
        return (self.format, self.corpus_revision, self.fingerprint) == (FORMAT, corpus_revision, fingerprint)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest` into the folder of its generation."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the generation in `folder`.

    Raises:
        GenerationError: it is missing, damaged, or of another format.
    """
    try:
        fields = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise GenerationError(
                f"{folder} has format {fields['format']}, not {FORMAT}; run: minutebook index"
            )
        return Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationError(f"{folder} is damaged ({error}); run: minutebook index") from error
