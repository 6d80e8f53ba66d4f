from review_app.web.throttle import FORGET_SECONDS, LONGEST_WAIT_SECONDS, Throttle


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_five_tries_are_free_then_each_waits_longer() -> None:
    throttle = Throttle(clock := Clock())
    waits = []
    for _ in range(8):
        throttle.failed("anna")
        waits.append(throttle.seconds_to_wait("anna"))
        clock.now += waits[-1]
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240]
    assert throttle.seconds_to_wait("anna") == 0
    assert throttle.seconds_to_wait("bo") == 0


def test_the_wait_has_an_end_and_old_failures_are_forgotten() -> None:
    throttle = Throttle(clock := Clock())
    for _ in range(50):
        throttle.failed("anna")
    assert throttle.seconds_to_wait("anna") == LONGEST_WAIT_SECONDS
    clock.now += FORGET_SECONDS + 1
    throttle.failed("anna")
    assert throttle.seconds_to_wait("anna") == 0


def test_success_clears_and_the_memory_is_bounded() -> None:
    throttle = Throttle(Clock(), most_keys=3)
    for _ in range(9):
        throttle.failed("anna")
    throttle.succeeded("anna")
    assert throttle.seconds_to_wait("anna") == 0
    for _ in range(9):
        throttle.failed("bo")
    for name in ("x", "y", "z"):
        throttle.failed(name)
    assert throttle.seconds_to_wait("bo") == 0, "the oldest made room"
