"""The faults of rules between parameters: every way in which each of them can be broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from proviso import ir
from proviso.drawing.settling import Target
from proviso.oracle import bodies, limits, pixel_sizes, rule_breaches
from proviso.oracle.rule_breaches import Breach


@dataclass(frozen=True, kw_only=True)
class RuleFault:
    """One way to break one rule.

    parameter: where it is reported, or the first that it may be reported at.
    held: parameters that have a value of their own, since the rule holds for it as for the default.
    """

    rule: ir.Rule
    parameter: str
    word: str
    detail: str
    severity: str
    says: tuple[str, ...]
    held: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def target(self) -> Target:
        """What a request with this fault, and no other, is like."""
        return Target(rule=self.rule, breaks=self._is_alone)

    def _is_alone(self, found: list[Breach]) -> bool:
        if len(found) != 1 or found[0].detail != self.detail:
            return False
        fixed = isinstance(self.rule, ir.Require | ir.Forbid | ir.Group | ir.Limit | ir.Sets)
        return not fixed or found[0].at == (f"/{self.parameter}" if self.parameter else "")


def of(model: ir.Model) -> Iterator[RuleFault]:
    """Yield every fault of the rules of a model."""
    for rule in model.rules:
        said = tuple(test.parameter for test in rule_breaches.tests(rule))
        ignored = isinstance(rule, ir.Forbid) and rule.ignored
        nulls = [test.parameter for test in rule.when if isinstance(test, ir.Among | ir.Within) and test.or_null]
        for parameter, detail, says in _ways(rule):
            for held in ({}, *({name: None} for name in nulls)):
                yield RuleFault(
                    rule=rule,
                    parameter=parameter,
                    word=rule_breaches.word(rule),
                    detail=detail,
                    severity="advice" if ignored or rule.advice is not None else "error",
                    says=(*said, *says),
                    held=held,
                )


def is_in_schema(model: ir.Model, fault: RuleFault) -> bool:
    """Say whether the JSON Schema of the body can say what the fault breaks."""
    told = not bodies.are_beside(model) & rule_breaches.looked_at(fault.rule)
    return told and fault.severity == "error" and _is_in_schema(fault.rule, fault.detail)


def _is_in_schema(rule: ir.Rule, detail: str) -> bool:
    match rule:
        case ir.Total() | ir.EqualCounts():
            return False
        case ir.Pixels(parameters=names, limits=stated):
            return bool(stated.sizes) or (len(names) > 1 and detail in ("width", "height"))
        case ir.AnyOf(options=options):
            return all(_is_in_schema(one, part) for one in options for part in _parts(one))
        case _:
            return True


def _parts(option: ir.Limit | ir.Pixels) -> list[str]:
    return pixel_sizes.stated(option.limits) if isinstance(option, ir.Pixels) else [""]


def _ways(rule: ir.Rule) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    names = rule_breaches.named(rule)
    match rule:
        case ir.Require() | ir.Forbid() | ir.Sets():
            yield from ((name, "", ()) for name in names)
        case ir.Group(how=how):
            if how in ("at_least_one", "exactly_one"):
                yield "", "none", names
            if how in ("at_most_one", "exactly_one"):
                yield from ((name, "many", names) for name in names[1:])
            if how == "all_or_none":
                yield from ((name, "some", names) for name in names)
        case ir.Limit(limits=limited):
            for name, kind in limited:
                yield from ((name, keyword, ()) for _, keyword in limits.keywords(kind) if keyword != "type")
        case ir.Pixels(limits=stated):
            sides = dict(zip(("width", "height"), names, strict=False))
            yield from ((sides.get(part, names[0]), part, ()) for part in pixel_sizes.stated(stated))
        case ir.Total(minimum=least, maximum=most):
            for detail, bound in (("minimum", least), ("maximum", most)):
                if bound is not None:
                    yield names[0], detail, (str(bound), *names)
        case ir.AnyOf() | ir.EqualCounts():
            yield names[0], "", names
