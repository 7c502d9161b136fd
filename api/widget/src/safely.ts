/** Every failure stays inside: whatever the page calls us from goes through here. */

let isLoud = false;

/** Write failures to the console, for whoever sets the widget up: `data-debug`. */
export function speakUp(): void {
  isLoud = true;
}

export function note(problem: unknown): void {
  if (isLoud) console.warn("Throughline:", problem);
}

export function safely<Given extends unknown[]>(
  act: (...given: Given) => unknown,
): (...given: Given) => void {
  return (...given) => {
    try {
      Promise.resolve(act(...given)).catch(note);
    } catch (problem) {
      note(problem);
    }
  };
}

/** A listener on the page, which cannot break it. */
export function listen(
  target: EventTarget | null | undefined,
  name: string,
  act: (event: Event) => unknown,
  options: AddEventListenerOptions = {},
): void {
  target?.addEventListener(name, safely(act), options);
}
