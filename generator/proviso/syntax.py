"""What the YAML parser complains about, in words for someone who has not read the standard of YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Say how a complaint of the parser is passed on.

    `at_start` means the place where the broken thing begins; otherwise it is the place where the parser gave up.
    """

    message: str
    rule: str = "syntax"
    at_start: bool = False


def wording(context: str | None, problem: str | None) -> Wording:
    """Find the words for a complaint of the parser.

    Args:
        context: what the parser was about to read.
        problem: what it found wrong.
    """
    said = f"{context or ''}: {problem or ''}"
    for pattern, found in _WORDINGS:
        matched = pattern.search(said)
        if matched:
            message = found.message.format(*matched.groups())
            return Wording(message=message, rule=found.rule, at_start=found.at_start)
    return Wording(message=f"this cannot be read ({said.strip(': ')})")


DIRECTIVE = Wording(message="directives (lines that begin with %) are not used in specs", rule="directive")

# The first match counts.
_WORDINGS: tuple[tuple[re.Pattern[str], Wording], ...] = tuple(
    (re.compile(pattern), found)
    for pattern, found in (
        (
            "could not find expected ':'",
            Wording(message='this line has no ": " after its key; is it a text that needs quotes?', at_start=True),
        ),
        (
            "mapping values are not allowed",
            Wording(message='a ": " is not expected here; put quotes around the text, or correct the indentation'),
        ),
        (
            "sequence entries are not allowed",
            Wording(message='a "- " is not expected here; begin the list on the line below its key'),
        ),
        (
            "mapping keys are not allowed",
            Wording(message='a "? " is not expected here; put quotes around the text'),
        ),
        (
            r"found character '\\t' that cannot start",
            Wording(message="a tab stands here; use spaces", rule="tab"),
        ),
        (
            "found character '([@`%])' that cannot start",
            Wording(message="a text that begins with {0} needs quotes"),
        ),
        (
            "found character '[|>]' that cannot start",
            Wording(message="inside brackets a text cannot begin with | or >; put quotes around it"),
        ),
        (
            "quoted scalar.*end of stream",
            Wording(message="this quote is never closed", at_start=True),
        ),
        (
            "quoted scalar.*document separator",
            Wording(message="this quote is not closed before the line that ends the document", at_start=True),
        ),
        (
            "unknown escape character",
            Wording(message="this backslash means nothing here; write two of them, or use single quotes"),
        ),
        (
            "double-quoted scalar",
            Wording(message="this escape names no character; \\u takes four hexadecimal digits, \\x two"),
        ),
        (
            "scanning an (?:alias|anchor)",
            Wording(message="a text that begins with & or * needs quotes", at_start=True),
        ),
        (
            "block scalar",
            Wording(message="after | or > only a digit, + or - may follow on its line"),
        ),
        ("directive|incompatible YAML document|duplicate tag handle", DIRECTIVE),
        (
            "(?:scanning|parsing) a tag|undefined tag handle",
            Wording(
                message="tags (words that begin with !) are not used in specs; put quotes around a text",
                rule="tag",
                at_start=True,
            ),
        ),
        (
            "flow (?:sequence|mapping): .*(?:'<stream end>'|'<document (?:start|end)>')",
            Wording(message="this bracket is never closed", at_start=True),
        ),
        (
            "flow node: .*'<stream end>'",
            Wording(message="the file ends before a bracket is closed"),
        ),
        (
            r"flow (?:sequence|mapping): .* but got '\?'",
            Wording(message='inside brackets a text that holds "?" needs quotes'),
        ),
        (
            "flow (?:sequence|mapping): expected (',' or '.')",
            Wording(message="{0} is expected here; is a comma, a bracket or a quote missing?"),
        ),
        (
            "expected <block end>|expected '<document start>'",
            Wording(
                message="this does not go on from the line above; correct the indentation, or close a quote or bracket"
            ),
        ),
        (
            "expected the node content",
            Wording(message="a value is missing here; a text that begins with a special character needs quotes"),
        ),
    )
)
