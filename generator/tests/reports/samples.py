"""Reports whose texts are out to break what they are shown in."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from proviso.diagnostics import Place
from proviso.reports.findings import LEVELS, Finding, Further, Money, Report

TRIED = settings(deadline=None, max_examples=60)

# No high surrogate comes right before a low one: in JSON both are the character that they stand for together.
_PIECES = (
    *("\n", "\r", "\r\n", "\t", "\0", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ud800 ", "\udcff", "\ufffe", "\x7f", "\ufeff"),
    *("|", "\\", "\\|", "`", "```", "*", "_", "~~", "#", "## ", "- ", "1. ", "> ", "---", "$x$", "!", "&amp;", "&#60;", "&lt"),
    *("<", ">", "</details>", "<script>", "<br>", "<!--", "-->", "]]>", "<![CDATA[", "<?xml?>", "[a](b)", "[a]", "](", "{0}", "{{"),
    *('"', "'", "%", ":", "/", "..", "a", "b c", "é", "漢", "🎩", "http://x.y", "a" * 600),
)  # fmt: skip

TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join), st.text(max_size=20))
PLACES = st.builds(Place, path=TEXTS.filter(bool), line=st.integers(1, 10**9), column=st.integers(1, 10**6))
_PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["limit", "price", "default-value"]) | TEXTS,
    title=TEXTS,
    what=TEXTS,
    verdict=st.sampled_from(["confirmed", "denied", "open"]) | TEXTS,
    level=st.sampled_from(LEVELS),
    message=TEXTS,
    place=st.none() | PLACES,
    open=st.booleans(),
    further=st.lists(st.builds(Further, place=PLACES, text=TEXTS), max_size=2).map(tuple),
    details=_PAIRS,
)
REPORTS = st.builds(
    Report,
    command=TEXTS,
    title=TEXTS,
    findings=st.lists(FINDINGS, max_size=6).map(tuple),
    rules=st.dictionaries(st.sampled_from(["limit", "price"]) | TEXTS, TEXTS, max_size=3),
    summary=_PAIRS,
    spent=st.lists(
        st.builds(Money, amount=st.decimals(0, 10**9, allow_nan=False, allow_infinity=False), currency=TEXTS),
        max_size=2,
    ).map(tuple),
)

DENIED = Finding(
    rule="limit",
    title="acme/still-1 steps",
    what="maximum",
    verdict="denied",
    level="error",
    message="51 is accepted",
    place=Place(path="specs/acme/still-1.yaml", line=12, column=5),
    further=(Further(place=Place(path="pages/still-1.md", line=40, column=1), text="what the page says"),),
    details=(("documented", "50"), ("found", "51")),
)
OPEN = Finding(
    rule="price",
    title="acme/still-1",
    what="charge",
    verdict="open",
    level="note",
    message="nothing was spent",
    open=True,
)
DOUBTED = Finding(
    rule="limit", title="acme/still-1 n", what="minimum", verdict="doubted", level="warning", message="both"
)
TOLD = Finding(rule="limit", title="acme/still-1 n", what="unit", verdict="told", level="note", message="it says so")
CONFIRMED = Finding(
    rule="price", title="acme/still-1", what="hold", verdict="confirmed", level="none", message="as documented"
)
REPORT = Report(
    command="proviso conform",
    title="acme",
    findings=(CONFIRMED, OPEN, TOLD, DOUBTED, DENIED),
    rules={"limit": "The limits of a parameter.", "price": "What a request costs."},
    summary=(("facts", "5"),),
    spent=(Money(amount=Decimal("1E-2"), currency="USD"),),
)
