"""The spelling of Vietnamese: which words can be syllables of it, and which signs names may have.

After the orthography taught in schools (Decree 240/CP of 1984 and the practice since): an initial
consonant, a rhyme, a tone; a rhyme that ends in c, ch, p or t has an acute or a dot below.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS_LISTED = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES_LISTED = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu y ych yêm yên yêng yêt yêu yn ynh yt o oc oi om on ong oong ooc
    op ot oa oac oach oai oam oan oang oanh oao oap oat oau oay oăc oăm oăn oăng oăt oe oem oen oeo
    oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui
    um un ung uơ uôc uôi uôm uôn uông uôp uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    """
_ONSETS = frozenset(["", *_ONSETS_LISTED.split()])
_RHYMES = frozenset(_RHYMES_LISTED.split())
_STOPS = ("c", "ch", "p", "t")
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_STOP_TONES = "\u0301\u0323"
_TONE = re.compile(f"[{_TONES}]")
_PARTS = re.compile(r"(ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnpqrstvx])?(.*)")
_LONGEST = 7
"""Letters of the longest syllable, ``nghiêng``."""

_LETTERS = "a-zđıł"
"""Base letters; F, J, W and Z stand in names of other peoples of the country."""

_MARKS = "\u0300-\u0303\u0306\u0309\u031b\u0323\u030c\u0304"
"""Marks on them: those of Vietnamese, and the breve, caron, tilde and macron of Ê Đê, Gia Rai, Ba
Na, Chăm and Tày spellings."""

_NAME = re.compile(rf"(?:[{_LETTERS}ƀꞗ][{_MARKS}]*|[0-9 .,;:/&+()\[\]_*\"'’‘“”`ʼ–—-])*")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word can be a syllable of Vietnamese; case does not matter.

    Parameters
    ----------
    word
        Letters alone, composed or decomposed.
    """
    if len(word) > 2 * _LONGEST:
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(decomposed)
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    if len(plain) > _LONGEST:
        return False
    for onset, rhyme in _partings(plain):
        if rhyme in _RHYMES and onset in _ONSETS:
            return not tones or not rhyme.endswith(_STOPS) or tones[0] in _STOP_TONES
    return False


def _partings(plain: str) -> list[tuple[str, str]]:
    """The ways to part a word in onset and rhyme: ``gì`` is g and i, ``gia`` gi and a."""
    match = _PARTS.fullmatch(plain)
    if match is None:
        return []
    onset, rhyme = match[1] or "", match[2]
    found = [(onset, rhyme)]
    if onset == "gi":
        found.append(("g", "i" + rhyme))
    return found


def strange_sign(text: str) -> str:
    """The first sign that no Vietnamese or minority-language name is written with; empty if none.

    A positive test: letters of the alphabet with the marks of these languages, digits, spaces and
    the punctuation of names are known, every other sign is strange.
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    known = _NAME.match(decomposed)
    end = known.end() if known else 0
    return decomposed[end : end + 1]


LOOKALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}
"""Letters of other alphabets that look like one of Vietnamese: the eth and the African d."""

_LOOKALIKES = str.maketrans(LOOKALIKES)


def without_lookalikes(text: str) -> str:
    """A text whose eths are the letters they were meant to be: ``Ðoàn Kết`` is ``Đoàn Kết``."""
    return text if text.isascii() else text.translate(_LOOKALIKES)
