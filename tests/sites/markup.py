"""From a clerk's plain writing to the HTML that Word leaves behind.

The fictional council's texts are written in a small notation. Blocks stand apart by an empty line:

    # words            a heading, bold
    1. words           a list item that Word wrote as a paragraph, with its number in a padded span;
                       also "(a) words" and "· words"
    * words            items of a real list; lines that begin with "  - " are a list within the item
    | a | b |          rows of a table, the first one its head
    words              a paragraph; **bold**, and ~word~ for a word that Word took for misspelt
"""

import re
import textwrap
from functools import cache
from html import escape

#: Where a page of a meeting cuts a block off, in words.
CUT = 500
_WIDTH = 68
_NUMBERED = re.compile(r"^(\d+\.|\([a-z]\)|\([ivx]+\)|·) ")
_NAMED = {
    "£": "&pound;",
    "–": "&ndash;",
    "’": "&rsquo;",
    "‘": "&lsquo;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "·": "&middot;",
    "…": "&hellip;",
    "é": "&eacute;",
}
_PADDING = '<span style="font:7.0pt &quot;Times New Roman&quot;">' + "&nbsp;" * 6 + "</span>"


def entities(text: str) -> str:
    """Escape `text` for a page of pure ASCII, with numeric entities for some marks, as the software does."""
    marked = escape(text, quote=False).replace("'", "&#39;").replace("(", "&#40;").replace(")", "&#41;")
    return _ascii(marked.replace("&amp;", "&#38;"))


def attribute(text: str) -> str:
    """Escape `text` for an attribute: blanks and punctuation become numeric entities."""
    return "".join(c if c.isascii() and c.isalnum() else f"&#{ord(c)};" for c in text)


@cache
def word_html(text: str, more: str = "") -> str:
    """Return the `WordSection1` block of `text`; `more` is markup for the end of its last paragraph."""
    blocks = _blocks(text)
    lines: list[str] = []
    for i, block in enumerate(blocks):
        lines.append(_block(block, more if i == len(blocks) - 1 else ""))
        # Word keeps the empty lines that clerks put between paragraphs, and not everywhere.
        if i % 3 == 1 and i < len(blocks) - 1:
            lines.append('<p class="MsoNormal"><span style="">&nbsp;</span></p>')
    return '<div class="WordSection1">\n' + "\n".join(lines) + "\n</div>\n"


def plain(text: str) -> str:
    """Return the words of `text`, a line for each block, item and row."""
    lines = []
    for line in text.split("\n"):
        bare = re.sub(r"^(#|\*|  -) ", "", line.strip("|") if line.startswith("|") else line)
        lines.append(" ".join(bare.replace("**", "").replace("~", "").split()))
    return "\n".join(line for line in lines if line)


def words(text: str) -> int:
    """Count the words of `text`."""
    return len(plain(text).split())


def cut(text: str, most: int = CUT) -> tuple[str, bool]:
    """Return `text` as far as its `most`th word, and whether anything was left out."""
    kept: list[str] = []
    left = most
    for block in _blocks(text):
        size = words(block)
        if size <= left:
            kept.append(block)
            left -= size
            continue
        if left and not block.startswith(("*", "|")):
            begun = " ".join(block.split()[:left])
            kept.append(begun + ("**" if begun.count("**") % 2 else ""))
        return "\n\n".join(kept), True
    return text, False


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


def _block(block: str, more: str) -> str:
    if block.startswith("|"):
        return _table(block) + (f'\n<p class="MsoNormal">{more}</p>' if more else "")
    if block.startswith("* "):
        return _list(block.split("\n")) + (f'\n<p class="MsoNormal">{more}</p>' if more else "")
    if block.startswith("# "):
        return _wrapped(f'<p class="MsoNormal"><b>{_inline(block[2:])}</b>{more}</p>')
    lines = block.split("\n")
    if _NUMBERED.match(lines[0]) and all(_NUMBERED.match(line) for line in lines):
        return "\n".join(_numbered(i, line, lines, more) for i, line in enumerate(lines))
    return _wrapped(f'<p class="MsoNormal" style="">{_inline(" ".join(lines))}{more}</p>')


def _numbered(i: int, line: str, lines: list[str], more: str) -> str:
    place = "First" if i == 0 else "Last" if i == len(lines) - 1 else "Middle"
    number, rest = line.split(" ", 1)
    mark = _ascii(number)
    end = more if i == len(lines) - 1 else ""
    return _wrapped(
        f'<p class="MsoListParagraphCxSp{place}" style="text-indent:-18.0pt"><span style=""><span style="">'
        f"{mark}{_PADDING}</span></span>{_inline(rest)}{end}</p>"
    )


def _list(lines: list[str]) -> str:
    """Return a list with the lists in it, as Word nests them: the inner one inside the item."""
    html = ['<ol style="margin-top:0cm" start="1" type="1">']
    inner = False
    for line in lines:
        if line.startswith("  - "):
            if not inner:
                html.append('<ol style="margin-top:0cm" start="1" type="a">')
                inner = True
            html.append(_wrapped(f'<li class="MsoNormal" style="">{_inline(line[4:])}</li>'))
            continue
        if inner:
            html.append("</ol>")
            inner = False
        if len(html) > 1:
            html.append("</li>")
        html.append(_wrapped(f'<li class="MsoNormal" style="">{_inline(line[2:])}'))
    if inner:
        html.append("</ol>")
    return "\n".join([*html, "</li>", "</ol>"])


def _table(block: str) -> str:
    html = ['<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="">']
    for i, line in enumerate(block.split("\n")):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        bold = ("<b>", "</b>") if i == 0 else ("", "")
        html.append("<tr>")
        html += [
            f'<td valign="top" style="padding:0cm 5.4pt">\n<p class="MsoNormal">{bold[0]}{_inline(cell)}'
            f"{bold[1]}</p>\n</td>"
            for cell in cells
        ]
        html.append("</tr>")
    return "\n".join([*html, "</table>"])


def _inline(text: str) -> str:
    html = _ascii(escape(text, quote=False))
    html = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html)
    return re.sub(r"~(.+?)~", r'<span class="SpellE">\1</span>', html)


def _ascii(html: str) -> str:
    for character, name in _NAMED.items():
        html = html.replace(character, name)
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _wrapped(html: str) -> str:
    """Break lines in mid-sentence, even inside a tag, as the software does."""
    return "\n".join(textwrap.wrap(html, _WIDTH, break_long_words=False, break_on_hyphens=False))
