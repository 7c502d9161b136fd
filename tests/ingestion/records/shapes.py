"""Tables as known tools export them: a header and a few rows, written for these tests."""

from typing import NamedTuple


class Shape(NamedTuple):
    """A table, and what it has to be taken for.

    Attributes:
        columns: Some of its columns, and the field each has to be taken for.
    """

    name: str
    kind: str
    columns: dict[str, str]
    text: str


SHAPES = (
    Shape(
        "App Store Connect",
        "review",
        {"Rating": "rating", "Title": "title", "Review": "body", "Version": "version"},
        "Date,App Name,Territory,Version,Rating,Nickname,Title,Review,Developer Response\n"
        "2025-03-01,Fernpost,GBR,4.2.1,2,marlow_k,Slow since spring,"
        "The list takes ages to open and then it jumps.,We are looking into it.\n"
        "2025-03-02,Fernpost,USA,4.2.1,5,tess99,Love it,Does what I need and nothing more.,\n",
    ),
    Shape(
        "Google Play",
        "review",
        {
            "Star Rating": "rating",
            "Review Text": "body",
            "Reviewer Language": "language",
            "Review Submit Date and Time": "date",
            "App Version Name": "version",
            "Developer Reply Text": "reply",
        },
        "Package Name,App Version Code,App Version Name,Reviewer Language,Device,"
        "Review Submit Date and Time,Review Submit Millis Since Epoch,Star Rating,Review Title,"
        "Review Text,Developer Reply Date and Time,Developer Reply Text,Review Link\n"
        "org.fernpost,120,4.2.1,en,panther,2025-02-03T10:11:12Z,1738577472000,1,,"
        "It logs me out every morning and I have to start again.,2025-02-04T08:00:00Z,"
        "Sorry to hear that. An update is on its way.,http://example.org/r1\n"
        "org.fernpost,120,4.2.1,de,oriole,2025-02-05T10:11:12Z,1738750272000,4,,"
        '"Läuft gut, ich wünschte mir aber Ordner.",,,http://example.org/r2\n',
    ),
    Shape(
        "Trustpilot",
        "review",
        {
            "Review Stars": "rating",
            "Review Title": "title",
            "Review Content": "body",
            "Review Created (UTC)": "date",
            "Consumer Name": "name",
        },
        "Review Id,Review Created (UTC),Consumer Name,Review Title,Review Content,Review Stars,"
        "Company Reply,Review Language\n"
        "6001,2025-01-02 09:00:00,Ines Marrow,Never again,Two parcels and both were wet inside.,1,"
        "We would like to make this right.,en\n"
        "6002,2025-01-03 09:00:00,Col Barley,Prompt,Ordered on Monday and here on Tuesday.,5,,en\n",
    ),
    Shape(
        "Amazon reviews",
        "review",
        {"overall": "rating", "summary": "title", "reviewText": "body", "asin": "product"},
        "reviewerID,asin,reviewerName,helpful,reviewText,overall,summary,unixReviewTime,reviewTime\n"
        'A1Q2,B0001,Noor,"[1, 2]",The lid will not close once it has been washed.,2.0,'
        'Lid does not fit,1420070400,"01 1, 2015"\n'
        'A1Q3,B0001,Pat,"[0, 0]",I use it every day and it still looks new.,5.0,'
        'As good as new,1420156800,"01 2, 2015"\n',
    ),
    Shape(
        "German shop reviews",
        "review",
        {"Sterne": "rating", "Überschrift": "title", "Bewertungstext": "body", "Datum": "date"},
        "Datum;Sterne;Überschrift;Bewertungstext\n"
        "31.12.2024;2;Zu spät;Das Paket kam zwei Wochen nach dem Fest an.\n"
        "02.01.2025;5;Gerne wieder;Alles heil und schneller als gedacht.\n",
    ),
    Shape(
        "French reviews",
        "review",
        {"Note": "rating", "Titre de l'avis": "title", "Texte de l'avis": "body"},
        "Note;Titre de l'avis;Texte de l'avis;Date de l'avis\n"
        "1;Déçue;Le colis est arrivé ouvert et personne ne répond.;05/01/2025\n"
        "5;Parfait;Commande simple et livraison rapide.;17/01/2025\n",
    ),
    Shape(
        "Spanish reviews",
        "review",
        {"Calificación": "rating", "Comentario": "body", "Fecha": "date"},
        "Fecha,Calificación,Comentario\n"
        "13/02/2025,2,No encuentro dónde cambiar la dirección de envío.\n"
        "14/02/2025,5,Todo llegó antes de lo previsto.\n",
    ),
    Shape(
        "Italian reviews",
        "review",
        {"Valutazione": "rating", "Titolo": "title", "Recensione": "body"},
        "Data\tValutazione\tTitolo\tRecensione\n"
        "13/02/2025\t2\tPeccato\tIl corriere non suona mai il campanello.\n"
        "15/02/2025\t4\tBuono\tFacile da montare anche da soli.\n",
    ),
    Shape(
        "Dutch reviews",
        "review",
        {"Beoordeling": "rating", "Opmerking": "body", "Datum": "date"},
        "Datum,Beoordeling,Opmerking\n"
        "13-02-2025,2,De rekening klopte niet en niemand belde terug.\n"
        "14-02-2025,5,Snel geholpen en vriendelijk bovendien.\n",
    ),
    Shape(
        "Portuguese reviews",
        "review",
        {"Nota": "rating", "Avaliação": "body", "Data": "date"},
        "Data,Nota,Avaliação\n"
        "13/02/2025,2,O aplicativo fecha sozinho quando abro o carrinho.\n"
        "14/02/2025,5,Entrega rápida e tudo bem embalado.\n",
    ),
    Shape(
        "Russian reviews",
        "review",
        {"Оценка": "rating", "Отзыв": "body", "Дата отзыва": "date"},
        "Дата отзыва,Оценка,Отзыв\n"
        "13.02.2025,2,Курьер приехал на день позже и без звонка.\n"
        "14.02.2025,5,Всё удобно и быстро.\n",
    ),
    Shape(
        "Chinese reviews",
        "review",
        {"评分": "rating", "评价内容": "body", "评价时间": "date"},
        "评价时间,评分,评价内容\n"
        "2024年3月2日,2,包装破了，客服一直没有回复我的消息。\n"
        "2024年3月3日,5,物流很快，第二天就到了，非常满意。\n",
    ),
    Shape(
        "Zendesk list",
        "ticket",
        {
            "ID": "id",
            "Subject": "title",
            "Description": "body",
            "Status": "status",
            "Priority": "priority",
            "Created at": "created_at",
            "Solved at": "solved_at",
            "Satisfaction Score": "satisfaction",
            "Requester id": "participant",
        },
        "ID,Subject,Description,Status,Priority,Requester id,Assignee,Created at,Solved at,"
        "Satisfaction Score\n"
        "51,Cannot sign in,The code you send me never arrives.,solved,high,u7,Rita,"
        "2025-01-02 10:00:00,2025-01-05 12:00:00,Bad\n"
        "52,Invoice,Where do I find last month's invoice?,closed,normal,u9,Rita,"
        "2025-01-03 10:00:00,2025-01-03 12:00:00,Good\n",
    ),
    Shape(
        "German tickets",
        "ticket",
        {"Betreff": "title", "Beschreibung": "body", "Erstellt am": "created_at"},
        "Ticketnummer;Betreff;Beschreibung;Priorität;Status;Erstellt am;Gelöst am\n"
        "71;Rechnung falsch;Auf der Rechnung steht der alte Firmenname.;hoch;gelöst;"
        "03.02.2025 09:15;04.02.2025 10:00\n"
        "72;Kein Zugang;Ich komme seit gestern nicht mehr hinein.;normal;offen;"
        "15.02.2025 09:15;\n",
    ),
    Shape(
        "Russian tickets",
        "ticket",
        {
            "Тема": "title",
            "Описание": "body",
            "Приоритет": "priority",
            "Дата создания": "created_at",
        },
        "Номер обращения,Тема,Описание,Приоритет,Статус,Дата создания\n"
        "81,Не приходит код,Жду код уже второй день.,высокий,открыт,13.02.2025 10:00\n"
        "82,Возврат,Хочу вернуть деньги за отменённый заказ.,средний,решён,14.02.2025 11:30\n",
    ),
    Shape(
        "Chinese tickets",
        "ticket",
        {"工单编号": "id", "标题": "title", "问题描述": "body", "创建时间": "created_at"},
        "工单编号,标题,问题描述,优先级,状态,创建时间\n"
        "9001,无法登录,从昨天开始一直收不到验证码，怎么办？,高,已解决,2025-02-01 08:00:00\n"
        "9002,发票问题,上个月的发票抬头写错了，请帮忙修改。,中,处理中,2025-02-02 08:00:00\n",
    ),
    Shape(
        "Typeform",
        "survey",
        {
            "#": "id",
            "What nearly kept you from ordering?": "answer",
            "How likely are you to recommend us to a friend or colleague?": "nps",
            "Submit Date (UTC)": "date",
        },
        "#,How likely are you to recommend us to a friend or colleague?,"
        "What nearly kept you from ordering?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "k3j2h1,9,I could not tell what shipping would cost.,2025-01-01 10:00:00,"
        "2025-01-01 10:05:00,ab12\n"
        "k3j2h2,3,The form asked for a fax number of all things.,2025-01-02 10:00:00,"
        "2025-01-02 10:05:00,ab13\n",
    ),
    Shape(
        "SurveyMonkey",
        "survey",
        {"Respondent ID": "participant", "What should we change first?": "answer"},
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,"
        "Last Name,Custom Data 1,Overall how satisfied are you with the service?,"
        "What should we change first?\n"
        ",,,,,,,,,Response,Open-Ended Response\n"
        "118001,400,01/15/2025 10:00:01,01/15/2025 10:04:40,,,,,,Very satisfied,"
        "Let me pause my plan without writing to anyone.\n"
        "118002,400,01/16/2025 11:00:01,01/16/2025 11:09:40,,,,,,Dissatisfied,"
        "The opening hours of the hotline are a joke.\n",
    ),
    Shape(
        "Qualtrics",
        "survey",
        {"ResponseId": "id", "Q1": "nps", "Q2": "answer"},
        "StartDate,EndDate,RecordedDate,ResponseId,Q1_NPS_GROUP,Q1,Q2\n"
        "Start Date,End Date,Recorded Date,Response ID,NPS group,"
        "How likely are you to recommend Fernpost to a colleague?,What is the main reason?\n"
        + ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(7))
        + "\n2025-01-01 10:00:00,2025-01-01 10:02:00,2025-01-01 10:02:01,R_1,Promoter,10,"
        "It simply saves me an hour each week.\n"
        "2025-01-02 10:00:00,2025-01-02 10:02:00,2025-01-02 10:02:01,R_2,Detractor,2,"
        "The price went up and nobody told us.\n",
    ),
    Shape(
        "German survey",
        "survey",
        {
            "Teilnehmer": "participant",
            "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": "nps",
            "Warum haben Sie diese Note gegeben?": "answer",
        },
        'Teilnehmer;"Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?";'
        "Warum haben Sie diese Note gegeben?\n"
        "t01;9;Weil am Telefon sofort jemand da war.\n"
        "t02;4;Die App verliert ständig meine Anmeldung.\n",
    ),
    Shape(
        "Spanish survey",
        "survey",
        {"¿Por qué nos da esta nota?": "answer", "NPS": "nps"},
        "Encuestado,NPS,¿Por qué nos da esta nota?\n"
        "e1,10,Porque me resolvieron el problema en una tarde.\n"
        "e2,5,Tuve que explicar lo mismo tres veces.\n",
    ),
    Shape(
        "generic survey",
        "survey",
        {"respondent": "participant", "ces": "ces", "answer_why": "answer"},
        "respondent,submitted_at,ces,answer_why\n"
        "p01,2025-01-01,6,Everything was on one page.\n"
        "p02,2025-01-02,2,I had to call twice to get it done.\n",
    ),
    Shape(
        "Segment",
        "events",
        {
            "user_id": "participant",
            "anonymous_id": "visitor",
            "event": "event",
            "timestamp": "timestamp",
            "context_page_path": "page",
        },
        "id,anonymous_id,user_id,event,timestamp,context_page_path,context_ip\n"
        "ajs-1,an1,,product_viewed,2025-01-01 10:00:00,/p/lamp,10.0.0.1\n"
        "ajs-2,an1,p01,order_completed,2025-01-01 10:09:00,/done,10.0.0.1\n"
        "ajs-3,an1,p01,product_viewed,2025-01-01 10:10:00,/p/desk,10.0.0.1\n",
    ),
    Shape(
        "Mixpanel",
        "events",
        {"event": "event", "time": "timestamp", "distinct_id": "participant"},
        "event,time,distinct_id,$current_url,mp_lib\n"
        "View item,1735725600,p01,https://shop.example/p/lamp?x=1,web\n"
        "Buy,1735725900,p01,https://shop.example/done,web\n"
        "View item,1735726900,p02,https://shop.example/p/desk,web\n",
    ),
    Shape(
        "Amplitude",
        "events",
        {
            "event_type": "event",
            "event_time": "timestamp",
            "user_id": "participant",
            "session_id": "session",
        },
        "amplitude_id,device_id,user_id,session_id,event_type,event_time,platform\n"
        "77,dev1,p01,1735725600000,open screen,2025-01-01 10:00:00.123,iOS\n"
        "77,dev1,p01,1735725600000,tap buy,2025-01-01 10:01:00.123,iOS\n"
        "78,dev2,,1735729600000,open screen,2025-01-01 11:01:00.123,Android\n",
    ),
    Shape(
        "GA4, flat",
        "events",
        {
            "event_name": "event",
            "event_timestamp": "timestamp",
            "user_pseudo_id": "visitor",
            "ga_session_id": "session",
            "page_location": "page",
        },
        "event_date,event_timestamp,event_name,user_id,user_pseudo_id,ga_session_id,page_location\n"
        "20250101,1735725600000000,page_view,,11.22,1735725600,https://shop.example/\n"
        "20250101,1735725660000000,purchase,p01,11.22,1735725600,https://shop.example/done\n"
        "20250101,1735725670000000,page_view,p01,11.22,1735725600,https://shop.example/\n",
    ),
    Shape(
        "German event log",
        "events",
        {"Kunde": "participant", "Zeitpunkt": "timestamp", "Ereignis": "event", "Seite": "page"},
        "Sitzung;Kunde;Zeitpunkt;Ereignis;Seite\n"
        "s1;k1;01.02.2025 10:00;Seitenaufruf;/preise\n"
        "s1;k1;01.02.2025 10:05;Kauf;/kasse\n"
        "s2;k2;13.02.2025 10:05;Seitenaufruf;/preise\n",
    ),
    Shape(
        "Chinese event log",
        "events",
        {"用户ID": "participant", "时间": "timestamp", "事件": "event", "页面": "page"},
        "会话ID,用户ID,时间,事件,页面\n"
        "s1,u1,2025-02-01 10:00:00,浏览,/pricing\n"
        "s1,u1,2025-02-01 10:05:00,购买,/pay\n"
        "s2,u2,2025-02-02 10:05:00,浏览,/pricing\n",
    ),
    Shape(
        "table of turns",
        "interview",
        {"interview_id": "interview", "speaker": "speaker", "text": "body"},
        "interview_id,speaker,text\n"
        "p01,Interviewer,How did you first hear of it?\n"
        "p01,Participant,A colleague would not stop talking about it.\n"
        "p01,Interviewer,And then?\n"
        "p02,Participant,I tried it one rainy Sunday.\n"
        "p02,Interviewer,What did you expect?\n"
        "p02,Participant,Not much to be honest with you.\n",
    ),
    Shape(
        "transcripts in a cell",
        "interview",
        {"participant": "participant", "transcript": "transcript"},
        "participant,transcript\n"
        'p01,"Interviewer: What made you look?\nMara: The old one lost my notes.\n'
        'Interviewer: All of them?\nMara: Every single one."\n'
        'p02,"Interviewer: And what happened next?\nJoss: I rang them.\n'
        'Interviewer: Did it help?\nJoss: Nobody picked up."\n',
    ),
    Shape(
        "chat messages",
        "ticket",
        {"conversation_id": "interview", "sender_type": "role", "message": "body"},
        "conversation_id,sender_type,created_at,message\n"
        "c1,customer,2025-01-01 10:00:00,My parcel says delivered but it is not here.\n"
        "c1,bot,2025-01-01 10:00:05,Please tell me your order number.\n"
        "c1,agent,2025-01-01 10:03:00,Let me look into that for you.\n"
        "c2,customer,2025-01-02 10:03:00,Can I change the colour of my order?\n"
        "c2,agent,2025-01-02 10:04:00,Of course you can.\n",
    ),
    Shape(
        "calls with an agent",
        "ticket",
        {"customer_id": "participant", "transcript": "transcript", "call_date": "date"},
        "call_id,agent_name,customer_id,call_date,transcript\n"
        '1,Tom,c9,2025-01-02,"Agent: Good morning, how can I help?\n'
        "Customer: My meter reading is wrong.\nAgent: Let me check that.\n"
        'Customer: Thank you."\n'
        '2,Tom,c8,2025-01-03,"Agent: Hello there.\nCustomer: I want to leave.\n'
        'Agent: May I ask why?\nCustomer: It is too dear for me now."\n',
    ),
    Shape(
        "reviews that ask",
        "review",
        {
            "Reviewer Title": "segment",
            "What do you like best?": "body",
            "What do you dislike?": "body",
        },
        "Review Date,Reviewer Title,Overall Rating,What do you like best?,What do you dislike?\n"
        "2025-01-02,Ops lead,4.5,It just runs.,Reports are slow to open on Mondays.\n"
        "2025-01-03,Clerk,2,Nothing really stands out to me.,Crashes when I attach a photo.\n",
    ),
    Shape(
        "good and bad sides",
        "review",
        {"Positive": "body", "Negative": "body", "Score": "rating"},
        "Stay date,Score,Positive,Negative\n"
        "2025-01-02,8.5,Breakfast with a view of the harbour.,The lift was broken all week.\n"
        "2025-01-03,6.0,Friendly staff at the desk.,Thin walls and a noisy corridor.\n",
    ),
    Shape(
        "Google Forms, German",
        "survey",
        {
            "Zeitstempel": "date",
            "Wie zufrieden sind Sie mit dem Kurs?": "csat",
            "Was sollten wir ändern?": "answer",
        },
        "Zeitstempel,Wie zufrieden sind Sie mit dem Kurs?,Was sollten wir ändern?,Alter\n"
        "01.02.2025 10:11:12,4,Mehr Pausen bitte.,30-39\n"
        "13.02.2025 10:11:12,5,Nichts war zu viel.,20-29\n",
    ),
    Shape(
        "Italian survey",
        "survey",
        {"ID risposta": "id", "Soddisfazione (1-5)": "csat", "Commento": "answer"},
        "ID risposta;Data;Soddisfazione (1-5);Commento\n"
        "r1;13/02/2025;4;Personale gentile ma coda lunga.\n"
        "r2;14/02/2025;2;Il sito non accettava la mia carta.\n",
    ),
    Shape(
        "Portuguese survey",
        "survey",
        {"id_cliente": "participant", "nota_nps": "nps", "motivo": "answer"},
        "id_cliente,data_resposta,nota_nps,motivo\n"
        "c1,2025-01-02,9,Atendimento muito bom na loja.\n"
        "c2,2025-01-03,4,O boleto veio errado de novo.\n",
    ),
    Shape(
        "Chinese survey",
        "survey",
        {"受访者": "participant", "您向朋友推荐我们的可能性有多大？": "nps"},
        "受访者,您向朋友推荐我们的可能性有多大？,您为什么给这个分数？\n"
        "u1,9,客服回复很快，问题一次就解决了。\n"
        "u2,2,等了一个星期还没有收到货。\n",
    ),
    Shape(
        "Dutch tickets",
        "ticket",
        {"Onderwerp": "title", "Omschrijving": "body", "Aangemaakt op": "created_at"},
        "Ticketnummer;Onderwerp;Omschrijving;Prioriteit;Status;Aangemaakt op\n"
        "1;Pakket kwijt;Mijn pakket is nooit aangekomen.;hoog;open;13-02-2025 10:00\n"
        "2;Factuur;Er staat een verkeerd adres op.;laag;gesloten;14-02-2025 10:00\n",
    ),
    Shape(
        "Russian event log",
        "events",
        {"id клиента": "participant", "время": "timestamp", "событие": "event"},
        "id сессии;id клиента;время;событие;страница\n"
        "s1;c1;01.02.2025 10:00;просмотр;/\n"
        "s1;c1;01.02.2025 10:02;покупка;/pay\n"
        "s2;c3;13.02.2025 10:02;просмотр;/\n",
    ),
    Shape(
        "words alone",
        "review",
        {"text": "body"},
        "text,label\nThe queue at the desk was endless.,3\nGot what I came for in no time.,1\n",
    ),
)
