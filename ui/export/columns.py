"""The columns of what is exported."""

from ui.tables.columns import Column, Type, integers, texts

_SPANS = integers("start", "end")

#: `sections` and `pages` are parts of the text: `text[start:end]`, in characters.
DOCUMENTS = (
    *texts(
        "document_id", "source", "kind", "status", "council", "committee", "meeting_date", "item_number",
        "title", "url", "text",
    ),
    Column("sections", Type.LIST, (Column("label"), *_SPANS)),
    Column("pages", Type.LIST, (*integers("number"), *_SPANS)),
    *texts("content_hash", "fetched_at", "generation"),
)  # fmt: skip
#: `text` is `text[start:end]` of the document; `link` opens the public page on it.
PASSAGES = (
    *texts("passage_id", "document_id"),
    *_SPANS,
    *texts(
        "text", "section", "heading", "kind", "status", "council", "committee", "meeting_date", "item_number",
        "title", "url", "link", "generation",
    ),
)  # fmt: skip
#: `also_in` are the documents that hold the same words.
RESULTS = (
    *integers("rank"),
    Column("score", Type.NUMBER),
    *texts("passage_id", "document_id"),
    *_SPANS,
    *texts(
        "text", "section", "kind", "status", "council", "committee", "meeting_date", "item_number", "title",
        "url", "link",
    ),
    Column("also_in", Type.LIST, texts("document_id", "title", "url")),
    *texts("generation"),
)  # fmt: skip
