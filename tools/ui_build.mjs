// Builds ui/dist from ui/styles and ui/src: one style sheet and one script, minified.
//   node tools/ui_build.mjs
// Of the design tokens only those that the styles use are put in. Runs on Node 18 and later.
import { readFile, rm, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
// The oldest browsers in use: Edge on city PCs is updated, tablets less so.
const target = ["chrome109", "edge109", "firefox115", "safari16.4"];

/** The custom properties of a token file by name. */
function tokens_of(css) {
  return new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2].trim()]));
}

/** The tokens that `css` uses, and those that these use, as one :root rule. */
function used_tokens(css, tokens) {
  const used = new Map();
  const take = (text) => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)\)/g)) {
      if (used.has(name) || !tokens.has(name)) continue;
      used.set(name, tokens.get(name));
      take(tokens.get(name));
    }
  };
  take(css);
  return `:root{${[...used].map(([name, value]) => `${name}:${value}`).join(";")}}\n`;
}

/** Every var() must be known: a mistyped token would silently lose its colour. */
function check_variables(css) {
  const known = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
  const unknown = [...css.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`unknown in the styles: ${[...new Set(unknown)].join(", ")}`);
}

async function build_styles() {
  const bundled = await esbuild.build({ entryPoints: [at("ui/styles/app.css")], bundle: true, write: false });
  const css = bundled.outputFiles[0].text;
  const tokens = tokens_of(await readFile(at("node_modules/@digital-go-jp/design-tokens/dist/tokens.css"), "utf8"));
  const whole = used_tokens(css, tokens) + css;
  check_variables(whole);
  const small = await esbuild.transform(whole, { loader: "css", minify: true, target, legalComments: "inline", charset: "utf8" });
  await writeFile(at("ui/dist/app.css"), small.code);
}

async function build_script() {
  await esbuild.build({
    entryPoints: [at("ui/src/app.ts")],
    outfile: at("ui/dist/app.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target,
    charset: "utf8",
    legalComments: "inline",
  });
}

await rm(at("ui/dist"), { recursive: true, force: true });
await mkdir(at("ui/dist"), { recursive: true });
await Promise.all([build_styles(), build_script()]);
