import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ownModule } from '../../src/app/own-modules.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SRC = join(ROOT, 'src');
const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: object };

const named = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .flatMap((file) => {
    const parent = pathToFileURL(join(SRC, file)).href;
    const text = readFileSync(join(SRC, file), 'utf8');
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => ({ parent, name: name! }));
  });

it('finds every module of the program where the platform finds it', () => {
  // What is written there is what is done without asking.
  expect(imports).toEqual({ '#*': './src/*/index.ts' });
  const own = named.filter(({ name }) => /^[.#]/.test(name) && !name.endsWith('.json'));
  expect(own.length).toBeGreaterThan(3_000);
  for (const { parent, name } of own) {
    const url = ownModule(name, parent);
    const path = name.startsWith('#') ? join(SRC, name.slice(1), 'index.ts') : fileURLToPath(new URL(name, parent));
    expect(url, `${name} in ${parent}`).toBe(pathToFileURL(path).href);
    expect(existsSync(path), path).toBe(true);
  }
});

it('leaves packages, the platform and modules of others to the platform', () => {
  for (const { parent, name } of named.filter(({ name }) => !/^[.#]/.test(name))) {
    expect(ownModule(name, parent), name).toBeUndefined();
  }
  const other = pathToFileURL(join(ROOT, 'node_modules', 'other', 'index.js')).href;
  for (const name of ['./own.ts', '#kernel', '#own']) expect(ownModule(name, other)).toBeUndefined();
  expect(ownModule('./main.ts', undefined)).toBeUndefined();
});
