"""An optional second opinion on doubtful events, from a language model that the user runs or rents. Off unless asked for.

    Adjudicator(url, ...).judge(coded) -> CodedArticle      events below a confidence are kept, changed or taken out
    Adjudicator.counts                                      what became of them

The endpoint speaks OpenAI's chat completions; an answer must fit a JSON Schema; answers are cached by content; time is limited; what it decided is named in
``decided_by``. docs/adjudicator.md says what leaves the machine.
"""

from quidnunc.adjudicator._endpoint import Endpoint
from quidnunc.adjudicator._judge import Adjudicator
from quidnunc.adjudicator._verdict import Verdict

__all__ = ["Adjudicator", "Endpoint", "Verdict"]
