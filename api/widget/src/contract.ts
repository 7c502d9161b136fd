/** What the service says and is told: `/v1/public` of the API. */

export type ReplyKind =
  | "consent" | "decline" | "text" | "scale" | "choice" | "skip" | "pause"
  | "resume" | "stop" | "withdraw" | "correct" | "confirm" | "rate";

export interface Reply {
  readonly kind: ReplyKind;
  readonly text?: string;
  readonly value?: number;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly low_label: string;
  readonly high_label: string;
}

export interface Turn {
  readonly id: string;
  readonly speaker: "bot" | "person";
  readonly kind: string;
  readonly text: string;
  readonly scale?: Scale | null;
  readonly value?: number | null;
}

export interface View {
  readonly status: string;
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly progress: { readonly done: number; readonly of: number };
  readonly turns: readonly Turn[];
  readonly open: string | null;
  readonly can: readonly ReplyKind[];
}

export interface Survey {
  readonly name: string;
  readonly minutes: number;
  readonly languages: readonly string[];
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly asker: string;
  readonly appearance: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Context {
  readonly page?: string;
  readonly step?: string;
  readonly order_value?: number;
  readonly plan?: string;
  readonly visitor?: string;
  readonly known?: Readonly<Record<string, number>>;
}

export interface Opening {
  readonly survey: string;
  readonly language: string;
  readonly context: Context;
  readonly visitor_signature?: string;
}

export interface Opened {
  readonly token: string;
  readonly withdrawal_code: string;
  readonly conversation: View;
}

/** A reply on its way: the same key each time it is sent, so that it counts once. */
export interface Sending {
  readonly key: string;
  readonly to: string | null;
  readonly reply: Reply;
}

/** A piece of a turn of the bot, as it is streamed. */
export interface Piece {
  readonly id: string;
  readonly delta: string;
}

const ENDS = ["finished", "declined", "withdrawn", "abandoned", "handed_over"];

export function isOver(view: View): boolean {
  return ENDS.includes(view.status);
}
