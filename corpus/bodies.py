"""The names of bodies that issue and sign policies: governments, departments, courts, customs, banks."""

import re

_KINDS = (
    "人民政府办公[厅室]|政府|法院|检察院|委员会|委員會|办公[厅室]|辦公[廳室]|管委会|总局|局|厅|廳|处|處|部|委|署|院|会|會|中心"
    "|银行|分行|支行|海关|总队|支队|大学|研究所"
)
BODY = rf"(?:国务院(?:办公厅)?|[㐀-鿿]{{2,30}}?(?:{_KINDS}))"
_CLOSED = r"(?<!总)(局|厅|委员会|办公室|部)(?=[㐀-鿿]{2,4}[市省县区])"  # bodies written one after another


def named(line: str) -> list[str]:
    """The bodies that a line names, one after another or with white space or 、 between; [] for another line."""
    for parts in (re.split(r"[\s、]+", line.strip()), ["".join(line.split())]):
        plain = [re.sub(r"[(（][^()（）]{2,20}[)）]$", "", part) for part in parts]
        if all(re.fullmatch(BODY, part) for part in plain):
            return [re.sub(_CLOSED, r"\1、", part) for part in plain]
    return []
