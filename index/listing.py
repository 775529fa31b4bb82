"""Lists of results: everything that a query finds, sorted, page by page, with facets to narrow it by."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from index.arrays import Vectors
from index.embedding import QueryEmbedder
from index.facets import Listed, facets_of
from index.generation import Generation
from index.links import link_to
from index.query import in_plain_words, parse_query
from index.records import Filters, Header, Listing, Result, Sort
from index.reranking import Reranker
from index.search import Ranked, make_hits, rank_parsed, sift

#: No more passages are listed. Each of the two searches proposes as many, and the union of both is read.
LISTED = 150
#: Results on a page.
PER_PAGE = 10


class _Once:
    """Embeds a query once, however often it is searched for."""

    def __init__(self, embedder: QueryEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[str, ...], Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return what the embedder gives, or gave."""
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._embedder.embed_queries(texts)
        return self._known[key]


def list_results(
    generation: Generation,
    embedder: QueryEmbedder,
    query: str,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
    per_page: int = PER_PAGE,
    reranker: Reranker | None = None,
) -> Listing:
    """Return a page of the results for `query`, the first of which a `reranker` looks at where one is set.

    Listed are the passages that the ranking takes for relevant, of the same words only the best, and never
    more than `LISTED`; where there may be more, `Listing.more` says so. Sorted by date they are the same ones
    in another order.

    Raises:
        UsageError: the query is empty, too long or without words.
    """
    embedder = _Once(embedder)
    parsed = parse_query(query, filters)
    ranking = rank_parsed(generation, embedder, parsed, most=LISTED, reranker=reranker)
    listed: list[Listed] = [one.passage.document for one in ranking.ranked]

    def listed_within(wider: Filters) -> list[Listed]:
        """Return the documents of what is listed within other filters."""
        if wider == parsed.filters:
            return listed
        numbers = sift(generation, embedder, replace(parsed, filters=wider), LISTED)
        return [generation.shelves.numbered(number) for number in numbers.tolist()]

    ordered = in_order(ranking.ranked, sort)
    pages = max(1, ceil(len(ordered) / per_page))
    page = min(max(page, 1), pages)
    return Listing(
        results=_results(ordered, range((page - 1) * per_page, min(page * per_page, len(ordered)))),
        total=len(ordered),
        page=page,
        pages=pages,
        sort=sort,
        more=ranking.more,
        facets=tuple(facets_of(parsed.filters, listed, listed_within)),
        filters=parsed.filters,
        interpreted=in_plain_words(parsed),
        notes=ranking.notes,
        generation=generation.name,
    )


def in_order(ranked: Sequence[Ranked], sort: Sort) -> list[Ranked]:
    """Return what was ranked in the order of `sort`; where there is no day, last."""
    if sort is Sort.RELEVANCE:
        return list(ranked)
    dated = [one for one in ranked if one.passage.document.meeting_date]
    dated.sort(key=lambda one: one.passage.document.meeting_date or "", reverse=sort is Sort.NEWEST)
    return dated + [one for one in ranked if not one.passage.document.meeting_date]


def _results(ordered: Sequence[Ranked], places: range) -> tuple[Result, ...]:
    found = []
    for place in places:
        one = ordered[place]
        document, passage = one.passage.document, one.passage
        others = {other.document.id: other.document for other in one.also if other.document.id != document.id}
        found.append(
            Result(
                hit=replace(make_hits((one,))[0], rank=place + 1),
                header=Header.of(document),
                link=link_to(document, passage.start, passage.end),
                also=tuple(map(Header.of, others.values())),
            )
        )
    return tuple(found)
