"""The same article, the same happening, told by several outlets.

compare(a, b) -> "copy" | "same_story" | "different"      two articles
StoryIndex().add(id, told) -> Placed                      many, one after the other: story and group of copies
happenings(coded articles of a story) -> [Happening]      one event with its reports and independent origins
"""

from quidnunc.stories._compare import Verdict, compare
from quidnunc.stories._features import Told
from quidnunc.stories._happenings import Happening, Report, happenings
from quidnunc.stories._index import Placed, StoryIndex

__all__ = ["Happening", "Placed", "Report", "StoryIndex", "Told", "Verdict", "compare", "happenings"]
