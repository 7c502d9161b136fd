/** Server-sent events out of a stream of bytes. */

export interface Heard {
  readonly name: string;
  readonly data: string;
}

export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<Heard> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield event(block);
    if (done) return;
  }
}

function event(block: string): Heard {
  const field = (name: string): string[] =>
    block
      .split(/\r?\n/)
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  return { name: field("event").join(""), data: field("data").join("\n") };
}
