"""What makes an answer the same another time: the same index, settings and program."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version

from index.generation import Generation
from index.reranking import Reranker
from index.settings import AnswerSettings


@dataclass(frozen=True, slots=True)
class Provenance:
    """Equal provenances give equal answers to equal questions.

    `built_at` is when the generation was built (ISO 8601 in UTC), since a data directory can be made anew and
    count its generations from one again. `corpus_revision` is the record's at that time, `model` the name of
    the embedding model and `fingerprint` the digest of its files and prompts; `settings` is the digest of the
    settings of answers and reranking, `version` that of Minutebook.
    """

    generation: str
    built_at: str
    corpus_revision: int
    model: str
    fingerprint: str
    settings: str
    version: str

    def as_dict(self) -> dict[str, str | int]:
        """Return the fields, ready for JSON."""
        return asdict(self)


def provenance_of(
    generation: Generation, settings: AnswerSettings, reranker: Reranker | None = None
) -> Provenance:
    """Return what an answer out of `generation` with `settings` depends on."""
    manifest = generation.manifest
    set_so = f"{settings.model_dump_json()}\n{reranker.fingerprint if reranker else ''}"
    return Provenance(
        generation=generation.name,
        built_at=manifest.built_at,
        corpus_revision=manifest.corpus_revision,
        model=manifest.model,
        fingerprint=manifest.fingerprint,
        settings=sha256(set_so.encode()).hexdigest()[:16],
        version=version("minutebook"),
    )
