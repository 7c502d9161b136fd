/** The words on buttons and around the conversation, as the service gave them. */

import type { Survey } from "./contract.ts";
import { fill } from "./words.ts";

export type Label = (name: string, values?: Readonly<Record<string, string | number>>) => string;

export function labels(survey: Survey): Label {
  const known = { asker: survey.asker, minutes: survey.minutes };
  return (name, values = {}) => {
    const text = survey.labels[name];
    if (text !== undefined) return fill(text, { ...known, ...values });
    return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  };
}
