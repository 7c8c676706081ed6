"""A draft from an OpenAPI document: what it says, as far as the language goes, and marks for what it does not say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from proviso.diagnostics import Diagnostic, did_you_mean, quoted
from proviso.drafting import access, answers, beside, bodies, given, marks, operations, pages, polls, sections, source
from proviso.drafting.beside import Beside
from proviso.drafting.judging import judged
from proviso.drafting.operations import Operation
from proviso.drafting.parts import Part
from proviso.drafting.references import References
from proviso.drafting.sections import Hints, Page, Said
from proviso.yaml_text import Block, Tree

_SILENT = "The OpenAPI document does not say"
_MOST_MODELS = 20
_MOST_SHOWN = 12


class ChoiceError(Exception):
    """The user has to choose among operations, or has chosen one that is not there."""


def draft(path: Path, said: Said, *, read: str, language: str) -> dict[str, str]:
    """Draft the files of a provider.

    Args:
        path: the document.
        said: what the user said.
        read: today's date.
        language: the way from the files to the package that holds the language.

    Raises:
        BrokenError: the document cannot be drafted from.
        ChoiceError: the user has to choose among the operations.
    """
    references = References(source.read(path, shown=path.as_posix()))
    listed = operations.every(references)
    chosen = _chosen(references, listed, said.submit or ((said.immediate,) if said.immediate else ()))
    said = said if said.title else replace(said, title=references.part("info", "title").text or None)
    hints = Hints(silent=_SILENT)
    title = f"OpenAPI document {path.name}"
    first = chosen[0].steps
    base, settings = access.base_url(references, said.provider, *first)
    provider = given.provider_block(
        said,
        Page(title=title, digest=references.source.digest, read=read),
        hints,
        base=base,
        auth=access.auth(references, said.provider, *first),
    )
    if settings.members and said.base_url is None:
        provider.put("settings", settings)
    models: list[tuple[str, Block]] = []
    for operation in chosen:
        for name, block in _Drafter(references, listed, said).models(operation):
            models.append((_free(name, [stem for stem, _ in models]), block))
    return pages.files(provider, models, language=language)


def _chosen(references: References, listed: list[Operation], wanted: tuple[str, ...]) -> list[Operation]:
    if wanted:
        return [_named(one, listed) for one in wanted]
    found = operations.candidates(references, listed)
    if not found:
        message = "no operation of the document posts JSON or a form; choose one with --operation"
        raise source.BrokenError(Diagnostic(references.place("paths"), message, "openapi"))
    if len(found) > _MOST_MODELS:
        shown = ", ".join(one.id or one.call for one in found[:_MOST_MODELS])
        raise ChoiceError(f"{len(found)} operations may be the paid one; choose with --operation: {shown}, ...")
    return found


def _named(name: str, listed: list[Operation]) -> Operation:
    for one in listed:
        if name in (one.id, one.call):
            return one
    hint = did_you_mean(name, [word for one in listed for word in (one.id, one.call) if word])
    raise ChoiceError(f"the document has no operation {quoted(name)}{hint}")


def _free(name: str, taken: list[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


@dataclass(frozen=True, slots=True)
class _Drafter:
    """Draft the models of an operation."""

    references: References
    listed: list[Operation]
    said: Said

    def models(self, operation: Operation) -> list[tuple[str, Block]]:
        """Draft one model for each form of the operation's body: short names, and all that is known."""
        found = judged(self.references, "operation", *operation.steps)
        version = self.references.source.version
        encoding, media = bodies.media(found["requestBody"]["content"])
        listed = list(bodies.forms(media, version=version, model=self.said.model, encoding=encoding))
        examples = list(answers.examples(media, version=version))
        models: list[tuple[str, Block]] = []
        for form in listed:
            name = given.stem(form.model or (form.name if len(listed) > 1 else operation.id or operation.path))
            aside = beside.beside(self._parameters(operation, found), form, encoding=encoding, version=version)
            block = self._model(operation, found, form, aside, name)
            own = [one for one in examples if len(listed) == 1 or _is_of(one.body, form)]
            _witnesses(block, own)
            models.append((name, block))
        return models

    def _model(self, operation: Operation, found: Part, form: bodies.Form, aside: Beside, name: str) -> Block:
        version = self.references.source.version
        replies = found["responses"]
        types = answers.media_types(replies)
        statuses, remarks = answers.statuses(replies)
        poll = polls.poll(replies, self.listed, wanted=self.said.poll, version=version)
        collect = polls.collect(self.listed, wanted=self.said.collect)
        polled, collected = self._replies(poll), self._replies(collect)
        hints = Hints(
            silent=_SILENT,
            models=tuple(form.ids),
            submit=_texts(answers.fields_of(replies, version=version)),
            polls=_listed("there is", [one.call for one in self.listed if one.verb == "get" and one.placeholders]),
            states=_states(answers.fields_of(polled, version=version)),
            results=_addresses(answers.fields_of(collected or polled or replies, version=version)),
            refusals=_listed("refusals have", answers.refused_fields(replies, version=version)),
        )
        kinds = {one.partition("/")[0] for one in types}
        kind = kinds.pop() if len(kinds) == 1 else None
        parameters = Block(
            {**aside.parameters.members, **form.parameters.members},
            {**aside.parameters.remarks, **form.parameters.remarks},
        )
        block = sections.model(
            model_id=form.model, name=name, kind=kind, parameters=parameters, rules=form.rules, hints=hints
        )
        if parameters.members:
            remark = marks.todo("say of each parameter what it does, in words of your own")
            block.remarks.setdefault("parameters", []).append(remark)
        if also := marks.also([*form.also, *aside.also]):
            block.remarks.setdefault("parameters", []).extend(also)
        block.put("body", form.layout)
        if aside.request.members:
            block.put("request", aside.request)
        answers_now = bool(types) or self.said.immediate is not None
        if answers_now:
            in_json = bool(answers.fields_of(replies, version=version))
            block.put("immediate", sections.immediate(operation.call, types, hints=hints, in_json=in_json))
        if poll is not None or not answers_now:
            course = sections.job(
                submit=operation.call,
                job_id=None if poll is None else poll.job_id,
                assumed=None if poll is None else poll.assumed,
                poll=None if poll is None else poll.call,
                collect=None if collect is None else collect.call,
                hints=hints,
            )
            block.put("job", course)
            block.put("schedule", hints.unknown("when to poll"))
        if (callback := _callback(found, form, hints)) is not None:
            block.put("callback", callback)
        block.put("errors", sections.errors(statuses, hints), *remarks)
        printed = [
            *answers.printed(replies, "submit" if "job" in block.members else "immediate", version=version),
            *answers.printed(polled, "poll", version=version),
            *answers.printed(collected, "collect", version=version),
        ]
        if printed:
            block.put("replies", printed)
        else:
            remark = marks.todo("the document prints no reply; copy one for each operation and outcome from the page")
            block.put("replies", marks.TODO, remark)
        return block

    def _replies(self, call: polls.Poll | None) -> Part:
        if call is None or call.operation is None:
            return Part()
        return judged(self.references, "operation", *call.operation.steps)["responses"]

    def _parameters(self, operation: Operation, found: Part) -> list[Part]:
        """List the parameters of an operation and of its path; its own come first and win."""
        home = (*operation.steps[:-1], "parameters")
        count = len(list(self.references.part(*home).each()))
        shared = [judged(self.references, "parameter", *home, at) for at in range(count)]
        own = list(found["parameters"].each())
        named = {(one["in"].text, one["name"].text) for one in own}
        return [*own, *(one for one in shared if (one["in"].text, one["name"].text) not in named)]


