import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputOptions, type Plugin, rolldown } from 'rolldown';
import type { Operations } from '../client/operation.ts';

const SDK = join(import.meta.dirname, '..');
const ROOT = join(SDK, '..', '..');

const inBrowser = (file: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [`node:${name}`, join(SDK, 'browser', `${file}.ts`)]));

/** What a client has in the place of modules of Node: there are no threads in it anywhere. */
const REPLACED: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  node: inBrowser('platform', 'events', 'v8', 'worker_threads'),
  browser: {
    ...inBrowser('crypto', 'crypto'),
    ...inBrowser('zlib', 'zlib'),
    ...inBrowser('platform', 'events', 'net', 'path', 'util', 'v8', 'worker_threads'),
  },
};

/** What the file may import in the end. */
const OF_PLATFORM: Readonly<Record<Platform, RegExp>> = {
  node: /^node:(?:crypto|net|path|util|zlib)$/,
  browser: /(?!)/,
};

/** Packages that rooms load for what a client does not do. */
const SERVER_ONLY = /^(?:@napi-rs\/canvas|pdfkit|pdfjs-dist|qrcode|@opentelemetry\/.*)(?:$|\/)/;

export type Platform = 'node' | 'browser';
/** `client` is the part that speaks to a service, by itself. */
export type Entry = 'index' | 'client';

/** What the build makes of openapi.yaml and of the rooms' schemas. */
export interface Made {
  operations: Operations;
  schemas: string;
}

export interface Bundled {
  text: string;
  /** Folders of the packages that are in it. */
  packages: ReadonlySet<string>;
}

/**
 * The client as one file of ES module text.
 * @param platform `node` keeps `node:crypto` and `node:zlib`; `browser` needs nothing but the platform's Web APIs
 * @throws Error when anything is left that the package would have to bring along
 */
export async function bundle(entry: Entry, platform: Platform, { operations, schemas }: Made): Promise<Bundled> {
  // 1. What is used of the rooms. Everything of Node's that a client does not reach is gone after it.
  const used = await once(
    {
      input: join(SDK, `${entry}.ts`),
      external: [SERVER_ONLY, /^node:/],
      plugins: [
        made({
          'tatak:operations': `export default ${JSON.stringify(operations)};`,
          ...(platform === 'browser' ? { 'ajv/dist/2020.js': schemas } : {}),
        }),
        ...[laterIsOne, withoutPdf, withoutSodium, withAjv],
      ],
    },
    /^node:|^tatak:later$/,
  );
  // 2. The rest of Node's, each name of it from the module that takes its place.
  const { text, packages } = await once(
    {
      input: 'tatak:used',
      external: [OF_PLATFORM[platform]],
      resolve: { alias: { ...REPLACED[platform], [LATER]: join(SDK, 'later.ts') } },
      ...(platform === 'browser'
        ? { transform: { inject: { Buffer: [join(SDK, 'browser', 'buffer.ts'), 'Buffer'] } } }
        : {}),
      plugins: [made({ 'tatak:used': used.text, 'node:fs': files() })],
    },
    OF_PLATFORM[platform],
    true,
  );
  return { text, packages: new Set([...used.packages, ...packages]) };
}

const LATER = 'tatak:later';

/** The browser's modules and what waits for them have to share it: it comes in with the former. */
const laterIsOne: Plugin = {
  name: 'tatak-later',
  resolveId: (name) => (/(?:^|\/)later\.ts$/.test(name) ? { id: LATER, external: true } : undefined),
};

/** @param left what may be imported by the file */
async function once(options: InputOptions, left: RegExp, minify = false): Promise<Bundled> {
  // The libraries' own browser editions are the ones without files, sockets and threads.
  const build = await rolldown({ platform: 'browser', treeshake: { moduleSideEffects: false }, ...options });
  const { output } = await build.generate({ format: 'esm', minify, codeSplitting: false });
  await build.close();
  const [{ code, imports, fileName, modules }, ...others] = output;
  const more = imports.filter((name) => name !== fileName && !left.test(name));
  if (others.length + more.length > 0)
    throw new Error(`not in one file: ${[...others.map((one) => one.fileName), ...more]}`);
  const kept = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
  const folder = ([id]: (typeof kept)[number]) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [];
  return { text: code, packages: new Set(kept.flatMap(folder)) };
}

/** Modules whose text the build makes. */
const made = (texts: Readonly<Record<string, string>>): Plugin => ({
  name: 'tatak-made',
  resolveId: (name) => (Object.hasOwn(texts, name) ? name : undefined),
  load: (id) => (Object.hasOwn(texts, id) ? { code: texts[id]!, moduleType: 'js' } : undefined),
});

/** A paper is read in a thread, by a library that is larger than all of this. */
const withoutPdf: Plugin = {
  name: 'tatak-without-pdf',
  load: (id) => {
    if (id !== join(ROOT, 'src', 'documents', 'pdf', 'extract.ts')) return undefined;
    const code = `import { fieldProblem } from '#kernel';
      export const COMPONENT = '';
      export const extractPdf = async () => {
        throw fieldProblem('invalid-image', '', 'a PDF is not read here: take the badge itself, or ask a service', 'image_type');
      };`;
    return { code, moduleType: 'js' };
  },
};

/** A package for every place cannot bring one place's binary: the platform verifies by itself. */
const withoutSodium: Plugin = {
  name: 'tatak-without-sodium',
  load: (id) =>
    id === join(ROOT, 'src', 'keystore', 'sodium.ts')
      ? { code: 'export const sodium = () => undefined;', moduleType: 'js' }
      : undefined,
};

/** What a service loads when it first needs it is in the one file from the start. */
const withAjv: Plugin = {
  name: 'tatak-with-ajv',
  load: (id) =>
    id === join(ROOT, 'src', 'kernel', 'ajv.ts')
      ? { code: `import * as ajv from 'ajv/dist/2020.js'; export const loadAjv = () => ajv;`, moduleType: 'js' }
      : undefined,
};

/** The few files that rooms read from the disk of a service. */
function files(): string {
  const folder = join(ROOT, 'schemas', 'ph');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const text = (name: string) => JSON.stringify(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const table = Object.fromEntries(names.map((name) => [name, text(name)]));
  return `const files = ${JSON.stringify(table)};
    export function readFileSync(path) {
      const name = path.split(/[\\/\\\\]/).at(-1);
      if (!Object.hasOwn(files, name)) throw new Error('there is no file ' + name + ' in a client');
      return files[name];
    }`;
}
