"""What is remembered of a request is never told of one that differs in anything that counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proviso.mock.remembering import Same, remembered
from proviso.oracle.subject import Params, Subject

from .mock_house import provider

_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 1), st.just(1.0), st.sampled_from(["", "1"]), st.lists(st.integers(0, 1)),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 1)),
)  # fmt: skip
_PARAMS = st.dictionaries(st.sampled_from("abc"), _VALUES)


def _subject() -> Subject:
    apixo = provider("apixo")
    return Subject(provider=apixo, model=apixo.models[0])


@given(asked=st.lists(st.tuples(_PARAMS, st.integers(0, 1)), max_size=30))
def test_it_is_as_if_everything_were_worked_out_again(asked: list[tuple[Params, int]]) -> None:
    def work(_subject: Subject, params: Params, more: int) -> str:
        if params.get("a") is None:
            return f"{'a' in params} {more}"
        return repr((params["a"], params.get("b", "none"))) if "c" in params else repr(sorted(params))

    subject, quick = _subject(), remembered(work)
    for params, more in asked:
        assert quick(subject, params, more) == work(subject, params, more)


def test_what_is_alike_is_worked_out_once_whatever_else_differs() -> None:
    worked: list[object] = []

    @remembered
    def work(_subject: Subject, params: Params, _of: Same[list[int]]) -> object:
        worked.append(params["size"])
        return params["size"]

    subject, here = _subject(), Same([1])
    for number in range(100):
        assert work(subject, {"size": number % 2, "prompt": f"{number}"}, here) == number % 2
    assert worked == [0, 1]
    assert work(subject, {"size": 1}, Same([1])) == 1
    assert worked == [0, 1, 1]


def test_memory_is_bounded() -> None:
    subject, quick = _subject(), remembered(lambda _subject, params: params["n"])
    for number in range(5000):
        assert quick(subject, {"n": number}) == number
    (by_names,) = (cell.cell_contents for cell in quick.__closure__ or () if hasattr(cell.cell_contents, "keyrefs"))
    assert sum(map(len, by_names[subject].values())) <= 1000
