"""The same article, the same happening, told by several outlets.

compare(a, b) -> "copy" | "same_story" | "different"
"""

from quidnunc.stories._compare import Told, Verdict, compare

__all__ = ["Told", "Verdict", "compare"]
