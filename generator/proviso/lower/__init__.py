"""From documents to meaning: references resolved, notations read, shared facts handed to each model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from proviso import ir, reply_states
from proviso.diagnostics import Diagnostic
from proviso.document import Document, Folder
from proviso.lower import (
    access,
    callbacks,
    choice,
    evidence,
    jobs,
    output,
    parameters,
    prices,
    rates,
    refusals,
    requests,
    results,
    rules,
    sizes,
    texts,
)
from proviso.lower.node import Node


def provider(folder: Folder) -> tuple[ir.Provider, tuple[Diagnostic, ...]]:
    """Lower one provider's folder, whose documents have the right shape.

    The provider is only fit for use when there is no complaint.
    """
    complaints: list[Diagnostic] = []
    root = Node.root(folder.provider, complaints)
    if root["provider"].text() != folder.name:
        root["provider"].complain(f"the folder is named {folder.name!r}; one of the two is wrong", "provider-name")
    sources = evidence.sources(root["sources"])
    known = tuple(source.name for source in sources)
    texts.sources(root, known)
    shared = parameters.parameters((root.get("parameters"),))
    of_all = Node.root(folder.provider, [])
    job, immediate = jobs.job(of_all.get("job"), shared), results.immediate(of_all.get("immediate"), shared)
    schedule = jobs.schedule(of_all.get("schedule"), shared)
    origins = root.get("origins")
    settings = access.settings(root.get("settings"))
    lowered = ir.Provider(
        name=folder.name,
        title=root["title"].text(),
        base_url=root["base_url"].text().rstrip("/"),
        auth=access.auth(root["auth"]),
        settings=settings,
        origins=() if origins is None else origins.texts(),
        headers=access.fixed(root.get("headers"), fold=True),
        query=access.fixed(root.get("query"), fold=False),
        envelope=refusals.envelope(root.get("envelope")),
        reply_headers=refusals.reply_headers(root.get("reply_headers")),
        errors=refusals.errors(root.get("errors")),
        job=job,
        immediate=immediate,
        schedule=schedule,
        rate=rates.rates(root.get("rate")),
        sources=sources,
        doubts=evidence.doubts(root.get("doubts"), shared),
        models=tuple(_model(document, root, known, settings) for document in folder.models),
        path=folder.provider.path,
        place=root.place,
        coverage=evidence.coverage(folder.provider),
        base_url_place=root["base_url"].place,
        origins_place=root.place if origins is None else origins.place,
    )
    # Every model reads the same parts of provider.yaml; what is wrong with them is said once.
    others = [one for one in complaints if one not in of_all.complaints]
    return lowered, (*map(_of_all_models, of_all.complaints), *others)


def _of_all_models(complaint: Diagnostic) -> Diagnostic:
    """Say what helps where provider.yaml speaks of a parameter that only some model has."""
    if complaint.rule != "reference":
        return complaint
    advice = "what stands here is for all models: declare it under parameters of this file, or move this to the model"
    return replace(complaint, message=f"{complaint.message}; {advice}")


def _model(document: Document, shared: Node, known: tuple[str, ...], settings: tuple[ir.Setting, ...]) -> ir.Model:
    own = Node.root(document, shared.complaints)
    texts.sources(own, known)

    def either(key: str) -> Node | None:
        return own.get(key) or shared.get(key)

    model_id = own["model"].text()
    declared = parameters.parameters((own.get("parameters"), shared.get("parameters")))
    body = either("body")
    if body is None:
        own.complain("neither this file nor provider.yaml has a body", "body")
    job, immediate = jobs.job(either("job"), declared), results.immediate(either("immediate"), declared)
    request = either("request")
    paid = (*((job.submit,) if job else ()), *((immediate.operation,) if immediate else ()))
    beside = requests.beside(request, paid, declared)
    laid_out = requests.body(body, model_id, declared, beside)
    envelope, errors = refusals.envelope(shared.get("envelope")), refusals.errors(either("errors"))
    if job is None and immediate is None:
        own.complain("neither this file nor provider.yaml has a job or an immediate operation", "operations")
    return ir.Model(
        name=PurePosixPath(document.path).stem,
        id=model_id,
        title=own["title"].text(),
        summary=own["summary"].text(),
        deprecated=own.optional_text("deprecated"),
        output=output.output(own["output"], declared),
        parameters=declared,
        rules=(
            *rules.rules((own.get("rules"), shared.get("rules")), declared),
            *choice.rules(laid_out, () if body is None else body.sources()),
        ),
        body=laid_out,
        beside=beside,
        encoding=requests.encoding(request),
        resend_for=requests.resend_for(request),
        sizes=sizes.sizes(own.get("sizes"), declared),
        price=prices.price(own["price"], declared, settings),
        job=job,
        immediate=immediate,
        schedule=jobs.schedule(either("schedule"), declared),
        rate=rates.rates(own.get("rate")),
        callback=callbacks.callback(either("callback"), declared),
        errors=errors,
        headers=access.fixed(own.get("headers"), shared.get("headers"), fold=True),
        query=access.fixed(own.get("query"), shared.get("query"), fold=False),
        replies=tuple(
            replace(one, refuses=refusals.inside(one, envelope, errors) and not reply_states.ended_badly(job, one))
            for one in evidence.replies(either("replies"))
        ),
        witnesses=evidence.witnesses(own.get("witnesses")),
        doubts=evidence.doubts(own.get("doubts"), declared),
        sources=own.sources(),
        path=document.path,
        place=own.place,
        coverage=evidence.coverage(document),
    )
