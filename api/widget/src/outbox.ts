/** Answers on their way: each waits here until the service has it, through a cut and a reload. */

import { type Client, Refused } from "./client.ts";
import type { Piece, Reply, Sending, View } from "./contract.ts";
import { type Keeping, newKey } from "./keeping.ts";
import { listen, note, safely } from "./safely.ts";

export type Trouble = "offline" | "failed" | undefined;

/** What the outbox tells. */
export interface Told {
  heard(piece: Piece): void;
  arrived(view: View): void;
  /** The service will not take it; the words go back to the person. */
  refused(sending: Sending, refusal: Refused): void;
  trouble(kind: Trouble): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export class Outbox {
  readonly #client: Client;
  readonly #keeping: Keeping;
  readonly #told: Told;
  #isSending = false;
  #wait = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, keeping: Keeping, told: Told) {
    this.#client = client;
    this.#keeping = keeping;
    this.#told = told;
    listen(window, "online", () => this.flush());
  }

  get waiting(): readonly Sending[] {
    return this.#keeping.get().outbox ?? [];
  }

  add(to: string | null, reply: Reply): void {
    const earlier = reply.kind === "withdraw" ? [] : this.waiting;
    this.#keep([...earlier, { key: newKey(), to, reply }]);
    safely(() => this.flush())();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#keep([]);
  }

  /** Send what waits, in order. Whatever happens, nothing is sent twice under two keys. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) await this.#send(next);
      this.#wait = FIRST_WAIT_MS;
    } catch (problem) {
      this.#later(problem);
    } finally {
      this.#isSending = false;
    }
  }

  async #send(sending: Sending): Promise<void> {
    const token = this.#keeping.get().token ?? "";
    try {
      const view = await this.#client.reply(token, sending, (piece) => this.#told.heard(piece));
      this.#done(sending);
      this.#told.arrived(view);
    } catch (problem) {
      if (!(problem instanceof Refused) || problem.isPassing) throw problem;
      this.#done(sending);
      this.#told.refused(sending, problem);
    }
  }

  #done(sending: Sending): void {
    this.#keep(this.waiting.filter(({ key }) => key !== sending.key));
  }

  #later(problem: unknown): void {
    note(problem);
    this.#told.trouble(navigator.onLine ? "failed" : "offline");
    const asked = problem instanceof Refused ? problem.retryAfterMs : 0;
    this.#timer = setTimeout(safely(() => this.flush()), Math.max(asked, this.#wait));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #keep(outbox: readonly Sending[]): void {
    this.#keeping.add({ outbox });
  }
}
