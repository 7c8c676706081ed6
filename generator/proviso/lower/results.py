"""What comes out: at once, in the end, by callback, or not at all."""

from __future__ import annotations

from typing import get_args

from proviso import ir
from proviso.lower import conditions, matches, operations, references, texts
from proviso.lower.node import Node

_FORMS: tuple[ir.Form, ...] = get_args(ir.Form)
_KINDS: tuple[ir.OutputKind, ...] = get_args(ir.OutputKind)


def results(node: Node, declared: tuple[ir.Parameter, ...]) -> tuple[ir.ResultsAt, ...]:
    """Read where results stand: a path, a mapping, or a list of them."""
    return tuple(_results_at(one, declared) for one in node.each())


def _results_at(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.ResultsAt:
    if isinstance(node.value, str):
        return ir.ResultsAt(at=texts.path(node), place=node.place)
    at, value, form, kind = node.get("at"), node.get("value"), node.get("as"), node.get("kind")
    resolve = node.get("resolve")
    forms = ("url",) if form is None else tuple(one for told in form.texts() for one in _FORMS if one == told)
    if at is None and forms != ("bytes",):
        node.complain("`at` is missing: only a body that is the result itself (`as: bytes`) needs none", "missing-key")
    if (resolve is None) == (forms == ("file",)):
        node.complain("the id of a file (`as: file`) goes with `resolve`, the call that gives its address", "results")
    with_key = node.get("with_key")
    if with_key is not None and not {"url", "file"} & set(forms):
        with_key.complain("only what stands at an address is fetched with the key", "results", at_key=True)
    return ir.ResultsAt(
        at="$" if at is None else texts.path(at),
        value="$" if value is None else texts.singular(value),
        forms=forms,
        kind=None if kind is None else output_kind(kind),
        media_type=_media_type(node.get("type"), declared),
        failed=_failed(node.get("failed")),
        resolve=None if resolve is None else _resolve(resolve),
        with_key=with_key is not None and with_key.flag(),
        when=conditions.when(node, declared),
        place=node.place,
    )


def _resolve(node: Node) -> ir.Resolve:
    return ir.Resolve(
        operation=operations.resolving(node),
        at=texts.singular(node["at"], advice="write an index such as [0]"),
        place=node.key_place,
    )


def _failed(node: Node | None) -> ir.Failed | None:
    if node is None:
        return None
    return ir.Failed(
        when=matches.matches(node["when"]),
        code=texts.paths(node.get("code")),
        message=texts.paths(node.get("message")),
        place=node.key_place,
    )


def empty(node: Node | None, *, job: bool) -> tuple[ir.Empty, ...]:
    """Read what it means that a success has no result; the first whose `when` holds counts."""
    if node is None:
        return ()
    found = tuple(_empty(one) for one in node.each())
    for number, one in enumerate(node.each()):
        if job and "headers" in one.mapping():
            one["headers"].complain("headers are read of an answer at once alone", "results", at_key=True)
        if not {"when", "headers"} & one.mapping().keys() and number + 1 < len(found):
            one.complain("what has no `when` comes last; the ones behind it could never hold", "results")
    return found


def _empty(node: Node) -> ir.Empty:
    billed, headers = node.get("billed"), node.get("headers")
    return ir.Empty(
        says=node["says"].text(),
        when=matches.matches(node.get("when")),
        headers=() if headers is None else tuple((name, one.texts()) for name, one in headers.unordered()),
        code=texts.paths(node.get("code")),
        message=texts.paths(node.get("message")),
        billed=None if billed is None else billed.flag(),
        place=node.place,
    )


def output_kind(node: Node) -> ir.OutputKind:
    """Read what something is: an image, a video, a sound or a text."""
    return next(one for one in _KINDS if one == node.text())


def _media_type(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.MediaType | None:
    if node is None:
        return None
    if isinstance(node.value, str):
        return ir.TypeAt(path=texts.singular(node)) if node.value.startswith("$") else ir.TypeIs(name=node.value)
    return type_by(node, declared)


def type_by(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.TypeBy:
    """Read the media types that a parameter chooses from."""
    name = references.parameter(node["parameter"], declared)
    default = next((one.default for one in declared if one.name == name), None)
    return ir.TypeBy(
        parameter=name,
        types=tuple((value, member.text()) for value, member in node["types"].unordered()),
        default=default if isinstance(default, str) else None,
        place=node["parameter"].place,
    )


def immediate(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Immediate | None:
    """Read the operation that answers at once."""
    if node is None:
        return None
    returns, at = node.get("returns"), node.get("results")
    places = () if at is None else results(at, declared)
    return ir.Immediate(
        operation=operations.operation(node, at_once=True),
        returns=() if returns is None else returns.texts(),
        results=places,
        empty=empty(node.get("empty"), job=False),
        stream=_stream(node.get("stream"), places, declared),
        place=node.key_place,
    )


def _stream(
    node: Node | None, places: tuple[ir.ResultsAt, ...], declared: tuple[ir.Parameter, ...]
) -> ir.Stream | None:
    """Read an answer that comes as events; places are those of an answer that does not."""
    if node is None:
        return None
    event, failed, partial = node.get("event"), node.get("failed"), node.get("partial")
    named = ir.EVENT if event is None or event.text() == ir.EVENT else texts.singular(event)
    completed = _events(node["completed"], places, declared)
    if not completed.results:
        node["completed"].complain("where the results stand in such an event is missing: add `results`", "missing-key")
    return ir.Stream(
        event=named,
        completed=completed,
        partial=None if partial is None else _events(partial, completed.results, declared),
        failed=() if failed is None else failed.texts(),
        end=node.optional_text("end"),
        when=conditions.when(node, declared),
        place=node.key_place,
    )


def _events(node: Node, places: tuple[ir.ResultsAt, ...], declared: tuple[ir.Parameter, ...]) -> ir.Events:
    own = node.get("results")
    return ir.Events(
        names=node["events"].texts(),
        results=places if own is None else results(own, declared),
        place=node.key_place,
    )


def failure(node: Node | None) -> ir.Failure | ir.Unknown:
    """Read where a failed job says why."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about failed jobs.")
    if (unknown := node.unknown()) is not None:
        return unknown
    codes = node.get("codes")
    return ir.Failure(
        code=texts.paths(node.get("code")),
        message=texts.paths(node.get("message")),
        codes=() if codes is None else codes.texts(),
        open=node.optional_text("open"),
        place=node.key_place,
    )


def retention(node: Node | None) -> ir.Retention | ir.Unknown:
    """Read how long results are kept."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about the lifetime of results.")
    if (unknown := node.unknown()) is not None:
        return unknown
    return ir.Retention(
        seconds=texts.seconds(node["lasts"]),
        since="completion" if node["from"].text() == "completion" else "submission",
    )
