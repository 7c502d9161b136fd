"""One format each: bytes to turns. A parser knows no other parser."""
