"""The circuit breaker by itself."""

import pytest

from search.elastic.breaker import FAILURES, OPEN_SECONDS, WITHIN_SECONDS, Breaker
from tests.search.failure.conftest import Clock


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def breaker(time: Clock) -> Breaker:
    return Breaker(time)


def fail(breaker: Breaker, times: int = FAILURES) -> None:
    for _ in range(times):
        assert breaker.may_ask()
        breaker.failed()


def test_three_failures_in_half_a_minute_open_it(breaker: Breaker):
    fail(breaker, 2)
    assert breaker.state == "closed"
    fail(breaker, 1)
    assert breaker.state == "open" and not breaker.may_ask()


def test_failures_far_apart_do_not(breaker: Breaker, time: Clock):
    for _ in range(6):
        fail(breaker, 1)
        time.now += WITHIN_SECONDS / 2 + 1
    assert breaker.state == "closed"


def test_a_success_in_between_forgives(breaker: Breaker):
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.state == "closed"


def test_one_probe_goes_through_and_decides(breaker: Breaker, time: Clock):
    fail(breaker)
    time.now += OPEN_SECONDS
    assert [breaker.may_ask() for _ in range(3)] == [True, False, False]
    breaker.failed()
    assert breaker.state == "open"
    time.now += OPEN_SECONDS
    assert breaker.may_ask()
    breaker.succeeded()
    assert breaker.state == "closed" and all(breaker.may_ask() for _ in range(3))
