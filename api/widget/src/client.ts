/** The only place that asks the service for anything. */

import type { Opened, Opening, Piece, Sending, Survey, View } from "./contract.ts";
import { events } from "./events.ts";

const PATIENCE_MS = 20_000;

/** The service answered, and not with what was asked for. */
export class Refused extends Error {
  readonly status: number;
  readonly view: View | undefined;
  readonly retryAfterMs: number;

  constructor(status: number, view: View | undefined, retryAfterMs: number) {
    super(`The service answered ${status}.`);
    this.status = status;
    this.view = view;
    this.retryAfterMs = retryAfterMs;
  }

  /** Sent again later it may well be taken. */
  get isPassing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly key?: string;
  readonly accept?: string;
  readonly body?: unknown;
}

export class Client {
  readonly #host: string;

  constructor(host: string) {
    this.#host = `${host}v1/public/`;
  }

  async survey(key: string, language: string): Promise<Survey> {
    const query = new URLSearchParams({ language });
    return (await this.#ask(`surveys/${encodeURIComponent(key)}?${query}`, {})).json();
  }

  async open(key: string, body: Opening): Promise<Opened> {
    return (await this.#ask("conversations", { method: "POST", key, body })).json();
  }

  async current(token: string): Promise<View> {
    return (await this.#ask("conversations/current", { token })).json();
  }

  /** Send a reply; hear the answer as it is said, and where streaming fails, as a whole. */
  async reply(token: string, sending: Sending, hear: (piece: Piece) => void): Promise<View> {
    try {
      const response = await this.#reply(token, sending, "text/event-stream, application/json");
      if (!isStream(response)) return await response.json();
      const view = await streamed(response, hear);
      if (view) return view;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
    return (await this.#reply(token, sending, "application/json")).json();
  }

  async erase(code: string): Promise<void> {
    await this.#ask(`conversations/${encodeURIComponent(code)}`, { method: "DELETE" });
  }

  #reply(token: string, sending: Sending, accept: string): Promise<Response> {
    const body = { to: sending.to, reply: sending.reply };
    const asked = { method: "POST", token, key: sending.key, accept, body };
    return this.#ask("conversations/current/replies", asked);
  }

  async #ask(path: string, asked: Asked): Promise<Response> {
    const response = await fetch(this.#host + path, {
      method: asked.method ?? "GET",
      headers: headers(asked),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(asked.body ? { body: JSON.stringify(asked.body) } : {}),
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

function headers(asked: Asked): Record<string, string> {
  return {
    Accept: asked.accept ?? "application/json",
    ...(asked.token ? { Authorization: `Bearer ${asked.token}` } : {}),
    ...(asked.key ? { "Idempotency-Key": asked.key } : {}),
    ...(asked.body ? { "Content-Type": "application/json" } : {}),
  };
}

async function refusal(response: Response): Promise<Refused> {
  const said = await response.json().catch(() => ({}));
  const after = Number(response.headers.get("Retry-After")) || 0;
  return new Refused(response.status, said?.conversation ?? undefined, after * 1000);
}

function isStream(response: Response): boolean {
  return (response.headers.get("Content-Type") ?? "").includes("text/event-stream");
}

async function streamed(
  response: Response,
  hear: (piece: Piece) => void,
): Promise<View | undefined> {
  if (!response.body) return undefined;
  for await (const { name, data } of events(response.body)) {
    if (name === "turn") hear(JSON.parse(data));
    if (name === "view") return JSON.parse(data);
  }
  return undefined;
}
