"""From an OpenAPI document to a client that sends a request: what the draft leaves open is filled in by hand."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import httpx2
import pytest

from . import building, desk, drafts

# What a person reads on the provider's page, in place of each mark of the draft.
FILLED_IN = {
    "summary: TODO": "summary: Draws images from a text.",
    "kind: TODO": "kind: image",
    "count: TODO": "count: count",
    "at: TODO": "at: $.status\n    queued: [queued]\n    running: [busy]\n    succeeded: [done]\n    failed: [failed]",
    "results: TODO": "results: $.images[*].url",
    "price: {unknown: The OpenAPI document does not say what a request costs.}": (
        "price: {currency: USD, rates: {image: {amount: 0.03, per: image}}, hold: requested * image,"
        " charge: delivered * image}"
    ),
}


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """Draft a spec and fill in what is left."""
    folder = tmp_path / "specs"
    document = drafts.DOCUMENTS / "lumen.yaml"
    done = desk.run("new", "lumen", "--from-openapi", str(document), "--specs", str(folder))
    assert done.exit_code == 0, done.output
    for path in folder.glob("lumen/*.yaml"):
        text = path.read_text("utf-8")
        for mark, fact in FILLED_IN.items():
            text = text.replace(mark, fact)
        path.write_text("".join(line + "\n" for line in text.splitlines() if "# TODO" not in line), "utf-8")
    return folder


def test_a_filled_in_draft_has_no_complaints(specs: Path) -> None:
    assert building.complaints(specs) == []


def test_the_client_of_a_filled_in_draft_checks_quotes_and_sends(specs: Path, tmp_path: Path) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        if request.method == "POST":
            return httpx2.Response(202, json={"id": "j-1", "status": "queued"})
        images = [{"url": "https://cdn.lumen.example/1.png"}, {"url": "https://cdn.lumen.example/2.png"}]
        return httpx2.Response(200, json={"id": "j-1", "status": "done", "images": images})

    with building.imported(specs, tmp_path / "out") as package:
        lumen = importlib.import_module(f"{package.__name__}.lumen")
        assert [one.rule for one in lumen.lumen_3.violations({"prompt": "a hat", "count": 9})] == ["maximum"]
        assert str(lumen.lumen_3.quote({"prompt": "a hat", "count": 2}).charge) == "0.06"
        with httpx2.Client(transport=httpx2.MockTransport(answer)) as http:
            client = lumen.Client(api_key="key", http_client=http)
            done = client.lumen_3.generate(prompt="a hat", count=2, X_Priority="high")
    assert [image.url for image in done.images] == [
        "https://cdn.lumen.example/1.png",
        "https://cdn.lumen.example/2.png",
    ]
    assert [request.method for request in sent] == ["POST", "GET"]
    assert str(sent[0].url) == "https://api.lumen.example/v2/images"
    assert sent[0].headers["authorization"] == "Bearer key"
    assert sent[0].headers["x-priority"] == "high"
    assert json.loads(sent[0].content) == {"model": "lumen-3", "prompt": "a hat", "count": 2}
