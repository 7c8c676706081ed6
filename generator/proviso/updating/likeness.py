"""A new model's spec from a page in the layout of a known page: the known spec's locators, read on the new page.

Nothing is invented: what the new page does not say where the known one does is marked, and listed as left to do.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso.document import Document, Folder, Steps
from proviso.drafting import given, marks
from proviso.evidence import checking, citations, proposals
from proviso.evidence.facts import value_at
from proviso.evidence.own_words import merged
from proviso.evidence.pages import Page
from proviso.evidence.told import Missing, Reading, Surplus
from proviso.updating import converting
from proviso.yaml_text import Block, Tree

_BESIDE = frozenset({"parameters", "witnesses", "doubts", "rules", "sizes", "like", "without", "deprecated"})
_KNOWN = ("format", "items", "assumed", "cite")
"""What a known parameter of the same name and type lends to a new one, where the new page bears it out."""


class NotAlike(Exception):
    """A page that does not have the layout of the known one; the message says what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Hold a model's spec, and what it was made like. name: that of its file."""

    name: str
    model: str
    block: Block


def weight(folder: Folder, like: Document, page: Page) -> int:
    """Tell how well a known model's locators fit a page: how many of them find something.

    Args:
        folder: the provider of the known model.
        like: the known model.
        page: any page.
    """
    source = _source(like)
    if source is None or not isinstance(value_at(like.data, ("parameters",)), dict):
        return 0
    as_known = Page(page.captured, name=source, shown=page.shown)
    data = {**_data(like), "parameters": {}}
    found = proposals.told_of(like, as_known, checking.around(folder, like), data)
    is_list = any(isinstance(one, Surplus) and one.is_member for one in found)
    return len([one for one in found if not isinstance(one, Missing)]) if is_list else 0


def drafted(folder: Folder, like: Document, page: Page, *, source: str) -> Likeness:
    """Draft the spec of the model that a page is about.

    Args:
        folder: the provider of the known model.
        like: the known model.
        page: the new page.
        source: the name of the new page among the provider's sources.

    Raises:
        NotAlike: the page has no parameters where the known page has them, or names no model.
    """
    reader = _Reader(folder, like, page)
    parameters = reader.parameters()
    said = reader.said()
    model = said.get(("model",))
    if not isinstance(model, str):
        raise NotAlike("it names no model where the known page does")
    block = Block({"model": model, "title": model})
    block.remarks["title"] = [marks.todo("write the title as people know the model")]
    block.put("summary", f"The model {model}.", marks.todo("say in your own words what it does"))
    block.put("source", source)
    for key, value in reader.sections(said).items():
        block.put(key, value, *reader.remarks.get(key, ()))
    described = Block()
    for name, entry in parameters.items():
        described.put(name, entry, *reader.remarks.get(name, ()))
    block.put("parameters", described)
    _put_in_order(block)
    if (body := reader.witness(parameters, model)) is not None:
        block.put("witnesses", [{"name": "sample", "body": body, **reader.cite_of_witness()}])
    else:
        block.put("witnesses", marks.TODO, marks.todo("copy a request that the page shows; write its prompt anew"))
    return Likeness(name=_file_name(like, model), model=model, block=block)


