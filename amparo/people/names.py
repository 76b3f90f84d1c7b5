"""Names as people write them, and how near two of them are.

A name is kept exactly as given, in any script. To find it again it is *folded*: letters without their
marks, one case, apostrophes gone, dashes as spaces, symbols dropped. `O'Brien`, `O’BRIEN` and `obrien` fold
to the same.
"""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'’‘ʼʻ`´ʾʿ＇"
WINKLER_PREFIX = 4
WINKLER_SCALE = 0.1
VOWELS = frozenset("aeiouy")


def folded(name: str) -> str:
    """The name for comparing: words in order, one space between them. Letters of every script stay."""
    plain = unicodedata.normalize("NFKD", name.translate(str.maketrans("", "", APOSTROPHES))).casefold()
    kept = (_kept(letter) for letter in unicodedata.normalize("NFKD", plain))
    return " ".join("".join(kept).split())


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] in "LN" or category == "Mc":
        return letter
    return "" if category[0] in "MSC" and category != "Cc" else " "


def words(name: str) -> tuple[str, ...]:
    """The words of a folded name, each once, in alphabetical order: the order of names differs between
    papers.
    """
    return tuple(sorted(set(folded(name).split())))


def skeleton(word: str) -> str:
    """A folded word without its vowels after the first letter and without doubled letters: `marya`, `maria`
    -> `mr`.
    """
    kept = word[:1]
    for letter in word[1:]:
        if letter not in VOWELS and letter != kept[-1]:
            kept += letter
    return kept


def jaro(a: str, b: str) -> float:
    """Jaro's similarity, 0 to 1: shared letters within half the longer word, less half the transposed ones.

    Source: M. A. Jaro, J. Am. Stat. Assoc. 84 (1989), 414-420.
    """
    if a == b:
        return 1.0
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    shared_a, shared_b = _shared(a, b, reach)
    if not shared_a:
        return 0.0
    same = len(shared_a)
    moved = sum(x != y for x, y in zip(shared_a, shared_b, strict=True)) / 2
    return (same / len(a) + same / len(b) + (same - moved) / same) / 3


def _shared(a: str, b: str, reach: int) -> tuple[list[str], list[str]]:
    """The letters each word shares with the other, in its own order."""
    used = [False] * len(b)
    of_a = []
    for i, letter in enumerate(a):
        for j in range(max(0, i - reach), min(len(b), i + reach + 1)):
            if not used[j] and b[j] == letter:
                used[j] = True
                of_a.append(letter)
                break
    return of_a, [letter for letter, taken in zip(b, used, strict=True) if taken]


def jaro_winkler(a: str, b: str) -> float:
    """Jaro's similarity, raised for a common beginning of up to four letters (W. E. Winkler, 1990)."""
    near = jaro(a, b)
    common = 0
    for x, y in zip(a[:WINKLER_PREFIX], b[:WINKLER_PREFIX], strict=False):
        if x != y:
            break
        common += 1
    return near + common * WINKLER_SCALE * (1 - near)


def likeness(one: str, other: str) -> float:
    """How near two names are, 0 to 1, whatever the order of their words and whichever is asked first.

    The nearest words are set beside each other, then the next; a word left over costs little, because papers
    leave names out.
    """
    short, long = sorted((words(one), words(other)), key=lambda found: (len(found), found))
    if not short:
        return 0.0
    left_over = (len(long) - len(short)) / len(long)
    return sum(_beside(short, long)) / len(short) * (1 - 0.15 * left_over)


def _beside(short: tuple[str, ...], long: tuple[str, ...]) -> list[float]:
    """The nearness of each word of the shorter name to the one it stands beside."""
    near = sorted(
        (-jaro_winkler(*sorted((a, b))), i, j) for i, a in enumerate(short) for j, b in enumerate(long)
    )
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    found = []
    for score, i, j in near:
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            found.append(-score)
    return found
