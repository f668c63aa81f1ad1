"""Which language a text is in: six languages, short and long, mixed and unknown."""

from __future__ import annotations

import pytest

from kg.errors import LanguageError
from kg.languages import available
from kg.read import read_bytes
from kg.read.language import detect_language, foreign_parts

LIBRARIES = {
    "en": "Recalling its resolution 98/3 on reading rooms, and noting with concern that many "
    "villages have no library within a day's walk, requests the Secretary-General to "
    "report on the matter.",
    "fr": "Rappelant sa résolution 98/3 sur les salles de lecture, et notant avec inquiétude "
    "que de nombreux villages n'ont pas de bibliothèque, prie le Secrétaire général de "
    "lui rendre compte.",
    "es": "Recordando su resolución 98/3 sobre las salas de lectura, y observando con "
    "preocupación que muchas aldeas no tienen biblioteca, solicita al Secretario General "
    "que informe al respecto.",
    "ru": "Ссылаясь на свою резолюцию 98/3 о читальных залах и отмечая с озабоченностью, что во"
    " многих деревнях нет библиотек, просит Генерального секретаря представить доклад по "
    "этому вопросу.",
    "ar": "إذ تشير إلى قرارها 98/3 بشأن قاعات المطالعة، وإذ تلاحظ مع القلق أن كثيرا من القرى "
    "ليس فيها مكتبة، تطلب إلى الأمين العام أن يقدم تقريرا في هذا الشأن.",
    "zh": "回顾其关于阅览室的第 98/3 号决议，关切地注意到许多村庄没有图书馆，"
    "请秘书长就此事项提出报告。",
}
SHORT = {
    "en": "Recalling the report of the Committee (A/98/447),",
    "fr": "Prenant note du rapport de la Commission (A/98/447),",
    "es": "Tomando nota del informe de la Comisión (A/98/447),",
    "ru": "принимая к сведению доклад Комитета (A/98/447),",
    "ar": "وإذ تحيط علما بتقرير اللجنة (A/98/447)،",
    "zh": "注意到委员会的报告(A/98/447)，",
}
UNKNOWN = {
    "German": "Die Bibliothek liegt am Rand des Dorfes und wird jeden Abend von den Kindern "
    "besucht, die dort lesen, schreiben und rechnen lernen. Niemand weiß, wer die Bücher "
    "gebracht hat, aber alle sind froh darüber, und wenn ein Band fehlt, wird er am "
    "nächsten Morgen wieder zurückgestellt. Der Bürgermeister hat versprochen, bis zum "
    "Winter einen Ofen aufzustellen.",
    "Polish": "Biblioteka stoi na skraju wsi i co wieczór odwiedzają ją dzieci, które uczą się tam "
    "czytać, pisać i liczyć. Nikt nie wie, kto przyniósł książki, lecz wszyscy się "
    "cieszą, a gdy brakuje tomu, następnego ranka wraca on na półkę. Wójt obiecał, że "
    "przed zimą postawi tam piec, a nauczycielka, że nie zabraknie jej cierpliwości.",
    "Greek": "Η βιβλιοθήκη βρίσκεται στην άκρη του χωριού και κάθε βράδυ την επισκέπτονται τα "
    "παιδιά.",
    "Japanese": "図書館は村のはずれにあり、毎晩子どもたちが訪れて読み書きを学んでいます。",
    "Korean": "도서관은 마을 끝에 있으며 저녁마다 아이들이 찾아와 읽고 쓰는 법을 배웁니다.",
    "Hindi": "पुस्तकालय गाँव के किनारे पर है और हर शाम बच्चे वहाँ पढ़ना सीखने आते हैं।",
}


def there(code: str) -> str:
    if code not in available():
        pytest.skip(f"no table for {code}")
    return code


@pytest.mark.parametrize("code", LIBRARIES)
def test_a_paragraph_tells_its_language(code: str) -> None:
    assert detect_language(LIBRARIES[there(code)]) == code


@pytest.mark.parametrize("code", SHORT)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert detect_language(SHORT[there(code)]) == code


def test_a_list_of_states_tells_its_language() -> None:
    assert detect_language("Austria, Kenya, Mongolia, Peru and the United Kingdom") == "en"
    assert detect_language("奥地利、肯尼亚、蒙古、秘鲁、越南") == "zh"


@pytest.mark.parametrize("language", UNKNOWN)
def test_an_unknown_language_is_refused_with_what_was_seen(language: str) -> None:
    with pytest.raises(LanguageError, match=r"letters.*(--language|tables)"):
        detect_language(UNKNOWN[language])


def test_numbers_alone_tell_nothing() -> None:
    with pytest.raises(LanguageError, match="no words"):
        detect_language("1234 56/78 9")


def test_of_a_mixed_text_the_larger_part_is_taken() -> None:
    mixed = "\n\n".join([LIBRARIES["en"]] * 5 + [LIBRARIES["zh"]] * 20)
    assert detect_language(mixed) == "zh"
    ((code, start, end),) = foreign_parts(mixed, "zh")
    assert (code, start) == ("en", 0)
    assert "阅览室" not in mixed[:end]


def test_names_in_another_script_are_no_change_of_language() -> None:
    text = "\n".join([LIBRARIES["zh"], "A/98/447, Official Records, Supplement No. 53"] * 5)
    assert foreign_parts(text, "zh") == ()


def test_a_source_says_what_is_in_another_language() -> None:
    mixed = "\n\n".join([LIBRARIES["zh"]] * 20 + [LIBRARIES["en"]] * 4)
    source = read_bytes(mixed.encode(), name="a.txt")
    assert source.language == "zh"
    assert [code for code, _, _ in source.foreign] == ["en"]
    assert read_bytes(mixed.encode(), name="a.en.txt").language == "en"


def test_sentences_of_the_corpus_are_told(corpus: object) -> None:
    from pathlib import Path

    for code in available():
        lines = (
            Path(str(corpus), "six_lang", f"lines_1-2000.{code}.txt").read_text("utf-8").split("\n")
        )
        lines = [line for line in lines[:400] if len(line) > 60]
        right = 0
        for line in lines:
            try:
                right += detect_language(line) == code
            except LanguageError:
                continue
        assert right >= 0.97 * len(lines), code


def test_a_sentence_in_an_unknown_language_is_not_taken_for_a_known_one() -> None:
    text = "Dies ist ein Satz, der von einem Brunnen im Dorf erzählt und genug kleine Wörter hat."
    with pytest.raises(LanguageError, match="no language that is known"):
        detect_language(text)
