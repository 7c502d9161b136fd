"""What a speaker's label says about who speaks: role words in nine languages."""

import re
from itertools import pairwise

from ingestion.models import Role

_INTERVIEWER = """
interviewer interviewers int intv interviewing moderator mod host cohost co-host facilitator
researcher
ux_researcher user_researcher question q questioner presenter anchor
interviewerin interviewende moderatorin moderation fragesteller forscherin forscher frage
intervieweur intervieweuse enquêteur enquêtrice enqueteur modérateur modératrice animateur
animatrice
chercheur chercheuse
entrevistador entrevistadora moderadora moderador investigador investigadora pregunta
intervistatore intervistatrice moderatore moderatrice ricercatore ricercatrice domanda
onderzoeker onderzoekster vraag gespreksleider pesquisador pesquisadora pergunta
интервьюер модератор ведущий ведущая исследователь исследовательница вопрос
访谈者 访谈员 采访者 主持人 研究员 研究者 访问者 访问员 提问者 记者 问 訪談者 主持 访
"""
_AGENT = """
agent agents support supporter csr rep representative advisor adviser operator helpdesk help_desk
support_agent customer_support customer_service customer_success customer_care service_desk
consultant staff
kundenservice kundenbetreuer kundenbetreuerin kundenberater kundenberaterin kundendienst
mitarbeiter
mitarbeiterin berater beraterin servicemitarbeiter
conseiller conseillère service_client téléconseiller téléconseillère
agente asesor asesora atención_al_cliente soporte operador operadora
operatore operatrice assistenza servizio_clienti consulente supporto
medewerker medewerkster klantenservice adviseur
atendente atendimento suporte consultor consultora
оператор агент поддержка техподдержка специалист менеджер консультант служба_поддержки
客服 客服人员 客服专员 坐席 话务员 专员
"""
_BOT = """
bot chatbot chat_bot assistant ai virtual_assistant ai_assistant voicebot system ivr gpt chatgpt
claude
virtueller_assistent assistent ki assistant_virtuel ia robot asistente asistente_virtual
assistente assistente_virtual assistente_virtuale virtuele_assistent
бот чат-бот чатбот ассистент робот система ии
break pause music jingle announcer narrator
机器人 助手 智能客服 系统 人工智能 智能助手
"""
_CUSTOMER = """
customer client user participant respondent interviewee guest caller informant subject answer a
consumer
shopper buyer patient tester visitor end_user
kunde kundin nutzer nutzerin teilnehmer teilnehmerin teilnehmende befragte befragter befragtes
interviewte interviewter interviewpartner interviewpartnerin proband probandin gast antwort
anrufer anruferin
cliente_final interviewé interviewée enquêté enquêtée répondant répondante participante
utilisateur
utilisatrice invité invitée réponse cliente
usuario usuaria entrevistado entrevistada encuestado encuestada respuesta invitado invitada
intervistato intervistata utente partecipante ospite rispondente risposta
klant gebruiker deelnemer deelnemster geïnterviewde respondente antwoord
usuário usuária respondente convidado convidada resposta
клиент клиентка респондент респондентка участник участница пользователь гость покупатель ответ
受访者 被访者 受访人 用户 客户 顾客 参与者 嘉宾 答 被采访者
"""
_ROLES: dict[str, Role] = {
    word: role
    for role, words in (
        (Role.CUSTOMER, _CUSTOMER),
        (Role.BOT, _BOT),
        (Role.AGENT, _AGENT),
        (Role.INTERVIEWER, _INTERVIEWER),
    )
    for word in words.split()
}
_NUMBER = re.compile(r"[\s_#]*(?:\d{1,3}|[a-c])\s*$")
_APART = re.compile(r"[\s_()\[\]/,&+-]+")
_ID = re.compile(r"(?=.*\d)[^\W\d_]{1,4}[-_ ]?0*\d{1,5}", re.IGNORECASE)
_SPEAKER = """
speaker sprecher sprecherin orateur oratrice locuteur locutrice hablante spreker falante parlante
спикер говорящий собеседник 发言人 说话人 讲话者
"""
_NUMBERED = re.compile(rf"(?:{'|'.join(_SPEAKER.split())})\s*(?:\d{{1,3}}|[a-h])", re.IGNORECASE)


def role(label: str) -> Role | None:
    """The role that a label names, None where it is a name or a number.

    Example:
        >>> role("Interviewer 2"), role("Anna (Kundin)"), role("Anna Weber")
        (<Role.INTERVIEWER: 'interviewer'>, <Role.CUSTOMER: 'customer'>, None)
    """
    name = " ".join(label.casefold().split())
    for form in (name, _NUMBER.sub("", name)):
        if found := _ROLES.get(form.replace(" ", "_").rstrip(".")):
            return found
    parts = [part for part in _APART.split(name) if len(part) > 2]
    pairs = ["_".join(pair) for pair in pairwise(parts)]
    roles = [found for part in (*pairs, *parts) if (found := _ROLES.get(part))]
    # "Customer support agent" is no customer, whatever else a label says.
    return next((found for found in roles if found != Role.CUSTOMER), roles[0] if roles else None)


def is_id(label: str) -> bool:
    """Whether a label is a participant's number, as "P02" or "R-7" are, and not a name.

    Example:
        >>> is_id("P02"), is_id("Anna"), is_id("2024")
        (True, False, False)
    """
    return bool(_ID.fullmatch(label.strip()))


def is_numbered(label: str) -> bool:
    """Whether a machine numbered the speakers: "Speaker 1", "SPEAKER_00", "发言人 2"."""
    return bool(_NUMBERED.fullmatch(label.strip().replace("_", " ")))
