"""Where refusals say what is wrong, held against the spec: all refusals of a run together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proviso import ir, reply_paths
from proviso.conform import telling
from proviso.conform.exchanges import Reply
from proviso.conform.judging import Judged
from proviso.conform.verdicts import Verdict, confirmed, denied
from proviso.oracle.subject import Subject


def of(seen: Iterable[Judged]) -> Iterator[tuple[Subject, Verdict]]:
    """Yield what refusals say: one that has something where documents put it shows the place, a reason in none denies it."""
    by_model: dict[Subject, list[Judged]] = {}
    for one in seen:
        by_model.setdefault(one.probe.subject, []).append(one)
    for subject, listed in by_model.items():
        refused = [
            one for one in listed if (reply := one.course.first.reply) is not None and _is_refusal(subject, reply)
        ]
        replies = [reply for one in refused if (reply := one.course.first.reply) is not None]
        # A refusal that has nothing to do with the request may come from somebody else, such as a gateway.
        about = any(one.told is not None and one.told.sort == "refused" for one in refused)
        for name, paths in _paths(subject).items():
            verdict = _of_path(name, paths, replies, about=about)
            if verdict is not None:
                yield subject, verdict


def _paths(subject: Subject) -> dict[str, tuple[str, ...]]:
    errors, envelope = subject.model.errors, subject.provider.envelope
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(errors, ir.Unknown):
        found |= {"errors.message": errors.message, "errors.code": errors.code}
        found |= {} if errors.details is None else {"errors.details": (errors.details.at,)}
    if envelope is not None and envelope.message is not None:
        found["envelope.message"] = (envelope.message,)
    return {name: paths for name, paths in found.items() if paths}


def _of_path(name: str, paths: tuple[str, ...], replies: list[Reply], *, about: bool) -> Verdict | None:
    for reply in replies:
        found = [path for path in paths if reply_paths.find(path, reply.body)]
        if found:
            return confirmed(name, f"a refusal with {reply.status} has it at {found[0]}", side="outside")
    # Not every refusal has a code, or details, where documents put them for some; a reason is what each has.
    if not about or not name.endswith(".message"):
        return None
    return denied(name, f"none of {len(replies)} refusals has anything at {' or '.join(paths)}")


def _is_refusal(subject: Subject, reply: Reply) -> bool:
    return reply.text is None and reply.content is None and telling.refusal(subject, reply) is not None
