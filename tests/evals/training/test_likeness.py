import numpy as np

from evals.training.likeness import directions


def test_what_varies_within_a_theme_counts_less_than_what_sets_themes_apart() -> None:
    chance = np.random.default_rng(5)
    themes = [f"theme {at % 6}" for at in range(240)]
    vectors = chance.normal(0, 0.02, (240, 12)).astype(np.float32)
    vectors[:, 0] += np.array([int(theme[-1]) for theme in themes]) * 0.1
    vectors[:, 1] += chance.normal(0, 1, 240)

    found = directions([(vectors, themes)])

    told, varying = np.abs(vectors[:, :2] - vectors[:, :2].mean(axis=0)).mean(axis=0)
    weights = np.abs(found).max(axis=1)
    assert varying > told
    assert weights[0] > 10 * weights[1]
