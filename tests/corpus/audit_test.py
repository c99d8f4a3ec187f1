from corpus import audit, collection
from corpus.types import Document


def corpus_of(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return collection.read(folder)


def kinds(corpus):
    return {(finding.document, finding.kind) for finding in audit.check(corpus) if finding.kind != "metadata"}


def test_the_five_documents_lose_nothing_and_have_no_gap():
    assert kinds(collection.read(collection.SHIPPED)) == set()


def test_a_missing_article_and_an_empty_heading_are_found(tmp_path):
    text = "某市条例\n第一章 总则\n第七条 为了保护专利,制定本条例。\n第九条 本条例适用于本市。\n第二章 保护\n第三章 附则\n第十条 完。\n"
    findings = {finding.kind: finding for finding in audit.check(corpus_of(tmp_path, a=text))}
    assert findings["gap"].message == "第九条 follows 第七条"
    assert "第二章" in findings["empty"].message


def test_formal_numerals_are_counted(tmp_path):
    text = "某市計畫\n壹、緣起\n一、完。\n貳、依據\n一、完。\n參、期程\n一、完。\n肆、分工\n一、完。\n"
    assert kinds(corpus_of(tmp_path, a=text)) == set()
    assert ("b.txt", "gap") in kinds(corpus_of(tmp_path, b=text.replace("參、期程\n一、完。\n", "")))


def test_numbers_known_by_the_white_space_after_them_are_counted(tmp_path):
    text = "某市办法\n第一章 总则\n第一条 一。\n第二章 专利的申请、审查\n第二条 二。\n第三章 附则\n第三条 三。\n"
    assert kinds(corpus_of(tmp_path, a=text)) == set()
    text = "某市通知\n贰　申报条件\n依法登记。\n叁　申报材料\n申请表。\n伍　申报程序\n网上申报。\n"
    assert ("b.txt", "gap") in kinds(corpus_of(tmp_path, b=text))


def test_an_overlong_clause_is_found(tmp_path):
    assert ("a.txt", "long") in kinds(corpus_of(tmp_path, a="某市办法\n第一条 " + "专利," * 800 + "。\n"))


def test_the_same_document_twice_is_found(tmp_path):
    text = (collection.SHIPPED / "qingdao-ip-operation-service-system-plan.txt").read_text(encoding="utf-8")
    assert kinds(corpus_of(tmp_path, a=text, b=text.replace("青岛", "济南", 3))) == {("b.txt", "duplicate")}


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    assert ("", "unreadable") in kinds(corpus_of(tmp_path, a="某市办法\n第一条 完。\n"))


def test_relations_are_resolved_and_a_repeal_ends_the_other(tmp_path):
    old = "某市专利资助办法\n某市人民政府\n2018年1月1日\n第一条 资助专利。\n"
    new = (
        "某市知识产权资助办法\n第一条 根据《国务院关于新形势下加快知识产权强国建设的若干意见》(国发〔2015〕71号),制定本办法。\n"
        "第二条 本办法自2020年5月1日起施行,《某市专利资助办法》同时废止。\n"
    )
    first, second = corpus_of(tmp_path, a=new, b=old).documents
    (carried_out, repealed) = first.relations
    assert (carried_out.kind, carried_out.number, carried_out.target) == ("implements", "国发〔2015〕71号", None)
    assert (repealed.kind, repealed.target) == ("repeals", "b.txt")
    assert isinstance(second, Document)
    assert second.status("2020-04-30") == "in_force"
    assert second.status("2020-05-01") == "expired"
