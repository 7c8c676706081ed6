"""The checks of parameters: a block each, and a function for every kind that is made of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from proviso import check_words, ir, kind_words, naming, words
from proviso.check_words import Branch, Spelling

_IS_OF = {
    "string": "type({}) is str",
    "boolean": "type({}) is bool",
    "integer": "violation.whole({}) is not None",
    "number": "violation.number({}) is not None",
    "array": "violation.items({}) is not None",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """Allowed values, named after what they are allowed for."""

    name: str
    values: tuple[str | int | float | bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How a value is checked: branches, of which the first that fits counts, and a statement for where none does.

    lengths: groups of branches about a list's number of items, of which the first that fits counts in each.
    suspects: the items to look at; items: how each of them is checked.
    """

    branches: tuple[Branch, ...]
    otherwise: str = ""
    lengths: tuple[tuple[Branch, ...], ...] = ()
    suspects: str = ""
    items: Check | None = None

    def lines(self) -> Iterator[str]:
        """Yield the lines of the check, inner ones indented."""
        yield from _tried(self.branches)
        rest = [self.otherwise] if self.otherwise else []
        if self.items is not None:
            rest += [line for group in self.lengths for line in _tried(group)]
            rest += [f"for index, item in {self.suspects}:", *(f"    {line}" for line in self.items.lines())]
        if rest and self.branches:
            yield "else:"
            yield from (f"    {line}" for line in rest)
        else:
            yield from rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The check of one parameter or member; `pointer` is an expression."""

    name: str
    pointer: str
    comment: str
    required: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function that checks a value inside others: an object member by member, or by the lines of one check.

    argument: what it is given, with its type. known: the constant that names an object's members.
    """

    name: str
    argument: str
    doc: str
    known: str = ""
    names: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    lines: tuple[str, ...] = ()


