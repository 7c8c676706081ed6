"""Where a comparison has got to, and what is held of the fact that stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeGuard

from proviso.comparing.changes import Change, Verdict
from proviso.comparing.spoken import spoken
from proviso.diagnostics import Place, printable

Many = Literal["set", "list", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """How a change of one kind of fact is judged.

    rule: its name in reports. what: the fact in words. changed, added, removed: what each of these means; without a
    judgement of its own, what comes or goes is a change. What was unknown comes, what is no longer known goes. more,
    less: the same of numbers that grew or shrank, and of what is so now or no longer. many: whether several values are told one by one (`set`), have an order
    that matters (`list`), or are one fact (`whole`). seconds: whether numbers are lengths of time.
    """

    rule: str
    what: str
    changed: Verdict
    added: Verdict | None = None
    removed: Verdict | None = None
    more: Verdict | None = None
    less: Verdict | None = None
    many: Many = "set"
    seconds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A fact of one subject: the way to it, its nearest places, and how it is judged."""

    subject: str
    at: str
    old: Place
    new: Place
    fact: Fact

    def into(self, step: str, old: object, new: object, fact: Fact | None = None) -> Here:
        """Go on to a part, which may have places and a judgement of its own."""
        step = printable(step)
        return replace(
            self,
            at=f"{self.at}{step}" if step.startswith("[") or not self.at else f"{self.at}.{step}",
            old=_place(old, self.old),
            new=_place(new, self.new),
            fact=self.fact if fact is None else fact,
        )

    def change(
        self, verdict: Verdict, *, old: object = None, new: object = None, rule: str | None = None, **more: object
    ) -> Change:
        """Tell a change of this fact; None is what is not there. more: further words of the verdict's sentence."""
        before, after = (None if one is None else spoken(one, seconds=self.fact.seconds) for one in (old, new))
        told = {"what": self.fact.what, "old": before or "nothing", "new": after or "nothing", "at": self.at}
        said = verdict.says.format(**told, **{name: spoken(one) for name, one in more.items()})
        return Change(
            means=verdict.means,
            rule=rule or self.fact.rule,
            subjects=(self.subject,),
            at=self.at,
            old=before,
            new=after,
            consequence=printable(" ".join(said.split())),
            place=self.new,
            was=self.old if new is None and _has_place(old) else None,
        )

    def changed(self, old: object, new: object) -> Change:
        """Tell that this fact is another, judged by which way a number went."""
        verdict = None
        if _is_ordered(old) and _is_ordered(new) and isinstance(old, bool) == isinstance(new, bool):
            verdict = self.fact.more if new > old else self.fact.less
        return self.change(verdict or self.fact.changed, old=old, new=new)


def _is_ordered(one: object) -> TypeGuard[Decimal]:
    return isinstance(one, int | Decimal)


def _place(one: object, otherwise: Place) -> Place:
    found = getattr(one, "place", None)
    return found if isinstance(found, Place) and found.path else otherwise


def _has_place(one: object) -> bool:
    return hasattr(one, "place")
