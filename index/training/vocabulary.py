"""The tokens of the bundled model: Hanzi, jieba's words of two to four Hanzi, English words and pieces, digits."""

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

_HAN = re.compile(r"[㐀-鿿]+")
_LATIN = re.compile(r"[a-z]+")


def _cut() -> Callable[[str], list[str]]:
    """jieba without guessed words: only what its dictionary has becomes a token."""
    try:
        import rjieba  # the same dictionary, thirty times faster
    except ImportError:
        import jieba

        return lambda run: list(jieba.cut(run, HMM=False))
    return lambda run: list(rjieba.cut(run, False))


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each Hanzi, each jieba word of two to four Hanzi, and each English word occurs in folded texts."""
    cut = _cut()
    characters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    english: Counter[str] = Counter()
    for text in texts:
        english.update(_LATIN.findall(text))
        for run in _HAN.findall(text):
            characters.update(run)
            words.update(word for word in cut(run) if 2 <= len(word) <= 4)
    return characters, words, english


def build(texts: Iterable[str], size: int, english_words: int = 16_000, pieces: int = 3_000) -> Tokenizer:
    """A WordPiece tokenizer without continuation prefix, so that it matches the longest known token greedily.

    Byte-pair merges would make one token of a whole phrase (贷款贴息) and lose its parts.
    """
    characters, words, english = count(texts)
    fragments: Counter[str] = Counter()
    for word, times in english.items():
        for length in (2, 3, 4):
            for start in range(len(word) - length + 1):
                fragments[word[start : start + length]] += times
    tokens = ["[UNK]", *string.ascii_lowercase, *string.digits]
    known = set(tokens)

    def add(ranked: Iterable[tuple[str, int]], limit: int) -> None:
        for token, _ in ranked:
            if limit and token not in known:
                known.add(token)
                tokens.append(token)
                limit -= 1

    # Ties are broken by the token itself, so that the vocabulary is the same on every run.
    def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    add(ranked(characters), len(characters))
    add(ranked(fragments), pieces)
    add(ranked(english), english_words)
    add(ranked(words), size - len(tokens))
    tokenizer = Tokenizer(
        models.WordPiece(
            {token: number for number, token in enumerate(tokens)},
            unk_token="[UNK]",
            continuing_subword_prefix="",
            max_input_chars_per_word=64,
        )
    )
    # Runs are cut at 64 characters: WordPiece's search is quadratic in the length of a run.
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex("[a-z]{1,64}|[0-9]|[㐀-鿿]{1,64}"), behavior="removed", invert=True
    )
    tokenizer.decoder = decoders.WordPiece(prefix="")
    return tokenizer
