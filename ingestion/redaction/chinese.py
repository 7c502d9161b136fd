"""Names in Chinese: a family name and one or two characters, where something announces them."""

import re
from collections.abc import Iterator
from functools import cache

from ingestion.redaction import known

_HAN = re.compile(r"[\u4e00-\u9fff]")
_GIVEN = r"(?![的了是这那在和与就都也很不])[\u4e00-\u9fff]"
_END = r"(?=[，。,.！!、；;：:\s（(的来]|$)"


@cache
def _announced() -> re.Pattern[str]:
    name = rf"{known.chinese_surnames()}(?:{_GIVEN}){{1,2}}?"
    return re.compile(
        rf"(?:我叫|我的名字是|我的名字叫|本人叫?|名叫|名字是)({name}){_END}"
        rf"|我是({name})(?=[，。,.！!\s]|$)"
        rf"|(?:姓名|联系人|收件人|收货人|客户|经办人|发件人|署名)[：:是为]\s*({name}){_END}"
        rf"|(?:找|联系)({name})(?=[，,\s]*(?:电话|手机|\d))"
        rf"|[—–-]{{1,2}}\s*({name})\s*$"
        rf"|(?<![一-龥])({name})(?=[，,\s]*(?:电话|手机|1[3-9]\d{{9}}))"
        rf"|我姓({known.chinese_surnames()})"
        rf"|({known.chinese_surnames()}(?:{_GIVEN}){{0,2}}?)(?:先生|女士|小姐|太太)"
    )


def named(text: str) -> Iterator[str]:
    """Give the names that a text announces."""
    if _HAN.search(text):
        yield from (next(filter(None, found.groups())) for found in _announced().finditer(text))


def is_chinese(name: str) -> bool:
    """Tell whether a name is written in Chinese characters."""
    return _HAN.match(name) is not None
