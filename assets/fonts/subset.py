"""Cuts the fonts of this folder out of Noto Sans CJK SC. How to run it stands in README.md.

The same version of fonttools and of the fonts gives the same bytes.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

HERE = pathlib.Path(__file__).parent
# Of the ten fonts of a collection: Noto Sans CJK SC.
SIMPLIFIED = 2

RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x02C6, 0x02DC),  # tone marks and accents that stand alone
    (0x0391, 0x03C9),  # Greek, for units and programme names
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # ℃ № ™
    (0x2150, 0x218F),  # Roman numerals, fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical signs
    (0x2460, 0x24FF),  # numbers in circles
    (0x2500, 0x257F),  # lines of boxes
    (0x2580, 0x259F),  # blocks
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x267F),  # stars, weather, genders
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3040, 0x30FF),  # kana
    (0x3200, 0x33FF),  # signs in circles, square units
    (0xFE30, 0xFE4F),  # Chinese punctuation for upright text
    (0xFF01, 0xFFEF),  # fullwidth forms
]


def decodable(encoding, first, second):
    """The characters of a two-byte encoding."""
    for one in first:
        for other in second:
            try:
                yield ord(bytes([one, other]).decode(encoding))
            except (UnicodeDecodeError, TypeError):
                pass


def characters():
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    # GB 2312-80, both levels.
    wanted.update(decodable("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    # Big5, the common characters: names of channels and programmes of Hong Kong, Macao and Taiwan.
    wanted.update(decodable("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
    rare = (HERE / "rare-characters.txt").read_text(encoding="utf-8")
    wanted.update(ord(sign) for sign in rare if not sign.isspace())
    return wanted


def cut(source, target):
    font = TTCollection(source).fonts[SIMPLIFIED]
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.layout_scripts = ["DFLT", "latn", "hani"]
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    # When it was cut is no part of it.
    font.recalcTimestamp = False
    font.flavor = None
    font.save(target)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for weight in ["Regular", "Medium"]:
        cut(folder / f"NotoSansCJK-{weight}.ttc", HERE / f"noto-sans-sc-{weight.lower()}.otf")
