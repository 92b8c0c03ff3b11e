"""Makes frozen classes with slots quick to send between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def state_of(self: Any) -> list[object]:  # noqa: ANN401 - any class with slots
    """For ``__getstate__``: the values of the slots. dataclasses' own looks them up anew."""
    return [getattr(self, name) for name in self.__slots__]


def take_state(self: Any, state: Sequence[object]) -> None:  # noqa: ANN401 - any class with slots
    """For ``__setstate__``: what ``state_of`` gave."""
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
