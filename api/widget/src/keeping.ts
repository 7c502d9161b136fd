/**
 * What the browser keeps, and only from the moment the person opened the conversation.
 *
 * One entry a survey, in localStorage so that another tab can go on; in memory where the browser
 * allows no storage. An answer is kept only until the service has it.
 */

import type { Sending } from "./contract.ts";
import { note } from "./safely.ts";

export interface Kept {
  /** When the person opened it: all that is left of it in the end. */
  readonly at?: number;
  /** What the opening was sent with, so that it begins one conversation. */
  readonly key?: string;
  readonly language?: string;
  readonly token?: string;
  readonly code?: string;
  readonly outbox?: readonly Sending[];
  /** The person closed the window and may open it again. */
  readonly isClosed?: boolean;
}

export class Keeping {
  readonly name: string;
  #memory: Kept = {};

  constructor(survey: string) {
    this.name = `throughline:${survey}`;
  }

  get(): Kept {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "null") ?? this.#memory;
    } catch {
      return this.#memory;
    }
  }

  set(kept: Kept): void {
    this.#memory = kept;
    try {
      localStorage.setItem(this.name, JSON.stringify(kept));
    } catch (problem) {
      note(problem);
    }
  }

  add(more: Kept): void {
    this.set({ ...this.get(), ...more });
  }
}

/** A name that nobody guesses; `crypto.randomUUID` is missing on pages without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
