import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', '..', 'src');

/** Large, and needed by what not every service is asked for: imported when they are, not at the start. */
const LATER = [
  ...['oidc-provider', 'openid-client', '@simplewebauthn/server', 'nodemailer', 'pg', 'qrcode', 'dcql'],
  ...['jsonld', 'rdf-canonize', '@peculiar/x509', 'reflect-metadata'],
  ...['@digitalbazaar/vc', '@digitalbazaar/data-integrity', '@digitalbazaar/ecdsa-sd-2023-cryptosuite'],
];

/** Packages and files that are loaded before anything of these runs: by what they import, and by what that imports. */
function loadedBy(...names: string[]): { packages: Set<string>; files: number } {
  const [packages, seen, left] = [new Set<string>(), new Set<string>(), names.map((name) => join(SRC, name))];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, what, from] of text.matchAll(/^(?:import|export)\s([^;'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm)) {
      if (/^type\s/.test(what ?? '')) continue;
      if (from!.startsWith('#')) left.push(join(SRC, from!.slice(1), 'index.ts'));
      else if (from!.startsWith('.')) left.push(join(dirname(file), from!));
      else
        packages.add(
          from!
            .split('/')
            .slice(0, from!.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  }
  expect([...seen].every((file) => existsSync(file))).toBe(true);
  return { packages, files: seen.size };
}

it('loads at the start nothing that is large and not needed yet', () => {
  const { packages, files } = loadedBy('main.ts', 'app/index.ts');
  // Otherwise nothing was followed.
  expect(files).toBeGreaterThan(500);
  expect(packages).toContain('fastify');
  expect(LATER.filter((name) => packages.has(name))).toEqual([]);
});

it('begins to open the keys before most of it is loaded', () => {
  const { packages, files } = loadedBy('main.ts');
  expect(files).toBeGreaterThan(10);
  expect(files).toBeLessThan(100);
  expect(['fastify', 'kysely', 'better-sqlite3'].filter((name) => packages.has(name))).toEqual([]);
});
