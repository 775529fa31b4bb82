"""The weights of the ranking, as they were learned from questions with known answers.

`python -m index.evaluation.learning DATA QUESTIONS` made them, and prints with them what cross-validation
over councils (for minutes) and over meetings (for verbatim records) says of them. The two kinds of text are
weighed apart: what answers a question stands in one sentence of minutes, but goes on over pages of a debate.
"""

from index.features import Weights

#: Set by hand, for the rows of the ablation before anything is learned.
BY_HAND = Weights(
    dense=1.0, lexical=1.0, whole=0.7, rest=1.0, cued=0.5, dated=0.3, placed=0.3, near=0.5, three=0.2
)

MINUTES = Weights(
    dense=4.06, lexical=0.77, whole=4.49, rest=2.19, cued=2.66, dated=3.01, placed=1.1,
    near=1.1, around=-0.2, region=1.19, best=2.62, three=0.16, ten=-0.97,
)  # fmt: skip
#: The questions about verbatim records name neither years nor councils: what these are worth is set by hand.
VERBATIM = Weights(
    dense=-0.03, lexical=0.59, whole=1.6, rest=0.14, cued=-0.78, dated=1.5, placed=0.5,
    near=1.77, around=2.59, region=1.73, best=3.91, three=0.85, ten=-1.58,
)  # fmt: skip
#: What an exact reference is worth; what a passage loses whose words stand in so many documents, as notices
#: of filming do; and one that stands beside another of the first hits. All are set by hand.
REFERENCE = 2.5
BOILERPLATE = 1.0
BOILERPLATE_COPIES = 4
BESIDE = 1.0
