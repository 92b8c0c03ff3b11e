"""Writes MathML as a line of text: x², e^(iπ), a/(b+1), √(x)."""

from typing import Final

MAX_DEPTH: Final = 30
_RELATIONS: Final = frozenset("=≠<>≤≥≈≡∼≃≅∝∈∉⊂⊆→⇒⇔↦")
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED: Final = frozenset({"msup", "mover"})
_LOWERED: Final = frozenset({"msub", "munder"})
_BOTH: Final = frozenset({"msubsup", "munderover"})


class Formula:
    """One formula, told of its elements and their text in order.

    ``tex`` is the formula as TeX where its annotation or its alternative text tells it.
    """

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self._open: list[tuple[str, list[str]]] = [("math", [])]

    def text(self, written: str) -> None:
        """Text of the innermost element."""
        words = " ".join(written.split())
        if words:
            self._open[-1][1].append(words)

    def start(self, name: str, times: int) -> None:
        """``times`` elements begin, each in the one before."""
        for _ in range(min(times, MAX_DEPTH - len(self._open))):
            self._open.append((name, []))

    def end(self, name: str, times: int) -> None:
        """The innermost ``times`` elements of a name end, and what is open in them."""
        for _ in range(min(times, MAX_DEPTH)):
            if all(name != known for known, _ in self._open[1:]):
                return
            while self._close() != name:
                pass

    def words(self) -> str:
        """The formula as TeX, or else as text."""
        while len(self._open) > 1:
            self._close()
        return self.tex or "".join(self._open[0][1])

    def _close(self) -> str:
        name, parts = self._open.pop()
        if name == "annotation":
            self.tex = self.tex or "".join(parts).strip()
        else:
            self._open[-1][1].append(_written(name, parts))
        return name


def _written(name: str, parts: list[str]) -> str:
    """An element with its children written already."""
    if name in _RAISED and len(parts) == 2:
        return parts[0] + _raised(parts[1])
    if name in _LOWERED and len(parts) == 2:
        return f"{parts[0]}_{_grouped(parts[1])}"
    if name in _BOTH and len(parts) == 3:
        return f"{parts[0]}_{_grouped(parts[1])}{_raised(parts[2])}"
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name == "mroot" and len(parts) == 2:
        return f"{_raised(parts[1]).lstrip('^')}√{_grouped(parts[0])}"
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name == "mfenced":
        return f"({', '.join(parts)})"
    if name == "mtr":
        return ", ".join(parts)
    if name == "mtable":
        return "; ".join(parts)
    text = "".join(parts)
    return f" {text} " if name == "mo" and text in _RELATIONS else text


def _raised(text: str) -> str:
    if text.isdecimal() and text.isascii():
        return text.translate(_SUPERSCRIPT)
    return f"^{_grouped(text)}" if text else ""


def _grouped(text: str) -> str:
    """The text in parentheses, where it would be read as more than one thing."""
    if len(text) <= 1 or text.isdecimal() or (text[0] == "(" and text.find(")") == len(text) - 1):
        return text
    return f"({text})"
