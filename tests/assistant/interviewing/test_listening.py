"""Listening: what an answer says beside its content, in nine languages."""

import pytest

from assistant.interviewing import Attentive, Heard
from tests.assistant.interviewing.talking import CONSENT, talk

SAID = {
    "agrees": [
        "yes, that's right",
        "ja, genau",
        "oui, c'est ça",
        "sí, claro",
        "sì, certo",
        "ja hoor",
        "sim, claro",
        "да, верно",
        "是的",
    ],
    "denies": [
        "not really",
        "nein, eigentlich nicht",
        "pas vraiment",
        "no, para nada",
        "non proprio",
        "nee, niet echt",
        "de jeito nenhum",
        "не совсем",
        "不是",
    ],
    "has_nothing": [
        "I don't remember",
        "keine Ahnung",
        "je ne sais pas",
        "no lo sé",
        "non lo so",
        "geen idee",
        "não sei",
        "не знаю",
        "不知道",
    ],
    "depends": [
        "it depends on the day",
        "das kommt darauf an",
        "ça dépend",
        "depende",
        "dipende",
        "dat hangt ervan af",
        "depende do dia",
        "это зависит от дня",
        "看情况",
    ],
    "refuses": [
        "I'd rather not say",
        "darüber möchte ich nicht sprechen",
        "je préfère ne pas répondre",
        "prefiero no decirlo",
        "preferisco non rispondere",
        "dat gaat u niets aan",
        "prefiro não dizer",
        "не хочу об этом говорить",
        "我不想回答",
    ],
    "has_reason": [
        "I left because it broke",
        "weil es kaputt war",
        "parce que c'était cassé",
        "porque no funcionaba",
        "siccome non funzionava",
        "omdat het kapot was",
        "porque não funcionava",
        "потому что не работало",
        "因为坏了",
    ],
    "has_moment": [
        "last Tuesday at checkout",
        "letzten Dienstag an der Kasse",
        "mardi dernier à la caisse",
        "el martes pasado",
        "martedì scorso alla cassa",
        "vorige week dinsdag",
        "na semana passada",
        "на прошлой неделе",
        "上周二结账的时候",
    ],
}
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
WISHES = {
    "stop": [
        "let's stop here",
        "ich möchte aufhören",
        "je veux arrêter",
        "quiero parar",
        "vorrei smettere",
        "ik wil stoppen",
        "quero parar",
        "хочу закончить",
        "我想结束",
    ],
    "skip": [
        "next question please",
        "Frage überspringen",
        "question suivante",
        "siguiente pregunta",
        "prossima domanda",
        "volgende vraag",
        "próxima pergunta",
        "следующий вопрос",
        "跳过这题",
    ],
    "person": [
        "can I talk to a real person?",
        "ich möchte mit einem Menschen sprechen",
        "je voudrais parler à un conseiller",
        "quiero hablar con una persona",
        "vorrei parlare con un operatore",
        "ik wil een medewerker spreken",
        "quero falar com uma pessoa",
        "хочу поговорить с оператором",
        "我要转人工",
    ],
    "withdraw": [
        "delete my answers",
        "löschen Sie alle meine Antworten",
        "supprimez mes réponses",
        "borre mis respuestas",
        "cancelli le mie risposte",
        "verwijder mijn antwoorden",
        "apague as minhas respostas",
        "удалите мои ответы",
        "删除我的回答",
    ],
}
ALARMS = {
    "legal": [
        "my lawyer will write to you",
        "das geht an meinen Anwalt",
        "mon avocat vous écrira",
        "mi abogado les escribirá",
        "il mio avvocato vi scriverà",
        "mijn advocaat schrijft u",
        "meu advogado vai escrever",
        "мой юрист вам напишет",
        "我的律师会联系你们",
    ],
    "complaint": [
        "I want to file a complaint",
        "ich möchte eine Beschwerde einreichen",
        "je veux faire une réclamation",
        "quiero poner una queja",
        "voglio fare un reclamo",
        "ik wil een klacht indienen",
        "quero fazer uma reclamação",
        "хочу подать жалобу",
        "我要投诉",
    ],
    "safety": [
        "I want to die",
        "ich will nicht mehr leben",
        "je veux mourir",
        "quiero morir",
        "voglio morire",
        "ik wil niet meer leven",
        "quero morrer",
        "я не хочу жить",
        "我不想活了",
    ],
}
PLAIN = {
    "en": "The support person helped me when the parcel did not stop at our street.",
    "de": "Der Berater hat mir geholfen, als die Ware nicht kam.",
    "fr": "Le conseiller m'a aidé quand le colis n'est pas arrivé.",
    "es": "El agente me ayudó cuando el paquete no llegó.",
    "it": "L'operatore mi ha aiutato quando il pacco non arrivava.",
    "nl": "De medewerker hielp mij toen het pakket niet kwam.",
    "pt": "O atendente me ajudou quando o pacote não chegou.",
    "ru": "Сотрудник помог мне, когда посылка не пришла.",
    "zh": "包裹没到的时候，店员帮了我。",
}


def heard(said: str, language: str) -> Heard:
    conversation = talk([CONSENT]).model_copy(update={"language": language})
    return Attentive().hear(said, conversation)


@pytest.mark.parametrize("cue", SAID)
def test_hears_a_cue_in_nine_languages(cue: str) -> None:
    missed = [said for lang, said in zip(LANGUAGES, SAID[cue], strict=True)
              if not getattr(heard(said, lang), cue)]  # fmt: skip
    assert missed == []


@pytest.mark.parametrize("wish", WISHES)
def test_hears_a_wish_in_nine_languages(wish: str) -> None:
    told = [heard(said, lang).wish for lang, said in zip(LANGUAGES, WISHES[wish], strict=True)]
    assert told == [wish] * 9


@pytest.mark.parametrize("alarm", ALARMS)
def test_hears_what_a_person_has_to_take_over(alarm: str) -> None:
    told = [heard(said, lang).alarm for lang, said in zip(LANGUAGES, ALARMS[alarm], strict=True)]
    assert told == [alarm] * 9


@pytest.mark.parametrize("language", PLAIN)
def test_hears_no_wish_where_none_is_meant(language: str) -> None:
    told = heard(PLAIN[language], language)

    assert (told.wish, told.alarm, told.refuses, told.agrees) == (None, None, False, False)
    assert told.language == language
