"""Sections of a draft: what is known of them, and marks for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proviso.drafting import marks
from proviso.yaml_text import Block, Tree

SOURCE = "page"
# A section that all models have alike stands in provider.yaml.
SHARED_KEYS = ("body", "request", "job", "immediate", "schedule", "callback", "errors", "replies")
MODEL_KEYS = (
    "model",
    "title",
    "summary",
    "source",
    "output",
    "parameters",
    "rules",
    "price",
    *SHARED_KEYS,
    "witnesses",
)
_HEADER = "yaml-language-server: $schema={}/language/{}.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the user said about a provider; None for what was not said."""

    provider: str
    title: str | None = None
    base_url: str | None = None
    auth: Tree = None
    model: str | None = None
    submit: tuple[str, ...] = ()
    poll: str | None = None
    collect: str | None = None
    immediate: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read: its title, its digest, and the day."""

    title: str
    digest: str | None
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Words of a document that help a person to fill in what it does not say."""

    silent: str
    models: tuple[str, ...] = ()
    submit: tuple[str, ...] = ()
    polls: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    def unknown(self, what: str) -> Block:
        """Make an unknown fact."""
        return marks.unknown(f"{self.silent} {what}.")


def sources(said: Said, page: Page, hints: Hints) -> Block:
    """Describe the page that was read."""
    entry = Block()
    if page.title:
        entry.put("title", page.title)
    else:
        entry.put("title", marks.TODO, marks.todo("write the title of the page that you read"))
    entry.put("address", hints.unknown("where it is published") if said.address is None else said.address)
    entry.put("read", page.read)
    if page.digest is None:
        remark = marks.todo("save the text of the page, and give its SHA-256 digest: sha256sum page.txt")
        entry.put("sha256", marks.TODO, remark)
    else:
        entry.put("sha256", page.digest)
    return Block({SOURCE: entry})


def job(
    *,
    submit: str | None,
    job_id: str | None,
    assumed: str | None,
    poll: str | None,
    collect: str | None,
    hints: Hints,
) -> Block:
    """Describe the course of a job.

    Args:
        submit: the call that starts it.
        job_id: the path of its id in the reply.
        assumed: why that path was assumed.
        poll: the call that asks how it is doing.
        collect: the call that fetches its result, if that is another one.
        hints: what else the document says.
    """
    start, ask, state, block = Block(), Block(), Block(), Block()
    _fill(start, "call", submit, "give the call that starts a job, such as POST /jobs")
    _fill(start, "id", job_id, "say where the id of the new job stands in the reply, such as $.id", hints.submit)
    if assumed is not None:
        start.put("assumed", assumed)
    _fill(ask, "call", poll, "give the call that asks how a job is doing, such as GET /jobs/{id}", hints.polls)
    if poll is not None and poll.startswith("POST "):
        ask.put("body", marks.TODO, marks.todo('say what this call sends, such as {id: "{id}"}'))
    what = "say where the state stands, such as $.status, and which words mean queued, running, succeeded or failed"
    _fill(state, "at", None, what, hints.states)
    block.put("submit", start)
    block.put("poll", ask)
    if collect is not None:
        block.put("collect", {"call": collect})
    block.put("state", state)
    block.put("failure", hints.unknown("how a failed job looks"))
    _fill(
        block, "results", None, "say where the results stand in the last reply, such as $.images[*].url", hints.results
    )
    block.put("retention", hints.unknown("how long results are kept"))
    return block


def immediate(call: str, returns: Iterable[str], *, hints: Hints, in_json: bool) -> Block:
    """Describe an operation that answers with the result itself.

    Args:
        call: the call.
        returns: the media types of a body that is the result.
        hints: what else the document says.
        in_json: whether the result stands in JSON, when no media type is known.
    """
    block = Block({"call": call})
    if types := list(returns):
        block.put("returns", types)
    elif in_json:
        what = "say where the results stand in the reply, such as {at: $.data[*], value: $.b64, as: base64}"
        _fill(block, "results", None, what, hints.results)
    else:
        what = "list the media types of a body that is the result, such as [image/png]; or say under results where it stands in JSON"
        _fill(block, "returns", None, what)
    return block


def errors(statuses: Block, hints: Hints) -> Block:
    """Describe refusals by the statuses that are listed."""
    if not statuses.members:
        return hints.unknown("how refusals look")
    block = Block()
    if hints.refusals:
        block.remark(
            marks.todo("message: say where the words of a refusal stand, such as $.message"),
            *marks.also(hints.refusals),
        )
    block.put("billed", hints.unknown("whether refused requests cost money"))
    block.put("assumed", "The statuses are listed; what each means is what HTTP says, not words of the page.")
    block.put("statuses", statuses)
    return block


def model(
    *, model_id: str | None, name: str, kind: str | None, parameters: Block, rules: Sequence[Tree] = (), hints: Hints
) -> Block:
    """Describe a model.

    Args:
        model_id: the provider's id of it, where it is known.
        name: a name that stands in its place.
        kind: what it makes, such as image.
        parameters: its parameters, as far as they are known.
        rules: the rules between them.
        hints: what else the document says.
    """
    block = Block()
    made_up = "give the provider's id of the model; this one is made up"
    _fill(block, "model", model_id, made_up, hints.models, stand_in=name)
    block.put("title", words(name))
    _fill(block, "summary", None, "say in one sentence of your own what the model is good for")
    block.put("source", SOURCE)
    output = Block()
    _fill(output, "kind", kind, "say what the model makes, such as image")
    _fill(output, "count", None, "say how many it makes: a number, or the parameter that says it")
    block.put("output", output)
    if not parameters.members:
        remark = marks.todo(
            "list the parameters in the page's order, such as n: {type: integer, minimum: 1, description: How many.}"
        )
        block.put("parameters", marks.TODO, remark)
    else:
        block.put("parameters", parameters)
    if rules:
        block.put("rules", list(rules))
    block.put("price", hints.unknown("what a request costs"))
    return block


def words(name: str) -> str:
    """Write a short name as a title: `still-image-2` is Still image 2."""
    spaced = " ".join(name.replace("_", "-").split("-"))
    return spaced[:1].upper() + spaced[1:]


def variable(provider: str) -> str:
    """Name the environment variable that holds a provider's key."""
    return f"{provider.replace('-', '_').upper()}_API_KEY"


def header(kind: str, language: str) -> str:
    """Write the first line of a file, which lets editors complete the keys.

    Args:
        kind: provider or model.
        language: the way from the file to the package that holds the language.
    """
    return _HEADER.format(language, kind)


def _fill(
    block: Block, key: str, value: str | None, otherwise: str, facts: Iterable[str] = (), *, stand_in: str = marks.TODO
) -> None:
    """Put a value, or a mark that says what is wanted, with what the document says about it."""
    remarks = [marks.todo(otherwise), *marks.also(facts)] if value is None else []
    block.put(key, stand_in if value is None else value, *remarks)
