"""No two parts of the main screen, or of the library, call different things by the same name.

Both are made of many mixins; Python would let one of them take the place of another's
method, or both keep something else in one attribute, without a word.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest

from reader.library import Library
from reader.tui.screens.main import MainScreen

WHOLES = (MainScreen, Library)


def parts(whole: type) -> list[type]:
    """The classes of ours that a class is made of, those that are asked first first."""
    return [cls for cls in whole.__mro__ if cls.__module__.startswith("reader.")]


def body(cls: type) -> list[ast.stmt]:
    """The statements of a class."""
    (statement,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(statement, ast.ClassDef)
    return statement.body


def methods(cls: type) -> Mapping[str, ast.AST]:
    """The functions of a class, by name; a property with a setter counts once.

    Without those that Python calls, and the handlers of messages: Textual calls every part's.
    """
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = {one.name: one for one in body(cls) if isinstance(one, kinds)}
    return {name: one for name, one in found.items() if not name.startswith(("__", "on_"))}


def attributes(cls: type) -> Iterator[str]:
    """What a class keeps under names of its own: those it gives a value."""
    for statement in body(cls):
        for node in ast.walk(statement):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            for one in targets:
                if isinstance(one, ast.Name) and statement is node:
                    yield one.id
                elif isinstance(one, ast.Attribute) and ast.unparse(one.value) == "self":
                    yield one.attr


def calls_super(function: ast.AST) -> bool:
    """Whether a function goes on to the one that it takes the place of."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
        for node in ast.walk(function)
    )


def is_promise(function: ast.AST) -> bool:
    """Whether a function only says that another part has it."""
    return any(
        isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Name)
        and node.exc.id == "NotImplementedError"
        for node in ast.walk(function)
    )


@pytest.mark.parametrize("whole", WHOLES)
def test_no_method_silently_takes_the_place_of_another(whole: type) -> None:
    found = {cls: methods(cls) for cls in parts(whole)}
    clashes = [
        f"{name}: {first.__name__} and {second.__name__}"
        for first, second in combinations(found, 2)
        for name in found[first].keys() & found[second].keys()
        if not (calls_super(found[first][name]) or is_promise(found[second][name]))
    ]
    assert clashes == []


@pytest.mark.parametrize("whole", WHOLES)
def test_no_two_parts_keep_something_under_one_private_name(whole: type) -> None:
    kept = {cls: {name for name in attributes(cls) if name.startswith("_")} for cls in parts(whole)}
    named = {cls: set(methods(cls)) for cls in parts(whole)}
    clashes = [
        f"{name}: {first.__name__} and {second.__name__}"
        for first, second in combinations(kept, 2)
        for name in (kept[first] & kept[second])
        | (kept[first] & named[second])
        | (named[first] & kept[second])
        # Who inherits from a part may use what it keeps.
        if not issubclass(first, second) or name in named[first] | named[second]
    ]
    assert clashes == []


def test_clashes_are_found() -> None:
    """The two tests above can fail."""
    whole = type("Whole", (_One, _Two), {"__module__": "elsewhere"})
    assert calls_super(methods(_One)["heard"])
    assert not calls_super(methods(_One)["_told"])
    assert is_promise(methods(_Two)["promised"])
    assert set(attributes(_One)) & set(attributes(_Two)) == {"_kept"}
    assert methods(_One).keys() & methods(_Two).keys() == {"heard", "_told", "promised"}
    assert parts(whole) == []


class _Two:
    _kept = 0

    def heard(self) -> int:
        return 0

    def _told(self) -> int:
        return 2

    def promised(self) -> int:
        raise NotImplementedError


class _One(_Two):
    def __init__(self) -> None:
        self._kept = 1

    def heard(self) -> int:
        return super().heard()

    def _told(self) -> int:
        return 1

    def promised(self) -> int:
        return 3
