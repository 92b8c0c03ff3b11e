"""Makes frozen classes with slots quick to send between processes."""

from collections.abc import Sequence
from typing import Any


def state_of(self: Any) -> list[object]:  # noqa: ANN401 - any class with slots
    """For ``__getstate__``: the values of the slots. dataclasses' own looks them up anew."""
    return [getattr(self, name) for name in self.__slots__]


def take_state(self: Any, state: Sequence[object]) -> None:  # noqa: ANN401 - any class with slots
    """For ``__setstate__``: what ``state_of`` gave."""
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
