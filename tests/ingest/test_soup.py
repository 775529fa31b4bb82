from time import process_time

import pytest

from corpus.errors import UnreadableError
from ingest.html import parse_html
from ingest.soup import MOST_TAGS, check_tag_count


def test_so_many_tags_and_no_more():
    check_tag_count("<p>Roads" * MOST_TAGS)
    with pytest.raises(UnreadableError, match="200,001 tags, where 200,000 is the most"):
        check_tag_count("<p>" * (MOST_TAGS + 1))


def test_a_page_of_nothing_but_tags_costs_next_to_nothing():
    began = process_time()
    with pytest.raises(UnreadableError, match="10,000,001 tags"):
        parse_html(b"<html>" + b"<b></b>" * 5_000_000)
    assert process_time() - began < 3
