// Builds widget.js from src/, or with --check says whether it is what src/ gives.
//
// The first line holds two digests: of the sources, and of the code below it. They tell a test
// without node that nobody changed one and not the other.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";

const here = new URL(".", import.meta.url);
const built = new URL("widget.js", here);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

const css = {
  name: "css",
  setup(it) {
    it.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

function sources() {
  const names = readdirSync(new URL("src/", here)).sort().map((name) => `src/${name}`);
  return ["build.mjs", "package-lock.json", ...names]
    .map((name) => `${name}\n${readFileSync(new URL(name, here), "utf8")}`)
    .join("\n");
}

const { outputFiles } = await build({
  entryPoints: [new URL("src/main.ts", here).pathname],
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["chrome111", "firefox113", "safari16.4"],
  legalComments: "none",
  plugins: [css],
  write: false,
});
const code = outputFiles[0].text;
const whole = `/* Throughline: make widget. source ${sha256(sources())} code ${sha256(code)} */\n${code}`;

if (!process.argv.includes("--check")) {
  writeFileSync(built, whole);
} else if (readFileSync(built, "utf8") !== whole) {
  console.error("api/widget/widget.js is not what api/widget/src gives: run `make widget`.");
  process.exit(1);
}
