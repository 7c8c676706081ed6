"""Captured pages changed in ways that mean nothing: white space, markup, quotes, case, order, and words around the facts."""

from __future__ import annotations

import re
from collections.abc import Callable

_HEADING = re.compile(r"(?m)(?<=## )[A-Z][a-z]+|(?<=<h2>)[^<]+|(?<=\n\n)[A-Z][a-z]+(?: [a-z]+)+(?=\n\n)")
_NEWS = "Good news: our pictures are finer now, and 7 of 10 people like them. Read the guide."


def spaced(text: str) -> str:
    """Write more white space between lines and behind sentences."""
    return re.sub(r"\n", " \n", text.replace("\n\n", "\n\n\n").replace(". ", ".   "))


def of_windows(text: str) -> str:
    """End lines as another system does."""
    return text.replace("\n", "\r\n")


def quoted(text: str) -> str:
    """Write the quotes around options as typesetters do; those of JSON stay."""
    return re.sub(r'(?<!: )(?<![\[{\\])"([\w:]+)"(?!\s*[:\]}])', "\u201c\\1\u201d", text) if "Options" in text else text


def shouted(text: str) -> str:
    """Write headings in capitals."""
    return _HEADING.sub(lambda found: found[0].upper(), text)


def marked(text: str) -> str:
    """Write the same emphasis by other signs and tags."""
    text = re.sub(r"\*\*([^*\n]{1,60})\*\*", r"__\1__", text)
    text = re.sub(r"(?<!\w)_(required|optional)_(?!\w)", r"*\1*", text)
    text = text.replace("<b ", "<em ").replace("</b>", "</em>").replace("<strong>", "<b>").replace("</strong>", "</b>")
    return re.sub(r"(?m)^\|(.*)\|$", r"|  \1  |", text)


def lengthened(text: str) -> str:
    """Add paragraphs between sections, before the first and behind the last."""
    if "<body>" in text:
        return text.replace("<h2>", f"<p>{_NEWS}</p><h2>").replace("<body>", f"<body><p>{_NEWS}</p>")
    if "\n" not in text.strip():
        return text.replace(" ## ", f" {_NEWS} ## ") + f" {_NEWS}"
    return f"{_NEWS}\n\n" + text.replace("\n## ", f"\n{_NEWS}\n\n## ") + f"\n{_NEWS}\n"


def turned(text: str) -> str:
    """Put the sections in the other order; a page without headings stays."""
    if "<h2>" in text:
        head, *parts = text.partition("<footer>")[0].split("<h2>")
        return head + "".join(f"<h2>{part}" for part in reversed(parts)) + "</body></html>"
    mark = "\n## " if "\n## " in text else " ## "
    head, *parts = text.rstrip().split(mark)
    return mark.join([head, *reversed(parts)]) if parts and "```" not in head else text


def typeset(text: str) -> str:
    """Write all quotes as typesetters do, those of JSON too."""
    return _outside_tags(text, lambda words: re.sub(r'"([^"\n]*)"', "\u201c\\1\u201d", words))


def hard(text: str) -> str:
    """Write blanks at which no line may end."""
    return _outside_tags(text, lambda words: words.replace(" ", "\u00a0"))


def tabbed(text: str) -> str:
    """Write tabs for blanks, also within the texts of JSON."""
    return _outside_tags(text, lambda words: words.replace(" ", "\t"))


def unseen(text: str) -> str:
    """Write characters within words that nobody sees."""
    return _outside_tags(text, lambda words: re.sub(r"([a-z]{2})(?=[a-z])", "\\1\u200b\u2060", words))


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    if "<body>" not in text:
        return change(text)
    return re.sub(r"(?<=>)[^<]+(?=<)", lambda found: found[0] if "&" in found[0] else change(found[0]), text)


def listed(text: str) -> str:
    """Put the headings before everything, as a list of contents."""
    heads = [found[0] for found in _HEADING_LINE.finditer(text)]
    if "<body>" in text:
        return text.replace("<body>", f"<body><nav>{''.join(f'<a>{head}</a><br>' for head in heads)}</nav>")
    return "\n".join(["On this page", *heads, "", text]) if heads else text


_HEADING_LINE = re.compile(r"(?m)(?<=^## ).+$|(?<=<h2>)[^<]+|(?<=\n\n)[A-Z][\w +-]{3,60}$")

NOISES: dict[str, Callable[[str], str]] = {
    "white space": spaced,
    "typeset quotes": typeset,
    "hard blanks": hard,
    "tabs": tabbed,
    "unseen characters": unseen,
    "list of contents": listed,
    "line ends": of_windows,
    "quotes": quoted,
    "headings": shouted,
    "markup": marked,
    "paragraphs": lengthened,
    "order": turned,
}
