"""What each kind of claim lets expect, and when what was found parts from it."""

from assistant.claims.rules.contact import no_mail, reads_everything, recommends
from assistant.claims.rules.decision import (
    compared_first,
    did_not_compare,
    gave_a_reason,
    loyal,
    no_time,
)
from assistant.claims.rules.effort import always_on_time, quick, took_long
from assistant.claims.rules.habit import always
from assistant.claims.rules.never import never_did_it
from assistant.claims.rules.price import price_did_not_matter, price_was_the_reason
from assistant.claims.rules.timeliness import on_time

RULES = {
    "price did not matter": price_did_not_matter,
    "price was the reason": price_was_the_reason,
    "quick": quick,
    "took long": took_long,
    "always": always,
    "never did it": never_did_it,
    "no mail": no_mail,
    "no time": no_time,
    "recommends": recommends,
    "loyal": loyal,
    "did not compare": did_not_compare,
    "reads everything": reads_everything,
    "gave a reason": gave_a_reason,
    "always on time": always_on_time,
    "on time": on_time,
    "compared first": compared_first,
}
"""The rule of each kind of claim in `claims.yaml`."""

__all__ = ["RULES"]
