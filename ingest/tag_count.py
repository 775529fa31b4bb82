"""How much markup is read: building the tree of a tag costs a thousand times the bytes that it takes."""

from corpus.errors import UnreadableError

#: The largest real pages have some thousand. So many take two seconds and 120 MB.
MOST_TAGS = 200_000


def check_tag_count(markup: str) -> None:
    """Pass over markup that costs little to read.

    Raises:
        UnreadableError: it has more tags than any page that was written for people.
    """
    # A closing tag counts, too: nothing is quicker than to count brackets.
    count = markup.count("<")
    if count > MOST_TAGS:
        raise UnreadableError(f"{count:,} tags, where {MOST_TAGS:,} is the most that is read")
