"""The printed marks of list items: 1, a, iv and their kin."""

BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
#: Roman numerals end here; longer lists fall back on digits.
_ROMAN_END = 4000


def numeral(number: int, style: str) -> str:
    """Return `number` in `style`: "1", "a", "A", "i" or "I" (27 is "aa"); digits where there is none."""
    if style in {"a", "A"} and number > 0:
        letter = chr(ord(style) + (number - 1) % 26)
        # Word and browsers part ways after z; both begin with "aa".
        return letter * ((number - 1) // 26 + 1) if number <= 26 * 26 else str(number)
    if style in {"i", "I"} and 0 < number < _ROMAN_END:
        return _roman(number) if style == "i" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    parts: list[str] = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)
