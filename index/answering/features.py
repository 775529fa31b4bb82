"""What is known of each sentence that could be quoted, as numbers that a model of trees weighs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.answering.fillers import (
    FILLERS,
    Asked,
    Fillers,
    fillers_in,
    fills,
    fitting,
    new_names,
    wish_of,
    words_of,
)
from index.arrays import Array, Numbers
from index.cues import CUES
from index.evidence import Evidence, Weigher
from index.passage_table import StoredPassage
from index.question import QuestionKind
from index.units import Unit

#: So many of the rarest words of a question are looked at one by one.
RARE = 3
#: Within so many characters of a word of the question, what could answer is taken to belong to it.
NEAR = 60
_ENDS = re.compile(r"[.!?][\"'”’)\]*_]*$")
_LINK = re.compile(r"https?:|www\.|\]\(|\S+@\S+\.\w")
_CONTENTS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|\s\d+$")
_BULLET = re.compile(r"^(?:[•·●▪■◦○*–—-]|\(?(?:\d{1,3}(?:\.\d+)*|[a-z]|[ivx]{1,5})[.)])\s", re.IGNORECASE)
_OUTCOME = re.compile(
    r"^[*_\s]*(?:carried|lost|defeated|passed|agreed|approved|noted|motion (?:carried|passed|lost)|yeas|"
    r"nays)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(r"\b(?:moved|proposed|seconded|resolved|be it resolved|that)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
#: Of these, what a sentence has beside the best sentence, and how many sentences have more.
_COMPARED = ("cosine", "coverage", "told", "met beside", "rest", "evidence", "cosine beside")


@dataclass(frozen=True, slots=True)
class Looked:
    """A passage whose sentences are looked at, and what the search found out about it.

    `odds` are those of its ranking, `rank` counts from 0; one that was only read because another of its
    document leads has the odds of the last and the rank after it.
    """

    passage: StoredPassage
    share: float
    odds: float
    rank: int
    cosine: float
    cued: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that could be quoted, in the order in which they were read, and what is known of each.

    `columns` has an array for each feature (shape: sentences), `passage` the place of each one's passage.
    """

    evidence: tuple[Evidence, ...]
    passage: Numbers
    columns: dict[str, Array]

    def matrix(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return the features of these names side by side (shape: sentences × features)."""
        return np.stack([self.columns[name] for name in names], axis=1).astype(np.float32)


def describe(looked: Sequence[Looked], groups: Sequence[Sequence[Evidence]], weigher: Weigher) -> Candidates:
    """Return what is known of the sentences of each passage; `groups` are those of `looked`, in order."""
    evidence = [one for group in groups for one in group]
    if not evidence:
        return Candidates((), np.zeros(0, dtype=np.int64), {})
    of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    units = [one.unit for one in evidence]
    columns = _of_search(looked, of)
    columns |= _of_words(units, of, weigher)
    columns |= _of_meaning(evidence, of)
    columns |= _of_form(units, groups)
    columns |= _of_answers(units, of, weigher)
    columns |= _of_question(weigher, len(units))
    columns |= _compared(columns)
    return Candidates(tuple(evidence), of, columns)


def _of_search(looked: Sequence[Looked], of: Numbers) -> dict[str, Array]:
    odds = np.asarray([one.odds for one in looked])
    best = float(odds.max())
    others = np.sort(odds)[::-1]
    columns = {
        "share": np.asarray([one.share for one in looked]),
        "odds": odds,
        "odds behind": best - odds,
        "rank": np.asarray([float(one.rank) for one in looked]),
        "passage cosine": np.asarray([one.cosine for one in looked]),
        "passage cued": np.asarray([one.cued for one in looked]),
        "margin": np.full(len(looked), best - (others[1] if len(others) > 1 else best - 5.0)),
        "behind three": np.full(len(looked), best - (others[2] if len(others) > 2 else best - 5.0)),
        "best odds": np.full(len(looked), best),
    }
    return {name: values[of] for name, values in columns.items()}


def _of_words(units: Sequence[Unit], of: Numbers, weigher: Weigher) -> dict[str, Array]:
    """What each sentence, its neighbours and its passage meet of the words that are asked for."""
    words = sorted(weigher.weights, key=lambda word: -weigher.weights[word])
    weights = np.asarray([weigher.weights[word] for word in words])
    total = max(float(weights.sum()), 1e-9)
    own = _held([weigher.met(unit.text) for unit in units], words)
    above = _held([weigher.met(unit.passage.heading) for unit in units], words)
    before, after = _shifted(own, of, 1), _shifted(own, of, -1)
    beside = own | before | after
    whole = np.zeros_like(own)
    for place in np.unique(of):
        whole[of == place] = own[of == place].any(axis=0)
    missing = (~(own | above)) @ weights
    columns = {
        "coverage": own @ weights / total,
        "told": (own | above) @ weights / total,
        "heading": above @ weights / total,
        "met before": before @ weights / total,
        "met after": after @ weights / total,
        "met beside": (beside | above) @ weights / total,
        "met by passage": (whole | above) @ weights / total,
        "rest": np.where(
            (~above) @ weights > 1e-9, (own & ~above) @ weights / np.maximum((~above) @ weights, 1e-9), 1
        ),
        "only here": (own & ~before & ~after) @ weights / total,
        "missing": missing,
        "missing beside": (~(beside | above)) @ weights,
        "missing in passage": (~(whole | above)) @ weights,
        "words met": own.sum(axis=1).astype(float),
        "words asked": np.full(len(units), float(len(words))),
        "weight asked": np.full(len(units), total),
    }
    for number in range(RARE):
        there = number < len(words)
        columns[f"rare {number}"] = own[:, number].astype(float) if there else np.full(len(units), -1.0)
        columns[f"rare {number} near"] = (
            (beside | above)[:, number].astype(float) if there else np.full(len(units), -1.0)
        )
    return columns


def _of_meaning(evidence: Sequence[Evidence], of: Numbers) -> dict[str, Array]:
    cosine = np.asarray([one.cosine for one in evidence])
    before, after = _shifted(cosine, of, 1), _shifted(cosine, of, -1)
    count = np.bincount(of)
    number = np.concatenate([np.arange(n) for n in count if n]).astype(float)
    own = cosine - (np.bincount(of, cosine) / np.maximum(count, 1))[of]
    return {
        "cosine": cosine,
        "cosine before": before,
        "cosine after": after,
        "cosine beside": (before + cosine + after) / 3,
        "cosine above passage": own,
        "evidence": np.asarray([one.score for one in evidence]),
        "fits": np.asarray([one.fits for one in evidence]),
        "referenced": np.asarray([float(one.referenced) for one in evidence]),
        "place": number,
        "place from end": count[of] - 1 - number,
        "sentences": count[of].astype(float),
    }


def _of_form(units: Sequence[Unit], groups: Sequence[Sequence[Evidence]]) -> dict[str, Array]:
    texts = [unit.text for unit in units]
    following = [after for group in groups for after in _following([one.unit for one in group])]
    columns = {
        "length": [float(len(text.split())) for text in texts],
        "characters": [float(len(text)) for text in texts],
        "opens small": [float(text[:1].islower()) for text in texts],
        "ends": [float(_ENDS.search(text) is not None) for text in texts],
        "introduces": [float(text.rstrip(" *_").endswith(":")) for text in texts],
        "link": [float(_LINK.search(text) is not None) for text in texts],
        "contents": [float(_CONTENTS.search(text) is not None) for text in texts],
        "bullet": [float(_BULLET.match(text) is not None) for text in texts],
        "outcome": [float(_OUTCOME.match(text) is not None) for text in texts],
        "outcome follows": [float(_OUTCOME.match(text) is not None) for text in following],
        "moves": [float(_MOVES.search(text) is not None) for text in texts],
        "capitals": [_share(text, str.isupper) for text in texts],
        "digits": [_share(text, str.isdigit) for text in texts],
        "deciding": [float(unit.role in ("resolved", "decision", "recorded vote")) for unit in units],
        "reasoned": [float(unit.role == "reasons for decision") for unit in units],
        "labelled": [float(bool(unit.role)) for unit in units],
    }
    return {name: np.asarray(values) for name, values in columns.items()}


def _following(units: Sequence[Unit]) -> list[str]:
    return [after.text for _, after in pairwise(units)] + [""] if units else []


def _share(text: str, kind: object) -> float:
    return sum(map(kind, text)) / max(len(text), 1)  # type: ignore[call-overload]


def _of_answers(units: Sequence[Unit], of: Numbers, weigher: Weigher) -> dict[str, Array]:
    """What each sentence has of the kind of words that is asked for."""
    question = weigher.question
    wish, said = wish_of(question.text), words_of(question.text)
    texts = [unit.text for unit in units]
    counted = np.asarray([fillers_in(text).counts for text in texts], dtype=float).reshape(len(texts), -1)
    fitted = np.asarray([fitting(wish.asked, text, said) for text in texts], dtype=float).reshape(-1, 2)
    whole, new = fitted.T
    noun = np.asarray([float(bool(weigher_meets(weigher, text, wish.nouns))) for text in texts])
    cue = CUES.get(question.kind)
    cued = np.asarray([float(bool(cue and cue.search(text))) for text in texts])
    names = [new_names(text) - said for text in texts]
    columns = {name: counted[:, number] for number, name in enumerate(FILLERS)}
    columns |= {
        "fitting": whole,
        "fitting new": new,
        "fitting before": _shifted(new, of, 1),
        "fitting after": _shifted(new, of, -1),
        "fitting near": np.asarray([_near(wish.asked, text, weigher, said) for text in texts]),
        "fitting in passage": _summed(new, of),
        "new names": np.asarray([float(len(one)) for one in names]),
        "noun": noun if wish.nouns else np.full(len(texts), -1.0),
        "noun and fitting": noun * (new > 0),
        "cued": cued,
    }
    return columns


def weigher_meets(weigher: Weigher, text: str, nouns: Sequence[str]) -> frozenset[str]:
    """Return which of `nouns` (roots) `text` meets."""
    return weigher.met(text) & frozenset(nouns)


def _near(asked: Asked, text: str, weigher: Weigher, said: frozenset[str]) -> float:
    """Return the share, by weight, of the question's words close to the best filler, 0 without one."""
    found: Fillers = fillers_in(text)
    best, total = 0.0, max(sum(weigher.weights.values()), 1e-9)
    for name in fills(asked):
        for start, end in found.spans[FILLERS.index(name)][:8]:
            if {word.casefold() for word in _WORD.findall(text[start:end])} <= said:
                continue
            close = weigher.met(text[max(0, start - NEAR) : end + NEAR])
            best = max(best, sum(weigher.weights[word] for word in close) / total)
    return best


def _of_question(weigher: Weigher, count: int) -> dict[str, Array]:
    question = weigher.question
    asked = wish_of(question.text).asked
    columns = {f"asked {one}": float(asked is one) for one in Asked}
    columns |= {f"kind {one}": float(question.kind is one) for one in QuestionKind}
    columns["question length"] = float(len(question.text.split()))
    columns["references"] = float(len(question.references))
    return {name: np.full(count, value) for name, value in columns.items()}


def _compared(columns: dict[str, Array]) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name in _COMPARED:
        values = columns[name]
        order = np.sort(values)
        found[f"{name} behind"] = values.max(initial=0.0) - values
        found[f"{name} rank"] = (len(values) - np.searchsorted(order, values, side="right")).astype(float)
    return found


def _held(sets: Sequence[frozenset[str]], words: Sequence[str]) -> NDArray[np.bool_]:
    return np.asarray([[word in one for word in words] for one in sets], dtype=bool).reshape(
        len(sets), len(words)
    )


def _shifted(values: NDArray, of: Numbers, by: int) -> NDArray:  # type: ignore[type-arg]
    """Return the values of the sentence before (1) or after (-1) in the same passage, 0 where none is."""
    moved = np.roll(values, by, axis=0)
    same = np.roll(of, by) == of
    same[0 if by > 0 else -1] = False
    moved[~same] = 0
    return moved


def _summed(values: Array, of: Numbers) -> Array:
    return np.asarray(np.bincount(of, values)[of])
