"""Random texts through the actors room: no crash, no actor without evidence, every mention inside its text.

    python benchmarks/random_texts.py [--count 10000]

Texts are made of names, roles, verbs, signs, other scripts and single letters in random order, with a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import sys

from quidnunc import actors, language

WORDS = """Turkey Georgia Jordan Chad Beijing Kremlin the Downing Street Foggy Bottom Elysee minister foreign interior president of and , . ; : " ' ( ) — - ... ! ? U.S. UK US us
who WHO IT it he she they its his her which both sides two countries Wang Yi Viktor Orban Smith Mr Mrs Dr President Prime Minister Chinese state media far-right Our Homeland party pro-Russian
separatists warplanes protesters police in at on to for from with said told accused attacked met killed arrested was were has had been not never would could if when after before 2016 19 1,000
Monday February Москва 北京 القاهرة é ñ ß ’s 's n't Al- al-Shabab bin ibn de la O'Brien Jean-Claude COVID-19 $ % & @x #tag http://x.y/z \u200b \n \n\n A B c I we our you""".split(
    " "
)


def text_of(rng: random.Random) -> str:
    """One text of up to 60 words."""
    words = [rng.choice(WORDS) for _ in range(rng.randint(0, 60))]
    if rng.random() < 0.1:
        words = [
            "".join(
                chr(rng.choice((rng.randint(32, 126), rng.randint(160, 0x2FF), rng.randint(0x4E00, 0x4EFF))))
                for _ in word
            )
            for word in words
        ]
    return rng.choice((" ", " ", "")).join(words)


def main() -> int:
    """Run and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args()
    rng = random.Random(11)
    texts = [text_of(rng) for _ in range(given.count)]
    crashed = silent = outside = found = 0
    for text, doc in zip(texts, language.parse_all(texts), strict=True):
        try:
            cast = actors.cast(doc)
        except Exception as error:
            crashed += 1
            print(f"{type(error).__name__}: {error} in {text[:80]!r}")
            continue
        for actor in cast.actors:
            found += 1
            silent += not actor.resolved_by or not actor.mentions
            outside += any(not 0 <= start < end <= len(text) for start, end in actor.mentions)
    print(
        f"{given.count} texts, {found} actors: {crashed} crashes, {silent} without evidence, {outside} with a mention outside the text"
    )
    return int(crashed + silent + outside > 0)


if __name__ == "__main__":
    sys.exit(main())
