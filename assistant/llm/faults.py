"""What can go wrong with one call; never leaves this package."""


class Fault(Exception):
    """The endpoint did not answer, and may the next time.

    Attributes:
        retry_after_s: When it wants to be asked again; None where it did not say.
        is_limit: It is well, and asked for fewer calls.
    """

    def __init__(
        self, said: str, retry_after_s: float | None = None, *, is_limit: bool = False
    ) -> None:
        super().__init__(said)
        self.retry_after_s = retry_after_s
        self.is_limit = is_limit


class NotUnderstood(Exception):
    """The endpoint does not know a way of asking. Its message says which."""


class Unfit(Exception):
    """A reply that is not what was asked for. The message says why, without the reply's words."""
