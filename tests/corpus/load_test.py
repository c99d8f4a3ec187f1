"""Files -> texts, and one clear line for each that cannot be read."""

import codecs

import pytest

from corpus import collection, load
from corpus.types import CorpusError

TEXT = "福州市專利資助辦法\r\n第一條 為了保護專利權,制定本辦法。\n"


TAIPEI = (
    "臺北市專利申請補助要點\r\n一、臺北市政府為鼓勵企業研發創新,特訂定本要點。\r\n"
    "二、本要點所稱企業,指依公司法設立登記且營業所在地於本市之公司。\r\n(一)發明專利每件補助新臺幣三萬元。\r\n"
)
SUZHOU = "苏州市高价值专利培育办法(2023—2025)\n第一条 支持PCT申请,每件资助1万元;鼓励“专精特新”企业。\n①申报。\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT),
        (TEXT.encode("gb18030"), TEXT),
        ("青岛市专利办法\n".encode("gb2312"), "青岛市专利办法\n"),
        (TEXT.encode("big5"), TEXT),
        (TAIPEI.encode("big5"), TAIPEI),
        (TAIPEI.encode("gb18030"), TAIPEI),
        (SUZHOU.encode("gb18030"), SUZHOU),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT),
        ("第一条\r\n第二条\r第三条\n\n".encode(), "第一条\r\n第二条\r第三条\n\n"),
        ("𠮷野\n".encode(), "𠮷野\n"),
    ],
    ids=[
        "UTF-8",
        "BOM",
        "GB18030",
        "GB2312",
        "Big5",
        "Big5 at length",
        "GB18030 of Taiwan",
        "GBK with ASCII",
        "UTF-16 LE",
        "UTF-16 BE",
        "line ends",
        "beyond the BMP",
    ],
)
def test_the_text_of_a_file_line_ends_and_all(tmp_path, data, text):
    path = tmp_path / "办法.txt"
    path.write_bytes(data)
    assert load.read_text(path) == text


def test_markdown_and_capital_suffixes(tmp_path):
    for name in ("a.md", "B.TXT"):
        (tmp_path / name).write_text("第一条 保护。", encoding="utf-8")
        assert load.read_text(tmp_path / name) == "第一条 保护。"


def test_the_shipped_documents_are_their_files_to_the_byte(corpus):
    for document in corpus.documents:
        assert document.text.encode() == (collection.SHIPPED / document.id).read_bytes().removeprefix(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "holds no text"),
        ("blank.txt", b" \r\n\t\n", "holds no text"),
        ("only-a-bom.txt", codecs.BOM_UTF8, "holds no text"),
        ("zeros.txt", b"\0\0\0", "zero bytes"),
        ("program.txt", b"MZ\x90\0\x03", "zero bytes"),
        ("broken.txt", "专利".encode() + b"\xff\xff\xff", "byte 6 is neither UTF-8 nor GB18030 nor Big5"),
        ("damaged.txt", SUZHOU.encode()[:-7] + b"\xff\n", "neither UTF-8 nor GB18030 nor Big5"),
        ("western.txt", "La propriété industrielle à Genève".encode("latin-1"), "neither UTF-8"),
        ("rich.txt", b"{\\rtf1\\ansi text}", "rich text"),
        ("old-word.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "zero bytes"),
        ("archive.txt", b"PK\3\4 no Word document", "no .docx"),
        ("odd.txt", codecs.BOM_UTF16_LE + b"\x41", "utf-16-le"),
        ("cut.txt", codecs.BOM_UTF8 + "专".encode()[:2], "utf-8"),
        ("table.xls", b"1", "files of the kind .xls are not read"),
        ("none", b"1", "(none)"),
    ],
)
def test_one_line_that_names_the_file_and_what_is_wrong(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        load.read_text(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(CorpusError, match=r"nowhere\.txt: no such file"):
        load.read_text(tmp_path / "nowhere.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(CorpusError, match=r"folder\.txt: cannot be read"):
        load.read_text(tmp_path / "folder.txt")
