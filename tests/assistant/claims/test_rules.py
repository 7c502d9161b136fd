"""What holds for every rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.behaviour import Events
from assistant.claims.rules import RULES
from assistant.claims.study import Person, Study
from tests.assistant.claims.builders import HOME, PRICE, claim, log, visit

STEPS = st.sampled_from(
    [HOME, PRICE, "trial_start", "view /setup", "setup_done", "add_to_cart", "purchase", "cancel",
     "skip_week", "order_delivered", "email_open", "support_contact", "referral_invite",
     "abandon /x"]
)  # fmt: skip
VISITS = st.lists(
    st.tuples(st.sampled_from(["ann", "bo", "cy", "di"]), st.integers(0, 90), STEPS), max_size=40
)
QUOTE = "Every week, every day, the set-up, the delivery, the app, my code, no mail, never skipped."


@pytest.mark.parametrize("kind", RULES)
@given(VISITS)
@settings(max_examples=12, deadline=None)
def test_every_contradiction_states_its_numbers_in_few_words(
    kind: str, visits: list[tuple[str, int, str]]
):
    events: Events = log(*(visit(who, day, step) for who, day, step in visits))
    held = RULES[kind](claim(kind, QUOTE, hours="0.2"), Person("ann", Study(events)))

    if held.parts:
        assert held.metric
        assert "ann" in held.metric
        assert held.value >= 0
        assert 1 <= held.strength <= 100
        assert 5 <= len(held.told.split()) <= 60