class _Reader:
    def __init__(self, folder: Folder, like: Document, page: Page) -> None:
        known = _source(like)
        if known is None:
            raise NotAlike("the known model cites no page")
        self.folder, self.like = folder, like
        self.page = Page(page.captured, name=known, shown=page.shown)
        self.around = checking.around(folder, like)
        self.remarks: dict[str, list[str]] = {}
        self.data = {key: value for key, value in _data(like).items() if key not in ("doubts", "rules")}

    def parameters(self) -> dict[str, Block]:
        """Read every parameter of the page, in its order."""
        empty = {**self.data, "parameters": {}}
        told = proposals.told_of(self.like, self.page, self.around, empty)
        listed = [
            one for one in told if isinstance(one, Surplus) and one.is_member and one.steps[:-1] == ("parameters",)
        ]
        if not listed:
            raise NotAlike("it lists no parameters where the known page does")
        document = replace(self.like, data=empty)
        ways: list[Steps] = [one.steps for one in listed]
        found = proposals.members(document, self.page, self.around, ways)
        return {str(one.steps[-1]): self._parameter(one, found[one.steps]) for one in listed}

    def _parameter(self, one: Surplus, facts: dict[str, object]) -> Block:
        name = str(one.steps[-1])
        known = value_at(self.like.data, one.steps)
        typed = converting.typed(facts)
        block = Block()
        for key, value in typed.items():
            block.put(key, _tree(value))
        if "type" not in typed:
            block.put("type", "string", marks.todo("the page names no type that is known"))
        if isinstance(known, dict) and known.get("type") == typed.get("type"):
            for key in _KNOWN:
                if key in known and key not in typed:
                    block.put(key, _tree(known[key]))
            block.put("description", str(known.get("description", name)))
        else:
            block.put("description", f"The page's {name}.", marks.todo("say in your own words what it does"))
        if typed.get("type") == "array" and "items" not in block.members:
            block.put("items", {"type": "string"}, marks.todo("say what the items are, and how many there may be"))
        return block

    def said(self) -> dict[Steps, object]:
        """Read all other facts that the known spec cites."""
        data = {**self.data, "parameters": {}}
        found: dict[Steps, object] = {}
        for one in proposals.told_of(self.like, self.page, self.around, data):
            if one.steps[:1] in (("parameters",), ("witnesses",)):
                continue
            if isinstance(one, Reading) and one.value is not None:
                found.setdefault(one.steps, one.value if not one.agrees else value_at(self.data, one.steps))
            elif isinstance(one, Reading):
                self._other_words(one)
            elif not isinstance(one, Surplus):
                what = f"the page does not say {'.'.join(map(str, one.steps))} as the known page does"
                self.remarks.setdefault(str(one.steps[0]), []).append(marks.todo(what))
        return found

    def _other_words(self, one: Reading) -> None:
        """Cite the page's own words for a fact that the known page states in others, and ask whether it is the same."""
        name, (word, *_) = ".".join(map(str, one.steps)), one.said.split()
        hole = re.compile(rf"\{{{re.escape(name)}=[^{{}}]*\}}")
        self.data["cite"] = _with_words(self.data.get("cite"), hole, f"{{{name}={word}}}")
        what = f'the page says "{word}" for {name}; is that what is said here?'
        self.remarks.setdefault(str(one.steps[0]), []).append(marks.todo(what))

    def sections(self, said: dict[Steps, object]) -> dict[str, Tree]:
        """Give what the known spec says outside of parameters, with the values of the new page."""
        sections = {
            key: deepcopy(value)
            for key, value in self.data.items()
            if key not in _BESIDE and key not in ("model", "title", "summary", "source")
        }
        for steps, value in said.items():
            around = value_at(sections, steps[:-1])
            if len(steps) > 1 and isinstance(around, dict) and not isinstance(value, dict | list):
                around[str(steps[-1])] = converting.like(value, around.get(str(steps[-1])))
        return {key: _tree(value) for key, value in sections.items()}

    def witness(self, parameters: dict[str, Block], model: str) -> Tree:
        """Read the request that the page shows, with prompts in words of ours."""
        known = value_at(self.like.data, ("witnesses", 0))
        if not isinstance(known, dict) or "cite" not in known:
            return None
        data = {**self.data, "parameters": {}, "witnesses": [{**known, "body": {"model": model}}]}
        for one in proposals.told_of(self.like, self.page, self.around, data):
            if one.steps == ("witnesses", 0, "body") and isinstance(one, Reading) and isinstance(one.value, dict):
                free = frozenset(name for name, entry in parameters.items() if _is_free(entry))
                return _tree(merged(one.value, None, replace(self.around, free_texts=free)))
        return None

    def cite_of_witness(self) -> dict[str, Tree]:
        """Give the locator of the request, and what is assumed of it."""
        known = value_at(self.like.data, ("witnesses", 0))
        return {key: _tree(known[key]) for key in ("assumed", "cite") if isinstance(known, dict) and key in known}


def _with_words(cite: object, old: re.Pattern[str], new: str) -> object:
    match cite:
        case str():
            return old.sub(lambda _: new, cite)
        case list():
            return [_with_words(one, old, new) for one in cite]
        case dict():
            return {key: _with_words(one, old, new) for key, one in cite.items()}
        case _:
            return cite


def _is_free(entry: Block) -> bool:
    return entry.members.get("type") == "string" and {"enum", "format", "size"}.isdisjoint(entry.members)


def _put_in_order(block: Block) -> None:
    order = ("model", "title", "summary", "source", "cite", "output", "parameters")
    members = block.members
    block.members = {key: members[key] for key in order if key in members} | {
        key: value for key, value in members.items() if key not in order
    }


def _data(like: Document) -> dict[str, object]:
    return dict(like.data) if isinstance(like.data, dict) else {}


def _source(like: Document) -> str | None:
    listed = citations.cited(like).citations
    return next((one.sources[0] for one in listed if one.each is not None and one.sources), None)


def _file_name(like: Document, model: str) -> str:
    known = str(value_at(like.data, ("model",)))
    stem = like.path.rpartition("/")[2].removesuffix(".yaml")
    is_short = given.stem(known) != stem and given.stem(known.partition("/")[2]) == stem
    return given.stem(model.partition("/")[2] if is_short and "/" in model else model)


def _tree(value: object) -> Tree:
    match value:
        case dict():
            return {str(key): _tree(member) for key, member in value.items()}
        case list():
            return [_tree(item) for item in value]
        case str() | bool() | int() | Decimal() | None:
            return value
        case _:
            return str(value)
