"""Every failure has a sentence, and advice where a person can do something."""

import errno
import re

import pytest

from reader.model.errors import NetworkFailed, StatusRefused
from reader.net import failures

HOST = "feeds.example.org"


def of_curl(code: int, message: str = "", *, os_error: int = 0, verify: int = 0) -> str:
    error = failures.of_curl(
        code, message, host=HOST, os_error=os_error, verify=verify, connected=True
    )
    return error.code


@pytest.mark.parametrize("name", failures._WORDS)
def test_each_is_one_sentence_a_person_understands(name: str) -> None:
    error = failures.failure(name, HOST, retry_after_s=3)
    assert error.code == name
    assert re.fullmatch(r"(?:[A-Z]|feeds\.)[^{}]*\.", str(error))
    assert error.advice == "" or re.fullmatch(r"[A-Z][^{}]*\.", error.advice)
    assert not re.search(r"curl|CURL|errno|Exception|\bNone\b|SSL:", str(error) + error.advice)
    assert error.retry_after_s == 3


@pytest.mark.parametrize("code", range(1, 110))
def test_every_code_of_the_library_ends_as_one_of_them(code: int) -> None:
    error = failures.of_curl(code, "some words", host=HOST, os_error=0, verify=0, connected=False)
    assert isinstance(error, NetworkFailed)
    assert error.code in failures._WORDS
    assert "some words" not in str(error)


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_has_words(status: int) -> None:
    error = failures.of_status(status, HOST)
    assert isinstance(error, StatusRefused)
    assert (error.status, error.code) == (status, f"http-{status}")
    assert str(error).startswith(f"{HOST} ")
    assert str(error).endswith(f" ({status}).")
    assert error.advice


def test_what_the_codes_mean() -> None:
    assert of_curl(7, os_error=errno.ECONNREFUSED) == "refused"
    assert of_curl(7, os_error=errno.EHOSTUNREACH) == "unreachable"
    assert of_curl(7, "CONNECT tunnel failed, response 407") == "proxy"
    assert of_curl(60, verify=10) == "tls-expired"
    assert of_curl(60, verify=18) == "tls-self-signed"
    assert of_curl(60, "no alternative certificate subject name matches") == "tls-hostname"
    assert of_curl(60, verify=999) == "tls-certificate"
    assert of_curl(9999) == "network"


def test_the_same_error_again_is_another_object() -> None:
    error = failures.of_status(503, HOST, retry_after_s=5)
    again = failures.again(error)
    assert again is not error
    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def test_which_failures_are_the_host_s() -> None:
    assert failures.never_started(failures.failure("dns", HOST))
    assert not failures.never_started(failures.failure("idle", HOST))
    assert failures.was_refused(failures.of_status(429, HOST, retry_after_s=1))
    assert not failures.was_refused(failures.of_status(429, HOST))
    assert not failures.was_refused(failures.of_status(404, HOST, retry_after_s=1))
    assert not failures.was_refused(None)
