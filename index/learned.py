"""The weights of the ranking, as they were learned from questions with known answers.

`make fit DATA=FOLDER` made them and prints them anew, with what cross-validation over councils (for minutes)
and over meetings (for verbatim records) says of them. The two kinds of text are weighed apart: what answers
a question stands in one sentence of minutes, but goes on over pages of a debate.
"""

from index.features import Weights

#: Set by hand, for the rows of the ablation before anything is learned.
BY_HAND = Weights(dense=1.0, lexical=1.0, whole=0.7, rest=1.0, cued=0.5, near=0.5, three=0.2)

MINUTES = Weights(
    dense=4.98, lexical=1.3, whole=4.37, rest=3.02, cued=2.84,
    near=0.25, around=-0.18, region=1.76, best=2.86, three=0.43, ten=-1.3,
)  # fmt: skip
VERBATIM = Weights(
    dense=0.39, lexical=1.29, whole=2.14, rest=0.05, cued=-0.64,
    near=0.82, around=2.73, region=1.38, best=3.68, three=0.94, ten=-1.29,
)  # fmt: skip
#: What an exact reference is worth, and standing beside another of the first hits: both set by hand.
REFERENCE = 2.5
BESIDE = 0.75
