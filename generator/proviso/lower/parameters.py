"""Parameters, the rules between them, and the body that carries them."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower import texts
from proviso.lower.node import Node

DEEPEST_BODY = 8
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength")


def parameters(nodes: tuple[Node | None, ...]) -> tuple[ir.Parameter, ...]:
    """Read the parameters of a model and those that it shares; its own come first and win."""
    found: dict[str, ir.Parameter] = {}
    for node in nodes:
        if node is not None:
            for name, member in node.items():
                if name not in found:
                    found[name] = _parameter(name, member)
    return tuple(found.values())


def _parameter(name: str, node: Node) -> ir.Parameter:
    required, default, examples = node.get("required"), node.get("default"), node.get("examples")
    return ir.Parameter(
        name=name,
        kind=_kind(node),
        description=node["description"].text(),
        required=required is not None and required.flag(),
        default=None if default is None else default.scalar(),
        examples=() if examples is None else tuple(one.scalar() for one in examples.each()),
        deprecated=node.optional_text("deprecated"),
        assumed=node.optional_text("assumed"),
        sources=node.sources(),
        place=node.key_place,
    )


def _kind(node: Node) -> ir.Kind:
    if node["type"].text() != "array":
        return _item_kind(node)
    unique = node.get("uniqueItems")
    return ir.Sequence(
        items=_item_kind(node["items"]),
        min_items=_count(node, "minItems"),
        max_items=_count(node, "maxItems"),
        unique=unique is not None and unique.flag(),
    )


def _item_kind(node: Node) -> ir.ItemKind:
    if (enum := node.get("enum")) is not None:
        return _choice(node, enum)
    match node["type"].text():
        case "string":
            return _string(node)
        case "integer":
            return ir.Integer(
                minimum=_whole(node, "minimum", "exclusiveMinimum", 1),
                maximum=_whole(node, "maximum", "exclusiveMaximum", -1),
                multiple_of=_count(node, "multipleOf"),
            )
        case "number":
            if (multiple := node.get("multipleOf")) is not None:
                multiple.complain("multipleOf is for integers", "keyword", at_key=True)
            return ir.Number(
                minimum=_number(node, "minimum"),
                maximum=_number(node, "maximum"),
                exclusive_minimum=_number(node, "exclusiveMinimum"),
                exclusive_maximum=_number(node, "exclusiveMaximum"),
            )
        case "array":
            node.complain("a list of lists has no place in the language yet", "keyword")
            return ir.Text()
        case _:
            return ir.Flag()


def _choice(node: Node, enum: Node) -> ir.Choice:
    for key in (*_BOUNDS, "format", "size"):
        if (bound := node.get(key)) is not None:
            bound.complain(f"enum says already which values are allowed; {key} adds nothing", "keyword", at_key=True)
    wanted = node["type"].text()
    values = [one.scalar() for one in enum.each()]
    match wanted:
        case "string":
            for one in enum.each():
                if not isinstance(one.value, str):
                    one.complain(f'{one.value} is not a string; quote it ("{one.value}") or change the type', "enum")
            return ir.Choice(values=tuple(str(value) for value in values))
        case "integer":
            whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
            for one in enum.each():
                if not isinstance(one.value, int) or isinstance(one.value, bool):
                    one.complain(f"{one.value!r} is not an integer", "enum")
            return ir.Choice(values=tuple(whole))
        case _:
            enum.complain("enum is for strings and integers", "keyword", at_key=True)
            return ir.Choice(values=tuple(str(value) for value in values))


def _string(node: Node) -> ir.Text | ir.Url | ir.PixelSize:
    least, most = _count(node, "minLength"), _count(node, "maxLength")
    special = [key for key in ("format", "size") if node.get(key) is not None]
    if special and (len(special) > 1 or least is not None or most is not None):
        node.complain("format, size and lengths are not combined: give one of them", "keyword")
    if (size := node.get("size")) is not None:
        tiers = size.get("tiers")
        return ir.PixelSize(
            tiers=() if tiers is None else tiers.texts(),
            separators=size["separators"].texts(),
        )
    if (format_ := node.get("format")) is not None:
        return ir.Url(schemes=("https",) if format_.text() == "https-url" else ("http", "https"))
    return ir.Text(min_length=least, max_length=most)


def _count(node: Node, key: str) -> int | None:
    found = node.get(key)
    return None if found is None else found.integer()


def _number(node: Node, key: str) -> Decimal | None:
    found = node.get(key)
    return None if found is None else found.number()


def _whole(node: Node, inclusive: str, exclusive: str, shift: int) -> int | None:
    bounds: list[int] = []
    for key, step in ((inclusive, 0), (exclusive, shift)):
        if (found := node.get(key)) is not None:
            if isinstance(found.value, int):
                bounds.append(found.value + step)
            else:
                found.complain(f"{key} of an integer is an integer", "keyword")
    # Of two lower bounds the greater holds, of two upper bounds the smaller.
    return (max(bounds) if shift > 0 else min(bounds)) if bounds else None


def conditions(node: Node | None, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Condition, ...]:
    """Read a `when`: parameters, and the value or values at which it holds."""
    if node is None:
        return ()
    by_name = {one.name: one for one in declared}
    found: list[ir.Condition] = []
    for name, member in node.items():
        parameter = by_name.get(name)
        if parameter is None:
            hint = did_you_mean(name, by_name)
            member.complain(f"parameter {name!r} is not declared{hint}", "reference", at_key=True)
            continue
        values = tuple(one.scalar() for one in member.each())
        default = parameter.default
        by_default = default is not None and any(ir.same(one, default) for one in values)
        found.append(ir.Condition(parameter=name, values=values, by_default=by_default, place=member.place))
    order = list(by_name)
    return tuple(sorted(found, key=lambda condition: order.index(condition.parameter)))


def rules(nodes: tuple[Node | None, ...], declared: tuple[ir.Parameter, ...]) -> tuple[ir.Rule, ...]:
    """Read the rules between parameters, the model's own before the shared ones."""
    names = tuple(one.name for one in declared)
    found: list[ir.Rule] = []
    for node in nodes:
        for rule in () if node is None else node.each():
            for name in rule["require"].each():
                texts.member(name, names, "parameter")
            found.append(
                ir.Require(
                    when=conditions(rule["when"], declared),
                    parameters=rule["require"].texts(),
                    sources=rule.sources(),
                    place=rule.place,
                )
            )
    return tuple(found)


