/**
 * The words before the service is asked for any: the invitation, and that it did not work.
 *
 * All others come from the service, when the person has opened the conversation.
 */

interface Words {
  readonly title: string;
  readonly text: string;
  readonly minutes: string;
  readonly start: string;
  readonly later: string;
  readonly failed: string;
  readonly retry: string;
  readonly close: string;
}

const ORDER = ["title", "text", "minutes", "start", "later", "failed", "retry", "close"] as const;

const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  en: ["May we ask you a few questions?", "An AI asks them, and you can stop at any time.", "It takes about {minutes} minutes.", "Start", "Not now", "That did not work.", "Try again", "Close"],
  de: ["Dürfen wir Sie ein paar Dinge fragen?", "Eine KI stellt die Fragen, und Sie können jederzeit aufhören.", "Es dauert etwa {minutes} Minuten.", "Anfangen", "Jetzt nicht", "Das hat nicht geklappt.", "Noch einmal versuchen", "Schließen"],
  fr: ["Pouvons-nous vous poser quelques questions ?", "Une IA les pose, et vous pouvez arrêter à tout moment.", "Cela prend environ {minutes} minutes.", "Commencer", "Pas maintenant", "Cela n’a pas fonctionné.", "Réessayer", "Fermer"],
  es: ["¿Podemos hacerle unas preguntas?", "Las hace una IA, y puede parar cuando quiera.", "Son unos {minutes} minutos.", "Empezar", "Ahora no", "No ha funcionado.", "Intentar de nuevo", "Cerrar"],
  it: ["Possiamo farle qualche domanda?", "Le domande le fa un’IA, e può fermarsi quando vuole.", "Ci vogliono circa {minutes} minuti.", "Inizia", "Non ora", "Non ha funzionato.", "Riprova", "Chiudi"],
  nl: ["Mogen we u een paar vragen stellen?", "Een AI stelt ze, en u kunt op elk moment stoppen.", "Het duurt ongeveer {minutes} minuten.", "Beginnen", "Niet nu", "Dat is niet gelukt.", "Opnieuw proberen", "Sluiten"],
  pt: ["Podemos fazer algumas perguntas?", "Quem pergunta é uma IA, e você pode parar quando quiser.", "Leva cerca de {minutes} minutos.", "Começar", "Agora não", "Não deu certo.", "Tentar de novo", "Fechar"],
  ru: ["Можно задать вам несколько вопросов?", "Их задаёт искусственный интеллект; остановиться можно в любой момент.", "Это займёт около {minutes} мин.", "Начать", "Не сейчас", "Не получилось.", "Попробовать ещё раз", "Закрыть"],
  zh: ["可以问您几个问题吗？", "由人工智能提问，您可以随时停止。", "大约需要 {minutes} 分钟。", "开始", "以后再说", "没有成功。", "再试一次", "关闭"],
};

/** Give the words of a language, those of the page before ours. */
export function words(language: string, own: Readonly<Record<string, string>>): Words {
  const spoken = SPOKEN[short(language)] ?? SPOKEN["en"] ?? [];
  const ours = Object.fromEntries(ORDER.map((name, at) => [name, spoken[at] ?? ""]));
  return { ...ours, ...own, minutes: own["minutes"] ? fill(ours["minutes"] ?? "", own) : "" } as Words;
}

/** Fill in {names}. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export function direction(language: string): "ltr" | "rtl" {
  return ["ar", "fa", "he", "ur"].includes(short(language)) ? "rtl" : "ltr";
}

function short(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? "";
}
