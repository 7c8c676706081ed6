"""Who writes the word of another schema language is told what this one says in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proviso import foreign_words, shape
from proviso.load import load

LANGUAGE = Path(__file__).parents[1] / "proviso" / "language"
WORDS = json.loads((LANGUAGE / "inputs.schema.json").read_text("utf-8"))["definitions"]


def complaints(tmp_path: Path, parameter: str) -> list[str]:
    path = tmp_path / "m.yaml"
    path.write_text(f"parameters: {{seed: {{description: A number., {parameter}}}}}", "utf-8")
    document, broken = load(path, shown="m.yaml")
    assert broken == ()
    assert document is not None
    return [one.message for one in shape.model(document)]


@pytest.mark.parametrize("word", foreign_words.KEYS)
def test_a_key_of_another_language_has_a_remedy(tmp_path: Path, word: str) -> None:
    expected = f'unknown key "{word}" in a parameter; {foreign_words.KEYS[word]}'
    assert expected in complaints(tmp_path, f'type: integer, "{word}": 1')


@pytest.mark.parametrize(
    ("key", "word"), [(key, word) for key, words in foreign_words.VALUES.items() for word in words]
)
def test_a_value_of_another_language_has_a_remedy(tmp_path: Path, key: str, word: str) -> None:
    expected = f'"{key}" cannot be "{word}"; {foreign_words.VALUES[key][word]}'
    assert expected in complaints(tmp_path, f"{key}: {word}")


def test_what_this_language_has_is_not_foreign() -> None:
    names = WORDS["type-name"]["enum"]
    formats = WORDS["format-name"]["enum"]
    assert not foreign_words.KEYS.keys() & WORDS["parameter"]["properties"].keys()
    assert not foreign_words.VALUES["type"].keys() & set(names)
    assert not foreign_words.VALUES["format"].keys() & set(formats)
