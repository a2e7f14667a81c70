"""When: time expressions of news English, the days they mean, and the date of each event.

find(text, published=...) -> list[TimeExpression]      on raw text, without a parse
in_doc(doc, published=...) -> Calendar                  over the parse: .expressions, .event_date(token, status=...)
TimeExpression                                          offsets, TIMEX3 type and value, first and last day, precision
days_of(value)                                          first and last day of a TIMEX3 value
"""

from quidnunc.dates._calendar import Calendar, in_doc
from quidnunc.dates._find import TimeExpression, find
from quidnunc.dates._values import days_of

__all__ = ["Calendar", "TimeExpression", "days_of", "find", "in_doc"]
