"""Measured against human codes: public sets, agreement of two codings, samples checked by hand.

    evaluate(name, path) -> Result               one public set in its authors' layout or as JSON lines; SETS names them
    agree(a, b) -> Agreement                     two codings of the same articles: four levels, alpha and kappa, disagreements
    read_codings(path) -> list[Coding]           a coding: JSON lines of the coder, gold lines, or a database
    draw(store, ...), estimate(sheet)            a stratified sample to be checked by hand, and what it says of the whole store

Alpha and kappa need the extra ``evaluation``.
"""

from quidnunc.evaluation._agree import Agreement, agree
from quidnunc.evaluation._codings import Coding, read_codings
from quidnunc.evaluation._estimate import Estimate, estimate
from quidnunc.evaluation._levels import LEVELS, Tally, tally
from quidnunc.evaluation._result import Measure, Result
from quidnunc.evaluation._sample import draw, size_for
from quidnunc.evaluation.sets import SETS, evaluate

__all__ = [
    "LEVELS",
    "SETS",
    "Agreement",
    "Coding",
    "Estimate",
    "Measure",
    "Result",
    "Tally",
    "agree",
    "draw",
    "estimate",
    "evaluate",
    "read_codings",
    "size_for",
    "tally",
]
