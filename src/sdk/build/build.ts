import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { bundle } from './bundle.ts';
import { licencesOf } from './licences.ts';
import { type OpenApi, operationsOf } from './operations.ts';
import { readySchemas } from './schemas.ts';

const SDK = join(import.meta.dirname, '..');
const ROOT = join(SDK, '..', '..');

/** Entry, platform, and the file of the package. */
const FILES = [
  ['index', 'node', 'node.js'],
  ['index', 'browser', 'browser.js'],
  ['client', 'browser', 'client.js'],
] as const;

/** Makes the package, ready for `npm publish`, in a folder. @throws Error when anything of it cannot be made */
async function build(folder: string): Promise<void> {
  const api = parse(readFileSync(join(ROOT, 'openapi.yaml'), 'utf8')) as OpenApi;
  const operations = operationsOf(api);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const schemas = await readySchemas();
  const packages = new Set<string>();
  for (const [entry, platform, file] of FILES) {
    const made = await bundle(entry, platform, { operations, schemas });
    for (const one of made.packages) packages.add(one);
    writeFileSync(join(folder, file), made.text);
  }
  const forPrograms = withOnly(api, new Set(Object.keys(operations)));
  const types = await openapiTS(JSON.stringify(forPrograms), {
    silent: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  writeFileSync(join(folder, 'openapi.d.ts'), astToString(types));
  for (const name of ['index.d.ts', 'client.d.ts']) copyFileSync(join(SDK, 'types', name), join(folder, name));
  for (const path of [join(SDK, 'README.md'), join(ROOT, 'LICENSE'), join(ROOT, 'NOTICE')])
    copyFileSync(path, join(folder, path.split(/[\\/]/).at(-1)!));
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licencesOf(packages));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
}

/** Types of the operations that the client has methods for. */
function withOnly(api: OpenApi, ids: ReadonlySet<string>): OpenApi {
  const paths = Object.entries(api.paths).map(([path, item]) => {
    const kept = Object.entries(item).filter(([name, value]) => {
      return name === 'parameters' || ids.has((value as { operationId?: string }).operationId ?? '');
    });
    return [path, Object.fromEntries(kept)];
  });
  return { ...api, paths: Object.fromEntries(paths) };
}

function manifest(): object {
  const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  return {
    name: '@tatak/sdk',
    version,
    description: 'Client of a Tatak service: its API, and verification of Open Badges 3.0 without the network',
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22.2' },
    exports: {
      '.': { types: './index.d.ts', node: './node.js', default: './browser.js' },
      './client': { types: './client.d.ts', default: './client.js' },
    },
    types: './index.d.ts',
  };
}

const folder = process.argv[2] ?? join(ROOT, 'data', 'sdk');
await build(folder);
process.stdout.write(`the client is in ${folder}\n`);
