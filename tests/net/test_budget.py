"""Memory for bodies: bounded, and never stuck."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from reader.net.budget import Budget


@dataclass(eq=False)
class Body:
    want: int
    held: int = 0
    counted: int = 0


@given(
    wants=st.lists(st.integers(0, 50), min_size=1, max_size=20),
    limit=st.integers(1, 60),
    lazy=st.integers(1, 6),
)
def test_no_more_than_the_limit_and_one_body_and_all_get_through(
    wants: list[int], limit: int, lazy: int
) -> None:
    budget: Budget[Body] = Budget(limit)
    ready = [Body(want) for want in wants]
    untaken: list[int] = []
    most = max(wants)
    steps = 0
    while ready or untaken or budget.next_paused():
        steps += 1
        assert steps < 10_000, "stuck"
        for body in list(ready):
            if not budget.admits(body):
                ready.remove(body)
                continue
            body.held += min(5, body.want - body.held)
            if body.held == body.want:
                ready.remove(body)
                budget.ended(body, kept=True)
                untaken.append(body.held)
        if steps % lazy == 0 and untaken:
            budget.taken(untaken.pop())
        while (again := budget.next_paused()) is not None:
            ready.append(again)
        in_memory = sum(body.held for body in ready) + sum(untaken)
        # Each of those that were admitted at the brink adds one piece.
        assert in_memory <= limit + most + 5 * len(wants)
    assert not budget.full


def test_a_body_that_failed_gives_its_memory_back() -> None:
    budget: Budget[Body] = Budget(10)
    one, two = Body(0, held=10), Body(0)
    assert budget.admits(one)
    assert budget.full
    assert not budget.admits(two)
    assert budget.next_paused() is None
    budget.ended(one, kept=False)
    assert not budget.full
    assert budget.next_paused() is two
