"""The handle of a job can be sent to another process, which finds the key by itself and waits there."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import strategies as st

from harness import keys
from harness.clock import FakeClock
from harness.effort import once
from harness.faces import Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.drawing import strategies, transcripts


@once(data=st.data())
def test_a_copy_of_a_handle_has_no_key_and_goes_on_where_the_handle_was(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    provider = job_subject.provider
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)():
        job = face.line(job_subject, clock).submit(params)
    packed = pickle.dumps(job)
    assert keys.KEY.encode() not in packed
    assert keys.SIGNER.encode() not in packed
    with pytest.MonkeyPatch.context() as patch:
        for name, text in keys.environment(provider.auth[0]).items():
            patch.setenv(name, text)
        copy = pickle.loads(packed)
    assert type(copy) is type(job)
    assert repr(copy) == repr(job)
    assert (copy.id, copy.quote, copy.addresses, copy.submitted_at) == (
        job.id,
        job.quote,
        job.addresses,
        job.submitted_at,
    )
    assert pickle.dumps(copy) == packed
