"""Specs of invented providers, as rich as real ones: any number of models, the same ones on every run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import yaml

MODELS_A_PROVIDER = 10
_RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9")
_TIERS = {"1K": 1024, "2K": 2048, "3K": 3072, "4K": 4096}
_STYLES = ("natural", "vivid", "anime", "watercolour", "pencil", "film", "isometric", "woodcut")
_WORDS = (
    "amber", "bridge", "cedar", "delta", "ember", "fjord", "garnet", "harbour", "indigo", "juniper", "kestrel",
    "lantern", "meadow", "nectar", "orchard", "pebble", "quarry", "ripple", "saffron", "thistle", "velvet", "willow",
)  # fmt: skip


class _Chance:
    """Choices that look random and are the same on every run."""

    def __init__(self, *, seed: str) -> None:
        self.seed = seed
        self.drawn = 0

    def between(self, least: int, most: int) -> int:
        self.drawn += 1
        digest = hashlib.sha256(f"{self.seed}/{self.drawn}".encode()).digest()
        return least + int.from_bytes(digest[:8]) % (most - least + 1)

    def pick(self, options: Sequence[str]) -> str:
        return options[self.between(0, len(options) - 1)]

    def some(self, options: Sequence[str], count: int) -> list[str]:
        return sorted(options, key=lambda _: self.between(0, 1 << 32))[:count]


def write(folder: Path, models: int, *, each: int = MODELS_A_PROVIDER) -> None:
    """Write the specs of so many models into a new folder. each: how many of them a provider has."""
    for number in range(models // each):
        home = folder / f"maker-{number}"
        home.mkdir(parents=True)
        _dump(home / "provider.yaml", _provider(number))
        for index in range(each):
            chance = _Chance(seed=f"{number}/{index}")
            _dump(home / f"picture-{index}.yaml", _model(index, chance))


def _dump(path: Path, data: dict[str, object]) -> None:
    dumper = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper
    text = yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=110)
    path.write_text(text, encoding="utf-8")


def _sentence(chance: _Chance, words: int) -> str:
    return " ".join(chance.pick(_WORDS) for _ in range(words)).capitalize() + "."


def _provider(number: int) -> dict[str, object]:
    address = f"https://api.maker-{number}.example/v1"
    return {
        "provider": f"maker-{number}",
        "title": f"Maker {number}",
        "source": "page",
        "sources": {
            "page": {
                "title": f"Reference of Maker {number}",
                "address": f"{address}/reference",
                "read": "2026-11-20",
                "sha256": hashlib.sha256(address.encode()).hexdigest(),
            },
        },
        "base_url": address,
        "auth": {"bearer": f"MAKER_{number}_KEY"},
        "envelope": {"at": "$.code", "ok": [200], "message": "$.message"},
        "body": {"model": "{model}", "callback_url": "{callback_url}", "input": "{*}"},
        "parameters": {
            "callback_url": {
                "type": "string",
                "format": "https-url",
                "description": "Public address that receives the finished job.",
            },
        },
        "job": {
            "submit": {"call": "POST /jobs/{model}", "id": "$.data.id"},
            "poll": {"call": "GET /jobs/{model}?id={id}"},
            "state": {
                "at": "$.data.state",
                "queued": ["queued"],
                "running": ["running"],
                "succeeded": ["done"],
                "failed": ["failed"],
            },
            "failure": {"code": "$.data.error.code", "message": "$.data.error.text"},
            "results": "$.data.images[*].url",
            "retention": {"unknown": "The page does not say how long a result stays available."},
        },
        "errors": {
            "message": "$.message",
            "code": "$.code",
            "statuses": {
                400: {"means": "invalid"},
                401: {"means": "unauthorized"},
                404: {"means": "not-found"},
                429: {"means": "rate-limited"},
                500: {"means": "server"},
            },
            "billed": {"unknown": "The page does not say whether a refused request is billed."},
        },
        "replies": _replies(),
    }


def _replies() -> list[dict[str, object]]:
    failure = {"id": "job_1", "state": "failed", "error": {"code": "UNSAFE", "text": "The prompt is not allowed."}}
    picture = {"url": "https://files.example/1.png", "width": 2048, "height": 2048}
    bodies = {
        "accepted": {"id": "job_1"},
        "running": {"id": "job_1", "state": "running"},
        "done": {"id": "job_1", "state": "done", "images": [picture]},
        "failed": failure,
    }
    replies: list[dict[str, object]] = [
        {
            "name": name,
            "of": "submit" if name == "accepted" else "poll",
            "status": 200,
            "body": {"code": 200, "message": "ok", "data": data},
        }
        for name, data in bodies.items()
    ]
    refused = {"name": "refused", "of": "submit", "status": 400, "body": {"code": 400, "message": "No prompt."}}
    return [*replies, refused]


def _model(index: int, chance: _Chance) -> dict[str, object]:
    tiers = sorted(chance.some(sorted(_TIERS), 2))
    ratios = sorted(chance.some(_RATIOS, 6))
    pixels = {ratio: {tier: _pixels(ratio, tier) for tier in tiers} for ratio in ratios}
    most = chance.between(4, 10)
    rate = chance.between(10, 90) / 1000
    return {
        "model": f"picture-{index}",
        "title": f"Picture {index}",
        "summary": _sentence(chance, 14),
        "source": "page",
        "output": {"kind": "image", "count": "count"},
        "parameters": _parameters(chance, tiers, ratios, most),
        "rules": [{"when": {"mode": "edit"}, "require": ["image_urls"]}],
        "sizes": {"by": ["aspect_ratio", "resolution"], "rows": pixels},
        "price": {
            "currency": "USD",
            "rates": {"image": {"amount": rate, "per": "image"}},
            "hold": "count * image",
            "charge": "delivered * image",
        },
        "schedule": [{"first": "10s", "every": "3s", "limit": "10m", "typical": "20s to 40s"}],
        "doubts": [
            {
                "id": "strength-default",
                "touches": ["strength"],
                "claims": [
                    {"source": "page", "says": _sentence(chance, 10)},
                    {"source": "page", "says": _sentence(chance, 12)},
                ],
                "ruling": _sentence(chance, 8),
                "because": _sentence(chance, 12),
                "settled_by": "One accepted request.",
            }
        ],
        "witnesses": list(_witnesses(index, chance, pixels, rate)),
    }


def _parameters(chance: _Chance, tiers: list[str], ratios: list[str], most: int) -> dict[str, dict[str, object]]:
    styles = chance.some(_STYLES, 4)
    documented: dict[str, dict[str, object]] = {
        "mode": {"type": "string", "enum": ["create", "edit"], "required": True},
        "prompt": {"type": "string", "minLength": 1, "maxLength": chance.between(1000, 5000), "required": True},
        "image_urls": {
            "type": "array",
            "items": {"type": "string", "format": "http-url"},
            "minItems": 1,
            "maxItems": chance.between(2, 14),
        },
        "count": {"type": "integer", "minimum": 1, "maximum": most, "required": True},
        "resolution": {"type": "string", "enum": tiers},
        "aspect_ratio": {"type": "string", "enum": ratios},
        "style": {"type": "string", "enum": styles, "default": styles[0]},
        "strength": {"type": "number", "minimum": 0, "maximum": 1},
        "seed": {"type": "integer", "minimum": 0, "maximum": 2147483647},
        "output_format": {"type": "string", "enum": ["jpeg", "png"], "default": "jpeg"},
        "watermark": {"type": "boolean", "default": False},
    }
    return {name: {**limits, "description": _sentence(chance, 12)} for name, limits in documented.items()}


def _pixels(ratio: str, tier: str) -> str:
    width, height = map(int, ratio.split(":"))
    side = _TIERS[tier] / (width * height) ** 0.5
    return f"{round(side * width / 16) * 16}x{round(side * height / 16) * 16}"


def _witnesses(index: int, chance: _Chance, pixels: dict[str, dict[str, str]], rate: float) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for count, mode in ((1, "create"), (2, "edit")):
        ratio = chance.pick(sorted(pixels))
        tier = chance.pick(sorted(pixels[ratio]))
        images = ["https://example.com/a.png", "https://example.com/b.png"]
        given: dict[str, object] = {"mode": mode, "prompt": _sentence(chance, 9), "count": count}
        given |= {"image_urls": images} if mode == "edit" else {"seed": chance.between(0, 1000)}
        given |= {"resolution": tier, "aspect_ratio": ratio, "strength": 0.5, "watermark": True}
        amount = round(rate * count, 3)
        found.append(
            {
                "name": mode,
                "body": {"model": f"picture-{index}", "input": given},
                "pixels": pixels[ratio][tier],
                "hold": amount,
                "charge": amount,
            }
        )
    return found
