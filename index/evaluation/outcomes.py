"""What became of questions in every way in which they are asked, and the figures of all or of a group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.evaluation.answers import Answered, answer_figures, quote_figures, sure_of
from index.evaluation.ranking import Ranked, ranking_figures
from index.evaluation.silence import SELDOM, WRONGLY, Thresholds, thresholds

#: By what questions can be put together.
GROUPINGS: Mapping[str, Callable[[Answered], str]] = {
    "council": lambda one: one.council,
    "kind": lambda one: one.question.kind,
}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The same questions searched for and `answered` over the whole index, and asked in two other ways.

    `plain` is what the plain rule makes of them (the first sentence of the best passage), `by_excerpt` what
    comes out of the excerpt alone, for those that have one. `ranked` has those that name their words.
    """

    ranked: tuple[Ranked, ...]
    answered: tuple[Answered, ...]
    plain: tuple[Answered, ...] = ()
    by_excerpt: tuple[Answered, ...] = ()

    def figures(self, threshold: float) -> dict[str, dict[str, object]]:
        """Return the figures of all questions; `threshold` is the one that was set."""
        return self._figures(threshold, _chosen(self.answered), _chosen(self.by_excerpt))

    def by_groups(self, threshold: float) -> dict[str, dict[str, dict[str, Any]]]:
        """Return, for each grouping, how many questions are in each group, and its figures; most first."""
        chosen, chosen_by_excerpt = _chosen(self.answered), _chosen(self.by_excerpt)
        groups: dict[str, dict[str, dict[str, Any]]] = {}
        for grouping, name_of in GROUPINGS.items():
            groups[grouping] = {}
            for name, ids in _groups(self.answered, name_of):
                own = self._of(ids)
                figures: dict[str, Any] = {"questions": _counts(own.answered)}
                if own.ranked:
                    figures["ranking"] = ranking_figures(own.ranked)
                groups[grouping][name] = figures | own._figures(threshold, chosen, chosen_by_excerpt)
        return groups

    def _figures(
        self, threshold: float, chosen: Sequence[Thresholds], chosen_by_excerpt: Sequence[Thresholds]
    ) -> dict[str, dict[str, object]]:
        figures = {"answers": answer_figures(self.answered, threshold, chosen)}
        if plain := quote_figures(self.plain):
            figures["first sentence"] = plain
        if self.by_excerpt:
            counted: dict[str, object] = {"questions": _counts(self.by_excerpt)}
            figures["by excerpt"] = counted | answer_figures(self.by_excerpt, threshold, chosen_by_excerpt)
        return figures

    def _of(self, ids: set[str]) -> "Outcomes":
        return Outcomes(
            tuple(one for one in self.ranked if one.id in ids),
            *(
                tuple(one for one in results if one.question.id in ids)
                for results in (self.answered, self.plain, self.by_excerpt)
            ),
        )


def _chosen(results: Sequence[Answered]) -> list[Thresholds]:
    sure = sure_of(results)
    return [one for wrongly in (SELDOM, WRONGLY) if (one := thresholds(sure, wrongly))]


def _groups(results: Sequence[Answered], name_of: Callable[[Answered], str]) -> list[tuple[str, set[str]]]:
    groups: dict[str, set[str]] = {}
    for one in results:
        groups.setdefault(name_of(one), set()).add(one.question.id)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _counts(results: Sequence[Answered]) -> dict[str, int]:
    return {
        "all": len(results),
        "with spans": sum(bool(one.question.spans) for one in results),
        "unanswerable": sum(one.question.is_answerable is False for one in results),
    }
