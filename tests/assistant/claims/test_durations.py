import pytest

from assistant.claims.durations import spoken_hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("took ten minutes, start to finish", 10 / 60),
        ("it was 45 minutes", 0.75),
        ("half an hour and it ran", 0.5),
        ("a quarter of an hour", 0.25),
        ("here within two days", 48.0),
        ("a week later", 168.0),
        ("in no time at all", 1.0),
        ("in fünf Minuten war das fertig", 5 / 60),
        ("das hat keine Viertelstunde gedauert", 0.25),
        ("une demi-heure à peine", 0.5),
        ("en dix minutes", 10 / 60),
        ("en veinte minutos", 20 / 60),
        ("dopo tre giorni", 72.0),
        ("binnen een kwartier", 0.25),
        ("em vinte minutos", 20 / 60),
        ("за десять минут", 10 / 60),
        ("от силы полчаса", 0.5),
        ("十分钟就搞定", 10 / 60),
        ("两天就到了", 48.0),
        ("半个小时", 0.5),
        ("ten minute", 10 / 60),
        ("it was quick", None),
        ("the tenant minutes", None),
        ("", None),
    ],
)
def test_reads_how_long_something_took(text: str, hours: float | None):
    assert spoken_hours(text) == (None if hours is None else pytest.approx(hours))
