"""Text with the words of a language: a few are everywhere, many are in a handful of letters.

Sentences are made once and strung together, because a text made word by word takes longer than
the database takes to store it. The words that are rare are put in one by one.
"""

import re
from random import Random

# In the order of how often they come: the first are in nearly every letter.
COMMON = re.findall(
    r"\w+",
    """pain patient treatment medical guidelines therapy low back chronic use knee shoulder
necessary recommended physical evidence work injury symptoms lumbar medication right left exam
documented function request records opioid tramadol cervical relief weeks improvement sessions
dated provider spine range motion surgery daily tenderness visits conservative risk support imaging
bilateral radiating disc neck injection epidural steroid criteria diagnosed swelling home program
norco ibuprofen naproxen sleep anxiety depression weakness numbness tingling radiculopathy leg hand
wrist elbow ankle foot hip sprain strain prior failed tests urine drug screen acute flare exercise
acupuncture chiropractic massage brace walker wheelchair topical cream patch lidocaine gabapentin
cyclobenzaprine omeprazole benefit modified denied physician worker occupational cumulative lifting
fall slip collision degeneration stenosis arthroscopy meniscus rotator cuff impingement tendon nerve
root conduction electromyography magnetic resonance findings negative positive rating scale""",
)
VOCABULARY, SENTENCES = 20_000, 6_000
ONSETS = (*"bcdfghlmnprstv", "br", "cl", "dr", "fl", "gr", "pl", "pr", "st", "tr")
VOWELS = (*"aeiou", "ia", "eo")
SYLLABLES = [onset + vowel for onset in ONSETS for vowel in VOWELS]


def spelled(number: int, ending: str) -> str:
    """A word that can be said aloud, another one for every number."""
    syllables: list[str] = []
    while number or len(syllables) < 2:
        number, which = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[which])
    return "".join(syllables) + ending


def rare(number: int) -> str:
    """One of the words that a handful of cases have: see `Words.rare_words`."""
    return spelled(number, "xol")


def vocabulary() -> list[str]:
    """Words from the commonest to the rarest, each about as common as its place says (Zipf)."""
    return COMMON + [spelled(n, "nt") for n in range(VOCABULARY - len(COMMON))]


class Words:
    """Texts for that many cases. The same `cases` have the same sentences and rare words."""

    EACH = 8  # cases that a rare word is in, on average

    def __init__(self, cases: int) -> None:
        rng = Random(7)
        words = vocabulary()
        total, weights = 0.0, []
        for place in range(1, len(words) + 1):
            total += 1 / place
            weights.append(total)
        self.rare_words = max(1, 2 * cases // self.EACH)
        self.sentences = [
            " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(12, 28))).capitalize()
            + "."
            for _ in range(SENTENCES)
        ]

    def text(self, rng: Random, sentences: int) -> str:
        return " ".join(rng.choices(self.sentences, k=sentences))

    def summary(self, rng: Random, sentences: int) -> str:
        """A text with two rare words in it."""
        first, second = (rare(rng.randrange(self.rare_words)) for _ in range(2))
        return f"Seen by {first} {second}. {self.text(rng, sentences)}"
