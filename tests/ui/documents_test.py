"""The tab 文库, as a reader and an editor use it."""

import io
import zipfile

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

pytestmark = pytest.mark.xdist_group("browser")


def word(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def locked():
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 720, "text")
    canvas.save()
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(220):
            part.write(b"\0" * 2**20)
    return out.getvalue()


def upload(page, name, data):
    page.set_input_files(
        "#upload input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def test_a_document_is_browsed_and_searched(visit, tab):
    page = visit()
    tab(page, "文库", "Documents")
    page.click("#library tr:has([data-document^=qingdao]) summary")
    assert "文中没有写明发文机关" in page.inner_text("#library li")
    page.click("#library [data-document^=qingdao]")
    page.wait_for_selector("#outline summary")
    page.click("#outline summary:has-text('二、重点任务')")
    assert page.get_by_text("(三)构建知识产权运营生态体系").is_visible()
    page.fill("#within input, #within textarea", "贴息")
    page.keyboard.press("Enter")
    page.click("#outline .sources .title >> nth=0")
    assert "贴息" in page.inner_text("#drawer .clause")


def test_an_uploaded_document_is_corrected_answers_at_once_and_goes_again(visit, ask, tab, site):
    page = visit()
    tab(page, "文库", "Documents")
    page.click("#adding button")
    title = "<script>document.title='run'</script>专利奖补办法"
    upload(
        page,
        "专利<b>奖补.docx",
        word(title, "一、总则", "第一条 发明专利授权后每件奖励八千元。", "第二条 每家企业每年最高十万元。"),
    )
    page.wait_for_selector("#recognised .panel")
    page.fill("#meta-title input, #meta-title textarea", title)
    page.fill("#meta-city input, #meta-city textarea", "苏州市")
    page.fill("#meta-issued input, #meta-issued textarea", "去年")
    page.click("#enter")
    page.wait_for_selector("#recognised .note")
    assert "不是日期" in page.inner_text("#recognised")
    page.fill("#meta-issued input, #meta-issued textarea", "2024-05")
    page.click("#enter")
    page.wait_for_selector("#recognised .done")
    assert "苏州" in page.inner_text("#library")
    tab(page, "问答", "Ask")
    assert "八千元" in ask(page, "苏州发明专利授权每件奖励多少?").inner_text()
    assert page.title() != "run"
    tab(page, "文库", "Documents")
    page.click("#library tr:has-text('苏州') [data-document]")
    page.wait_for_selector("#outline .panel")
    page.click("#remove")
    page.wait_for_selector("#really")
    page.click("#library [data-document^=qingdao]")  # who looks at another document has not confirmed its removal
    page.wait_for_selector("#really", state="hidden")
    page.click("#library tr:has-text('苏州') [data-document]")
    page.wait_for_selector("#outline :text('第一条')")
    page.click("#remove")
    page.click("#really")
    page.wait_for_selector("text=已移除")
    assert "苏州" not in page.inner_text("#library")
    assert "苏州" not in site.served.cities


@pytest.mark.parametrize(
    "name, make, said",
    [
        ("锁.pdf", locked, "文件有密码保护"),
        ("炸弹.docx", bomb, "解压后超过 200 MB"),
        ("空网页.docx", lambda: b"<html>", "文件中没有可用的文字"),
        ("空.txt", lambda: b" ", "没有可用的文字"),
        ("大.txt", lambda: b"x" * 2_000_000, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_clear_line(visit, tab, site, name, make, said):
    page = visit()
    tab(page, "文库", "Documents")
    page.click("#adding button")
    before = len(site.served.index.tables.documents)
    upload(page, name, make())
    note = page.locator("#recognised .note" if said else ".toast-body")
    note.wait_for()
    assert said in note.inner_text() and "/tmp" not in note.inner_text()
    assert len(site.served.index.tables.documents) == before
