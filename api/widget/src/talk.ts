/** The conversation as this browser holds it: begun, gone on with, ended. Draws nothing. */

import { type Client, Refused } from "./client.ts";
import type { Config } from "./config.ts";
import { type Context, type Opened, type Reply, type Survey, type View, isOver } from "./contract.ts";
import { type Keeping, newKey } from "./keeping.ts";
import { Outbox, type Trouble } from "./outbox.ts";
import { note } from "./safely.ts";

export interface State {
  readonly phase: "away" | "invited" | "opening" | "talking" | "closed" | "deleted";
  readonly survey?: Survey;
  readonly view?: View;
  /** What the person said last, shown while it is on its way. */
  readonly said?: Reply | undefined;
  /** What the bot is saying, as far as it has come, by turn. */
  readonly hearing?: Readonly<Record<string, string>>;
  readonly trouble?: Trouble;
  /** Words that were not taken, given back. */
  readonly draft?: string | undefined;
}

export class Talk {
  state: State = { phase: "away" };
  context: Context;
  readonly #config: Config;
  readonly #client: Client;
  readonly #keeping: Keeping;
  readonly #outbox: Outbox;
  readonly #show: (state: State) => void;

  constructor(config: Config, client: Client, keeping: Keeping, show: (state: State) => void) {
    this.#config = config;
    this.#client = client;
    this.#keeping = keeping;
    this.#show = show;
    this.context = config.context;
    this.#outbox = new Outbox(client, keeping, {
      heard: ({ id, delta }) => {
        const hearing = this.state.hearing ?? {};
        this.set({ hearing: { ...hearing, [id]: (hearing[id] ?? "") + delta }, trouble: undefined });
      },
      arrived: (view) => this.#arrived(view),
      refused: ({ reply }, refusal) => this.#refused(reply, refusal),
      trouble: (trouble) => this.set({ trouble }),
    });
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.#show(this.state);
  }

  get code(): string | undefined {
    return this.#keeping.get().code;
  }

  /** Whether a conversation was begun here that can be gone on with. */
  get isBegun(): boolean {
    const { token, key } = this.#keeping.get();
    return !!(token ?? key);
  }

  /** Open the conversation: from here on, and not before, something is asked for and kept. */
  async open(language?: string): Promise<void> {
    this.#keeping.add({ at: Date.now(), isClosed: false });
    if (!this.isBegun) this.#keeping.add({ key: newKey(), language: language ?? this.#config.language });
    this.set({ phase: "opening", trouble: undefined });
    try {
      await (this.#keeping.get().token ? this.#goOn() : this.#begin());
    } catch (problem) {
      this.#openFailed(problem);
    }
  }

  async #begin(): Promise<void> {
    const { key = newKey(), language = "en" } = this.#keeping.get();
    const [survey, opened] = await Promise.all([
      this.#client.survey(this.#config.survey, language),
      this.#client.open(key, this.#opening(language)),
    ]);
    this.#keep(opened);
    this.set({ survey });
    this.#arrived(opened.conversation);
  }

  #opening(language: string) {
    const { survey, signature } = this.#config;
    const context = { page: location.pathname, ...this.context };
    return { survey, language, context, ...(signature ? { visitor_signature: signature } : {}) };
  }

  #keep({ token, withdrawal_code: code }: Opened): void {
    this.#keeping.add({ token, code });
  }

  async #goOn(): Promise<void> {
    const { token = "", language = "en" } = this.#keeping.get();
    const [survey, view] = await Promise.all([
      this.state.survey ?? this.#client.survey(this.#config.survey, language),
      this.#client.current(token),
    ]);
    this.set({ survey, said: this.#outbox.waiting[0]?.reply });
    this.#arrived(view);
    await this.#outbox.flush();
  }

  #openFailed(problem: unknown): void {
    note(problem);
    const isGone = problem instanceof Refused && [401, 404].includes(problem.status);
    if (isGone) this.forget();
    this.set({ trouble: "failed" });
  }

  /** Say it in another language from the start: nothing has been said yet. */
  async restart(language: string): Promise<void> {
    this.forget();
    const { survey: _, view: __, ...rest } = this.state;
    this.state = rest;
    await this.open(language);
  }

  reply(reply: Reply): void {
    const isFirst = this.#outbox.waiting.length === 0;
    if (!isFirst && reply.kind !== "stop" && reply.kind !== "withdraw") return;
    this.set({ said: reply, draft: undefined });
    this.#outbox.add(this.state.view?.open ?? null, reply);
  }

  /** Erase all that was said; once it is over the code does it, before that the conversation. */
  async withdraw(): Promise<void> {
    const { view } = this.state;
    if (view && !isOver(view)) {
      this.reply({ kind: "withdraw" });
      return;
    }
    try {
      await this.#client.erase(this.code ?? "");
      this.forget();
      this.set({ phase: "deleted", trouble: undefined });
    } catch (problem) {
      note(problem);
      this.set({ trouble: navigator.onLine ? "failed" : "offline" });
    }
  }

  /** Try at once what is tried again later anyway. */
  async retry(): Promise<void> {
    await (this.state.phase === "opening" ? this.open() : this.#outbox.flush());
  }

  /** Put the window away; a conversation that is not over can be opened again. */
  close(): void {
    const { view, phase } = this.state;
    const goesOn = phase === "talking" && view && !isOver(view);
    if (goesOn) this.#keeping.add({ isClosed: true });
    else if (phase !== "invited") this.forget();
    this.set({ phase: goesOn ? "closed" : "away" });
  }

  /** Show what another tab has come to. */
  async refresh(): Promise<void> {
    const { token } = this.#keeping.get();
    if (this.state.phase !== "talking" || this.#outbox.waiting.length) return;
    if (token) this.#arrived(await this.#client.current(token));
    else this.set({ phase: "away" });
  }

  /** Keep nothing but the day it was opened on. */
  forget(): void {
    const { at } = this.#keeping.get();
    this.#outbox.clear();
    this.#keeping.set(at === undefined ? {} : { at });
  }

  #arrived(view: View): void {
    const phase = view.status === "withdrawn" ? "deleted" : "talking";
    const isWaiting = this.#outbox.waiting.length > 0;
    const said = isWaiting ? this.state.said : undefined;
    this.set({ phase, view, said, hearing: {}, trouble: undefined });
    if (phase === "deleted" || view.status === "declined") this.forget();
    else this.#follow(view);
  }

  /** Fetch the words of the language that the conversation has gone over to. */
  #follow({ language }: View): void {
    const { survey } = this.state;
    if (!survey || survey.language === language) return;
    this.#keeping.add({ language });
    this.#client
      .survey(this.#config.survey, language)
      .then((spoken) => this.set({ survey: spoken }))
      .catch(note);
  }

  #refused(reply: Reply, refusal: Refused): void {
    note(refusal);
    const draft = reply.text;
    this.set({ said: undefined, draft });
    if (refusal.view) this.#arrived(refusal.view);
    else if (refusal.status === 401 || refusal.status === 404) this.#expired();
    else this.set({ trouble: "failed" });
  }

  #expired(): void {
    this.forget();
    const { view } = this.state;
    if (view) this.set({ view: { ...view, status: "abandoned", open: null, can: [] } });
  }
}
