"""A result is fetched from wherever it was moved, and the key is shown where the documents ask for it alone."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers.documented import Answer, Reaction
from proviso.drawing import transcripts
from proviso.drawing.transcripts import Transcript
from proviso.oracle import access
from proviso_runtime import errors

_MOVED = st.sampled_from([301, 302, 303, 307, 308])
_MOST = 5


@few(data=st.data())
def test_a_result_that_was_moved_is_fetched(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = _life(job_subject, data)
    files: dict[str, Reaction] = {}
    for number, (url, last) in enumerate(life.files.items()):
        way = _way(data, job_subject, url, steps=data.draw(st.integers(0, _MOST)), number=number)
        files |= _moved(data, way) | {way[-1]: last}
    assert _fetched(job_subject, face, life, files) == [one.content for one in life.made if one.url is not None]


@few(data=st.data())
def test_nobody_is_led_in_circles_or_out_of_https(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = _life(job_subject, data)
    if not life.files:
        return
    url = next(iter(life.files))
    long = _way(data, job_subject, url, steps=_MOST + 1)
    ways = [long, [*long[:3], url], [url, url], [url, "https://safe.test/1", "http://safe.test/2"]]
    way = data.draw(st.sampled_from([*ways, [url, "ftp://old.test/1"], [url, "https://"]]))
    with pytest.raises(errors.UnexpectedReply, match="redirected") as failed:
        _fetched(job_subject, face, life, _moved(None, way))
    assert failed.value.billed is False


def _life(subject: Subject, data: st.DataObject) -> Transcript:
    return data.draw(transcripts.transcripts(subject, phases=("succeeded",), whole=False))


def _way(data: st.DataObject, subject: Subject, url: str, *, steps: int, number: int = 0) -> list[str]:
    """Return addresses, the provider's own and others, over which a result is moved."""
    own, way = access.base_url(subject.provider), [url]
    for _ in range(steps):
        place = f"{number}/{len(way)}"
        way.append(data.draw(st.sampled_from([f"https://mirror.test/{place}", f"{own}/moved/{place}"])))
    return way


def _moved(data: st.DataObject | None, way: list[str]) -> dict[str, Reaction]:
    """Return what stands at the addresses of a way but the last one, which leads on to the next."""
    return {
        one: Answer(status=302 if data is None else data.draw(_MOVED), headers={"location": _told(one, then)})
        for one, then in pairwise(way)
    }


def _told(one: str, then: str) -> str:
    here, there = urlsplit(one), urlsplit(then)
    alike = (here.scheme, here.netloc) == (there.scheme, there.netloc)
    return there._replace(scheme="", netloc="").geturl() if alike and there.path else then


def _fetched(subject: Subject, face: Face, life: Transcript, files: dict[str, Reaction]) -> list[bytes]:
    clock = FakeClock()
    with ProviderMock(subject, life.script(subject, files=files), library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        done = line.wait(line.resume(life.id, addresses=life.links))
        found = [one for one in line.results(done, subject.model.output.kind) if not one.url.startswith("data:")]
        try:
            return [line.read(one) for one in found]
        finally:
            assert mock.count("submit", "immediate") == 0