def _listed(what: str, found: list[str]) -> tuple[str, ...]:
    return (f"{what} {', '.join(found[:_MOST_SHOWN])}",) if found else ()


def _texts(fields: list[tuple[str, str, object]]) -> tuple[str, ...]:
    return _listed("the reply has", [path for path, kind, _ in fields if kind in ("string", "integer", "uuid")])


def _states(fields: list[tuple[str, str, object]]) -> tuple[str, ...]:
    return tuple(f"{path} is one of {marks.shown(values)}" for path, _, values in fields if values)[:_MOST_SHOWN]


def _addresses(fields: list[tuple[str, str, object]]) -> tuple[str, ...]:
    kinds = ("uri", "url", "uri-reference", "byte")
    return tuple(f"{path} is a {kind}" for path, kind, _ in fields if kind in kinds)[:_MOST_SHOWN]


def _callback(operation: Part, form: bodies.Form, hints: Hints) -> Block | None:
    for _, callback in operation["callbacks"].members():
        for expression in callback.names():
            name = expression.removeprefix("{$request.body#/").removesuffix("}")
            if name in form.parameters.members:
                block = Block({"parameter": name})
                block.put("body", hints.unknown("whether what is posted is the same as the reply to a poll"))
                block.put("signature", hints.unknown("whether what is posted is signed"))
                return block
    return None


def _is_of(body: Tree, form: bodies.Form) -> bool:
    """Tell whether an example is one of a form."""
    if not isinstance(body, dict):
        return False
    return body.keys() <= form.names and all(body.get(key) == value for key, value in form.constants.items())


def _witnesses(block: Block, examples: list[answers.Example]) -> None:
    if examples:
        block.put("witnesses", [_witness(one) for one in examples])
    else:
        remark = marks.todo("the document shows no request; copy one from the page, and write its prompt anew")
        block.put("witnesses", marks.TODO, remark)


def _witness(example: answers.Example) -> dict[str, Tree]:
    reason: dict[str, Tree] = {"assumed": answers.ASSEMBLED} if example.assembled else {}
    return {"name": example.name or "example", **reason, "body": example.body}