class Checks:
    """The checks of a model's parameters. Functions and constants gather on the way, inner ones first."""

    def __init__(self, parameters: tuple[ir.Parameter, ...], sizes: Mapping[ir.PixelLimits, str]) -> None:
        """Make the checks; sizes: the names of the module's constants for limits of sizes."""
        named = naming.constants(one.name for one in parameters)
        self.functions: list[Function] = []
        self.constants: list[Constant] = []
        self._sizes = sizes
        self._taken = set(named.values())
        self._made: dict[ir.Kind, str] = {}
        self.blocks = tuple(self._block(one, f"/{one.name}", named[one.name]) for one in parameters)

    def _block(self, one: ir.Parameter, at: str, constant: str) -> Block:
        to = Spelling(value="value", at=at, constant=constant, expected=_expected(one.kind), sizes=self._sizes)
        return Block(
            name=one.name,
            pointer=to.pointer,
            comment=f"{one.name}: {kind_words.limits(one.kind)}{', required' if one.required else ''}.",
            required=one.required,
            lines=tuple(self._check(one.kind, to, one.advice).lines()),
        )

    def _check(self, kind: ir.Kind, to: Spelling, advice: ir.Advice | None = None) -> Check:
        match kind:
            case ir.Nullable(of=inner):
                null = Branch(when=f"{to.value} is None", then="pass")
                found = self._check(inner, to, advice)
                return replace(found, branches=(null, *found.branches))
            case ir.Sequence():
                return self._list(kind, to, advice)
            case ir.Object() | ir.Union(tag=str()):
                foreign = check_words.wrong_type(f"(members := violation.members({to.value})) is None", to)
                return Check(
                    branches=(foreign,), otherwise=f"{self._of_members(kind, to)}(members, {to.pointer}, found)"
                )
            case ir.Union(arms=arms):
                return self._union(arms, to)
            case _:
                return self._simple(kind, to, advice)

    def _simple(self, kind: ir.SimpleKind, to: Spelling, advice: ir.Advice | None) -> Check:
        self._constant(kind, to.constant)
        if advice is None or not isinstance(advice.kind, ir.SimpleKind):
            return Check(branches=tuple(check_words.branches(kind, to)))
        soft = replace(to, constant=self._unique(f"{to.constant}_ADVISED"), because=advice.because)
        self._constant(advice.kind, soft.constant)
        advised = check_words.limits(advice.kind, soft)
        return Check(branches=(*check_words.branches(kind, to, bind=True), *advised))

    def _list(self, kind: ir.Sequence, to: Spelling, advice: ir.Advice | None) -> Check:
        foreign = check_words.wrong_type(f"(items := violation.items({to.value})) is None", to)
        item = replace(to, value="item", at=f"{to.at}/{{index}}", expected=_expected(kind.items))
        plain = isinstance(kind.items, ir.Url) and kind.items.min_length is None and kind.items.max_length is None
        return Check(
            branches=(foreign,),
            lengths=tuple(check_words.lengths(kind, to, advice)),
            suspects="urls.suspects(items)" if plain else "enumerate(items)",
            items=self._item(kind.items, item),
        )

    def _item(self, kind: ir.Kind, to: Spelling) -> Check:
        # A loop inside a loop would take the names of the outer one.
        if not _has_loop(ir.bare(kind)):
            return self._check(kind, to)
        inner = replace(to, constant=self._unique(f"{to.constant}_ITEM"))
        return Check(branches=(), otherwise=self._of_value(kind, inner))

    def _union(self, arms: tuple[ir.Kind, ...], to: Spelling) -> Check:
        # The last kind also answers for values of any other type, which the others have not taken.
        *others, last = sorted(arms, key=lambda arm: isinstance(arm, ir.SimpleKind))
        branches: list[Branch] = []
        for arm in others:
            (named,) = kind_words.json_types(arm)
            inner = replace(to, constant=self._unique(f"{to.constant}_{named.upper()}"))
            if isinstance(arm, ir.Object | ir.Union):
                when = f"(members := violation.members({to.value})) is not None"
                then = f"{self._of_members(arm, inner)}(members, {to.pointer}, found)"
            else:
                when, then = _IS_OF[named].format(to.value), self._of_value(arm, inner)
            branches.append(Branch(when=when, then=then))
        found = self._check(last, to)
        return replace(found, branches=(*branches, *found.branches))

    def _of_members(self, kind: ir.Object | ir.Union, to: Spelling) -> str:
        """Name the function that checks the members of an object."""
        if kind not in self._made:
            name = self._made[kind] = self._function(to)
            doc, argument = f"Check an {kind_words.limits(kind)}.", "given: dict[str, object]"
            if isinstance(kind, ir.Union):
                lines = tuple(self._tagged(kind, to.constant).lines())
                function = Function(name=name, argument=argument, doc=doc, lines=lines)
            else:
                blocks = tuple(self._members(kind, to.constant))
                names, known = tuple(one.name for one in kind.members), f"{to.constant}_MEMBERS"
                function = Function(name=name, argument=argument, doc=doc, known=known, names=names, blocks=blocks)
            self.functions.append(function)
        return self._made[kind]

    def _members(self, kind: ir.Object, constant: str) -> Iterator[Block]:
        for one in kind.members:
            spelled = naming.constant_name(one.name) or "VALUE"
            yield self._block(one, f"{{at}}/{one.name}", self._unique(f"{constant}_{spelled}"))

    def _tagged(self, kind: ir.Union, constant: str) -> Check:
        to = Spelling(value="tag", at=f"{{at}}/{kind.tag}", constant=constant, expected="string", sizes=self._sizes)
        tags = kind_words.tags(kind)
        self.constants.append(Constant(name=f"{constant}_VALUES", values=tags))
        branches = [
            Branch(when=f"{kind.tag!r} not in given", then=f"found.append(violation.missing({to.pointer}))"),
            check_words.wrong_type(f"type(tag := given[{kind.tag!r}]) is not str", to),
        ]
        for tag, arm in zip(tags, kind.arms, strict=True):
            if isinstance(arm, ir.Object):
                inner = replace(to, constant=self._unique(f"{constant}_{naming.constant_name(tag) or 'VALUE'}"))
                branches.append(
                    Branch(when=f"tag == {tag!r}", then=f"{self._of_members(arm, inner)}(given, at, found)")
                )
        none = check_words.breach("", to, "enum", "tag", f"{constant}_VALUES")
        return Check(branches=tuple(branches), otherwise=none.then)

    def _of_value(self, kind: ir.Kind, to: Spelling) -> str:
        """Spell the call of the function that checks a value of any kind."""
        name, doc = self._function(to), f"Check one value: {kind_words.limits(kind)}."
        check = self._check(kind, replace(to, value="value", at="{at}"))
        self.functions.append(Function(name=name, argument="value: object", doc=doc, lines=tuple(check.lines())))
        return f"{name}({to.value}, {to.pointer}, found)"

    def _function(self, to: Spelling) -> str:
        return self._unique(f"_{to.constant.lower()}")

    def _unique(self, wanted: str) -> str:
        spelled, number = wanted, 2
        while spelled in self._taken:
            spelled, number = f"{wanted}_{number}", number + 1
        self._taken.add(spelled)
        return spelled

    def _constant(self, kind: ir.SimpleKind, name: str) -> None:
        match kind:
            case ir.Choice(values=values):
                self.constants.append(Constant(name=f"{name}_VALUES", values=tuple(words.plain(one) for one in values)))
            case ir.Formatted(media_types=types) if types:
                self.constants.append(Constant(name=f"{name}_TYPES", values=types))
            case ir.Mixed(arms=arms):
                for arm in arms:
                    self._constant(arm, name)
            case ir.PixelSize(tiers=tiers) if tiers:
                self.constants.append(Constant(name=f"{name}_TIERS", values=tiers))
            case _:
                pass


def _has_loop(kind: ir.Kind) -> bool:
    """Tell whether the check of a value goes through items where it stands, and not in a function."""
    match kind:
        case ir.Sequence():
            return True
        case ir.Union(arms=arms, tag=None):
            return all(isinstance(arm, ir.Sequence | ir.Object | ir.Union) for arm in arms)
        case _:
            return False


def _expected(kind: ir.Kind) -> str:
    if isinstance(kind, ir.Nullable):
        return f"{_expected(kind.of)} or null"
    if isinstance(kind, ir.Formatted) and kind.format in ("binary", "data-uri"):
        return "data URI string"
    if isinstance(kind, ir.Mixed):
        return f"{kind_words.formats(kind)} string"
    return " or ".join(kind_words.json_types(kind))


def _tried(branches: tuple[Branch, ...]) -> Iterator[str]:
    for at, branch in enumerate(branches):
        yield f"{'elif' if at else 'if'} {branch.when}:"
        yield f"    {branch.then}"
