"""Bodies that are lists, numbered siblings, UUIDs, and what travels beside a body."""

from __future__ import annotations

import uuid

import pytest

from proviso_runtime import encoding, errors, layout, outgoing, violation

UUID = "0b4f1c9e-6f0c-4d55-9a40-1c2d3e4f5a6b"
BODY: list[layout.Member] = [
    {
        "task": layout.Constant("draw"),
        "id": layout.Fresh(),
        "image_{n}": layout.Numbered("images"),
        "size": [layout.Value("width", whole=True), layout.Value("height", whole=True)],
    }
]
BESIDE = (
    layout.Beside("path", "style", layout.Value("style")),
    layout.Beside("query", "steps", layout.Value("steps", whole=True)),
    layout.Beside("query", "v", layout.Constant(2)),
    layout.Beside("header", "X-Fine", layout.Value("fine")),
    layout.Beside("header", "X-Id", layout.Fresh()),
)
PARAMS: dict[str, object] = {
    "images": ["a", "b"],
    "width": 2.0,
    "height": 3,
    "style": "a/b",
    "steps": 4.0,
    "fine": False,
}


@violation.checker
def check(given: dict[str, object], /) -> list[violation.Violation]:
    wanted = ["width", "height", "style"]
    found = [violation.missing(f"/{name}") for name in wanted if name not in given]
    items = violation.items(given.get("images", [])) or []
    found += [
        violation.Violation(f"/images/{at}", "enum", one, ("a", "b"))
        for at, one in enumerate(items)
        if one not in ("a", "b")
    ]
    return found + ([violation.Violation("/images", "maxItems", len(items), 2)] if len(items) > 2 else [])


def broken(body: object, **beside: object) -> list[tuple[str, str]]:
    with pytest.raises(errors.RequestInvalid) as invalid:
        layout.read(BODY, body, check, beside=beside, elsewhere=("style", "steps", "fine"))
    return [(one.at, one.rule) for one in invalid.value.violations]


def good(**changes: object) -> list[dict[str, object]]:
    return [{"task": "draw", "id": UUID, "image_1": "a", "image_2": "b", "size": [2, 3], **changes}]


def test_a_request_has_one_uuid_of_version_4_and_texts_beside_its_body() -> None:
    made = outgoing.request(BODY, PARAMS, beside=BESIDE)
    assert made.body == good(id=made.id)
    assert (made.path, made.query) == ({"style": "a/b"}, {"steps": "4", "v": "2"})
    assert made.headers == {"X-Fine": "false", "X-Id": made.id}
    assert uuid.UUID(made.id).version == 4
    assert outgoing.request(BODY, PARAMS).id != made.id
    assert "a/b" not in repr(made)


def test_what_travels_beside_the_body_is_not_asked_for_and_is_handed_on() -> None:
    read = layout.read(BODY, good(), check, elsewhere=("style",))
    assert read == {"images": ["a", "b"], "width": 2, "height": 3}
    read = layout.read(BODY, good(), check, beside={"style": "x"}, elsewhere=("style",))
    assert read["style"] == "x"
    with pytest.raises(TypeError, match="'width' does not travel beside the body"):
        layout.read(BODY, good(), check, beside={"width": 3}, elsewhere=("style",))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, [("", "type")]),
        ([], [("", "minItems")]),
        ([*good(), 1], [("", "maxItems")]),
        ([3], [("/0", "type")]),
        (good(size=[1]), [("/0/size", "minItems")]),
        (good(size=[1, 2, 3]), [("/0/size", "maxItems")]),
        (good(id=7), [("/0/id", "type")]),
        (good(id=UUID + "\n"), [("/0/id", "format")]),
        (good(image_2="c"), [("/0/image_2", "enum")]),
        (good(image_3="a"), [("/0/image_1", "maxItems")]),
        (good(image_4="a"), [("/0/image_3", "required"), ("/0/image_1", "maxItems")]),
        (good(image_0="a"), [("/0/image_0", "additionalProperties")]),
        (good(image_02="a"), [("/0/image_02", "additionalProperties")]),
        (good(image_="a"), [("/0/image_", "additionalProperties")]),
        (good(image_9999999="a"), [("/0/image_9999999", "additionalProperties")]),
        (good(image_٣="a"), [("/0/image_\u0663", "additionalProperties")]),
    ],
)
def test_a_body_is_refused_at_the_place_that_is_wrong(body: object, found: list[tuple[str, str]]) -> None:
    assert broken(body, style="x") == found


def test_a_form_is_written_as_fields_with_lists_as_fields_that_come_again() -> None:
    body = {"prompt": "a b&c=é", "n": 2, "fine": True, "tags": ["x", "y"]}
    content, media_type = encoding.encoded(outgoing.Outgoing(body=body, encoding="form"), {"key": "k/"})
    assert content == b"prompt=a%20b%26c%3D%C3%A9&n=2&fine=true&tags=x&tags=y&key=k%2F"
    assert media_type == "application/x-www-form-urlencoded"


def test_a_multipart_form_is_the_same_bytes_each_time_with_a_boundary_made_of_its_parts() -> None:
    made = outgoing.Outgoing(body={'a"\r\n': "--é\r\n--", "n": [1, True]}, encoding="multipart")
    content, media_type = encoding.encoded(made, {"key": "k"})
    mark = media_type.removeprefix("multipart/form-data; boundary=")
    disposition = 'Content-Disposition: form-data; name="'
    assert content.decode() == (
        f'--{mark}\r\n{disposition}a%22%0D%0A"\r\n\r\n--é\r\n--\r\n'
        f'--{mark}\r\n{disposition}n"\r\n\r\n1\r\n--{mark}\r\n{disposition}n"\r\n\r\ntrue\r\n'
        f'--{mark}\r\n{disposition}key"\r\n\r\nk\r\n--{mark}--\r\n'
    )
    assert encoding.encoded(made, {"key": "k"}) == (content, media_type)
    assert mark not in encoding.encoded(outgoing.Outgoing(body={"a": "b"}, encoding="multipart"), {})[1]


def test_siblings_are_read_by_their_numbers_in_whatever_order_they_come() -> None:
    table = {"image_{n}": layout.Numbered("images")}
    body = {f"image_{number}": f"{number}" for number in (2, 11, 1, *range(3, 11))}
    assert layout.read(table, body, lambda _: ()) == {"images": [f"{number}" for number in range(1, 12)]}
