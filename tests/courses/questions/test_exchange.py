"""Files into banks and out of them: ids, languages, what stays."""

import pytest
from django.utils.translation import override
from wagtail.models import Locale

from courses.models import QuestionBank
from courses.questions.exchange import carry_out, detect_format, export_questions, plan_import, rows_of
from courses.questions.items import Fault


@pytest.fixture(autouse=True)
def locales(db):
    for code in ("en", "it", "el"):
        Locale.objects.get_or_create(language_code=code)


def bring(text, **options):
    plan = plan_import(text.encode(), title="Bank", **options)
    carry_out(plan)
    return plan


def row(code="en"):
    return QuestionBank.objects.get(locale__language_code=code).questions.get_prep_value()


def test_a_changed_file_changes_its_question_in_place_and_keeps_the_ids():
    bring("::A::Which?{=one ~two ~three}\n\n::B::True?{T}")
    before = row()
    plan = bring("::A::Which one?{=one ~new ~three ~four}")
    after = row()
    assert (plan.count("changed"), plan.count("new")) == (1, 0)
    assert [block["id"] for block in after] == [block["id"] for block in before]
    assert after[0]["value"]["prompt"] == "Which one?"
    ids, old = ([o["id"] for o in b[0]["value"]["options"]] for b in (after, before))
    assert ids[:3] == old
    assert ids[3] not in old


def test_answers_that_change_places_keep_their_ids():
    bring("::A::Which?{=one ~two ~three}")
    before = {o["value"]["text"]: o["id"] for o in row()[0]["value"]["options"]}
    bring("::A::Which?{~three =one ~two}")
    assert {o["value"]["text"]: o["id"] for o in row()[0]["value"]["options"]} == before


def test_two_questions_of_one_name_are_two():
    bring("::A::One?{T}\n\n::A::Two?{T}")
    bring("::A::One?{T}\n\n::A::Two?{T}")
    assert [block["value"]["prompt"] for block in row()] == ["One?", "Two?"]


MANY = "{mlang en}Yes?{mlang}{mlang it}Sì?{mlang}{mlang de}Ja?{mlang} {=42#{mlang en}Good{mlang} ~7}"


def test_each_language_has_a_row_and_what_the_hub_has_not_is_named():
    plan = bring(MANY)
    assert (plan.languages, plan.strangers) == ({"en": 1, "it": 1}, ["de"])
    english, italian = row("en")[0]["value"], row("it")[0]["value"]
    assert (english["prompt"], italian["prompt"]) == ("Yes?", "Sì?")
    assert italian["options"][0]["value"]["text"] == "42"
    assert italian["options"][0]["value"]["feedback"] == "Good", "English where there is no Italian"
    assert [o["id"] for o in english["options"]] == [o["id"] for o in italian["options"]]


def test_what_an_editor_translated_stays_when_the_english_file_comes_again():
    bring("::A::Which?{=one#Good ~two}")
    english = QuestionBank.objects.get()
    greek = QuestionBank(
        title="Bank", locale=Locale.objects.get(language_code="el"), translation_key=english.translation_key
    )
    blocks = english.questions.get_prep_value()
    blocks[0]["value"]["prompt"] = "Ποιο;"
    greek.questions = QuestionBank._meta.get_field("questions").to_python(blocks)
    greek.save()
    bring("::A::Which one?{=one#Very good ~two}")
    assert row("el")[0]["value"]["prompt"] == "Ποιο;"
    assert row("el")[0]["value"]["options"][0]["value"]["feedback"] == "Very good", "this one was English still"


def test_an_answer_without_feedback_gets_a_general_word_in_each_language():
    with override("sv"):
        bring("{mlang en}Yes?{mlang}{mlang it}Sì?{mlang} {T}")
    said = {code: row(code)[0]["value"]["feedback_true"] for code in ("en", "it")}
    assert said["en"] == "That is right."
    assert said["it"] != said["en"], "in the language of the row, not of the editor"


def test_what_an_editor_added_to_a_reflection_stays():
    bring("::Mine::What now? {}")
    bank = QuestionBank.objects.get()
    blocks = bank.questions.get_prep_value()
    blocks[0]["value"] |= {"booklet": "B3", "paper_first": True, "rows": 9}
    bank.questions = QuestionBank._meta.get_field("questions").to_python(blocks)
    bank.save()
    assert bring("::Mine::What now? {}").count("same") == 1
    assert row()[0]["value"]["booklet"] == "B3"


def test_accepted_answers_may_be_fewer_in_one_language():
    text = "{mlang en}Animal?{mlang}{mlang it}Animale?{mlang} {={mlang en}dog{mlang}{mlang it}cane{mlang} ={mlang en}hound{mlang}}"
    bring(text)
    assert [[a["value"] for a in row(code)[0]["value"]["accepted"]] for code in ("en", "it")] == [
        ["dog", "hound"],
        ["cane"],
    ]
    for format in ("gift", "xml"):
        out = export_questions(bank=QuestionBank.objects.first().translation_key, format=format)
        assert plan_import(out.encode(), title="Bank").count("same") == 1
        assert "{mlang en}dog" not in out.replace("\\", ""), "Moodle compares the answer as it stands"


def test_a_broken_picture_leaves_its_question():
    xml = (
        "<quiz><question type='truefalse'><name><text>n</text></name><questiontext format='html'>"
        "<text>&lt;img src='@@PLUGINFILE@@/a.png'&gt; Q?</text><file name='a.png' encoding='base64'>QUJD</file></questiontext>"
        "<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer></question></quiz>"
    )
    item = bring(xml).questions[0][0]
    assert item.notes == ["the picture “a.png” was left out: it is no PNG, JPEG, GIF, WebP or plain SVG picture"]
    assert row()[0]["value"]["picture"] is None


def test_the_format_is_told_from_the_content():
    assert [
        detect_format(data) for data in (b"<?xml version='1.0'?>", b"\xef\xbb\xbf <quiz>", "<?xml ?>".encode("utf-16"))
    ] == ["xml"] * 3
    assert [detect_format(data) for data in (b"", b"::A::B{T}", "Q{T}".encode("utf-16"))] == ["gift"] * 3


def test_a_file_larger_than_ten_megabytes_is_refused():
    with pytest.raises(Fault, match="10 MB"):
        plan_import(b"a" * 10_000_001, title="Bank")


def test_a_title_taken_over_from_a_renamed_bank_makes_a_new_bank():
    bring("::A::One?{T}")
    QuestionBank.objects.update(title="Renamed")
    bring("::A::One?{T}")
    assert QuestionBank.objects.values("translation_key").distinct().count() == 2
    assert all(rows_of(bank.translation_key)["en"] for bank in QuestionBank.objects.all())


def test_the_questions_of_a_kit_go_out_in_all_its_languages(loaded_hub):
    for format in ("gift", "xml"):
        text = export_questions(kit="learner", format=format)
        plan = plan_import(text.encode(), title="From a kit")
        assert (plan.left_out, plan.count("same")) == ([], 0)
        assert plan.count("new") >= 3
        assert set(plan.languages) == {"en", "it", "el", "hu", "sv"}