def body(node: Node, model: str, declared: tuple[ir.Parameter, ...]) -> ir.Members:
    """Read the layout of the body: every parameter has exactly one place in it."""
    names = tuple(one.name for one in declared)
    placed = [name for leaf in _leaves(node) if (name := _placeholder(leaf)) in names]
    rest = tuple(name for name in names if name not in placed)
    holders = [leaf for leaf in _leaves(node) if _placeholder(leaf) == "*"]
    for leaf in _leaves(node):
        name = _placeholder(leaf)
        if name is not None and name not in (*names, "*", "model"):
            hint = did_you_mean(name, names)
            leaf.complain(f"parameter {name!r} is not declared{hint}", "reference")
    for name in sorted({name for name in placed if placed.count(name) > 1}):
        node.complain(f"parameter {name!r} has two places in the body", "body")
    if len(holders) > 1:
        holders[1].complain("{*} stands twice; the other parameters have one place", "body")
    if not holders and rest:
        node.complain(f"no place in the body for {', '.join(rest)}; name them, or write {{*}}", "body")
    others = tuple((name, ir.Value(parameter=name)) for name in rest)
    layout = _layout(node, model, others, 1)
    if isinstance(layout, ir.Members):
        return layout
    node.complain("a body is an object: {*}, or members with names", "body")
    return ir.Members(members=())


def _layout(node: Node, model: str, others: tuple[tuple[str, ir.Layout], ...], depth: int) -> ir.Layout:
    if isinstance(node.value, dict):
        if depth > DEEPEST_BODY:
            node.complain(f"a body nests at most {DEEPEST_BODY} objects", "body")
            return ir.Members(members=())
        members: list[tuple[str, ir.Layout]] = []
        for key, member in node.items():
            # The member "*": "{*}" spreads the other parameters among its neighbours.
            if key == "*" and _placeholder(member) == "*":
                members.extend(others)
            else:
                members.append((key, _layout(member, model, others, depth + 1)))
        names = [name for name, _ in members]
        for name in sorted({name for name in names if names.count(name) > 1}):
            node.complain(f"two members of the body are named {name!r}", "body")
        return ir.Members(members=tuple(members))
    match _placeholder(node):
        case None:
            return ir.Constant(value=node.scalar())
        case "*":
            return ir.Members(members=others)
        case "model":
            return ir.Constant(value=model)
        case name:
            return ir.Value(parameter=name)


def _leaves(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return [leaf for _, member in node.items() for leaf in _leaves(member)]
    return [node]


def _placeholder(node: Node) -> str | None:
    if not isinstance(node.value, str) or "{" not in node.value:
        return None
    if node.value.startswith("{") and node.value.endswith("}") and node.value.count("{") == 1:
        return node.value[1:-1]
    node.complain("a member is one placeholder such as {prompt}, or a text without braces", "body")
    return "*"
