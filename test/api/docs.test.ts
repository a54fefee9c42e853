import { execFileSync, spawnSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { PROBLEM_KINDS, Problem } from '#kernel';
import { type OpenApiView, rowsOf } from '#pages';
import { type Examples, examplesOf } from '../../src/pages/docs/examples.ts';
import { exampleOf } from '../../src/pages/docs/model.ts';
import { createStub, type Stub } from './support/stub.ts';

const spec = loadOpenApi().document as unknown as OpenApiView;
const EXAMPLES = rowsOf(spec).flatMap((row): [string, Examples][] => {
  const examples = examplesOf(row, spec);
  return examples ? [[row.operation.operationId, examples]] : [];
});

/** A member in a JSON Pointer. */
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether this machine has it; a stranger's need not. */
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

describe('examples of the reference', () => {
  it('are there for every operation that a program asks', () => {
    const operations = new Map(rowsOf(spec).map(({ operation, path }) => [operation.operationId, path]));
    const without = [...operations].filter(([id]) => !EXAMPLES.some(([one]) => one === id)).map(([, path]) => path);
    // Pages, and what is sent from them.
    const pages =
      /^\/(?:$|docs|problems|verify|privacy|statistics|sign-in|account|console|requests|my|claim|framework|oauth|registry|vc-api|institutions|assets|v1\/(?:images|session)|openapi|credentials\/\{credentialId\}\/name|pathways)/;
    expect(without.filter((path) => !pages.test(path))).toEqual([]);
    expect(EXAMPLES.length).toBeGreaterThan(150);
  });

  it('have bodies that the operation takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...spec, $id: 'spec' });
    const pointer = (...names: string[]) => `spec#/${names.map((one) => encodeURIComponent(escaped(one))).join('/')}`;
    const wrong = rowsOf(spec).flatMap(({ path, method, operation: { operationId: id, requestBody } }) => {
      const json = requestBody?.content?.['application/json'];
      if (!json || !EXAMPLES.some(([one]) => one === id)) return [];
      const $ref = pointer('paths', path, method, 'requestBody', 'content', 'application/json', 'schema');
      return ajv.validate({ $ref }, exampleOf(json) ?? {}) ? [] : [[id, ajv.errorsText()]];
    });
    expect(wrong).toEqual([]);
  });

  it('are well-formed as curl', () => {
    if (!has('bash')) return console.log('not run, no bash: examples in curl');
    const all = EXAMPLES.map(([, { curl }]) => `${curl}\n`).join('\n');
    expect(() => execFileSync('bash', ['-n'], { input: all })).not.toThrow();
  });

  it('are well-formed as TypeScript', () => {
    const wrong = EXAMPLES.flatMap(([id, { typescript }]) => {
      const { diagnostics = [] } = ts.transpileModule(typescript, {
        reportDiagnostics: true,
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext },
      });
      return diagnostics.map(({ messageText }) => [id, messageText]);
    });
    expect(wrong).toEqual([]);
  });

  it('are well-formed as Python', () => {
    if (!has('python3')) return console.log('not run, no python3: examples in Python');
    const all = JSON.stringify(EXAMPLES.map(([id, { python }]) => [id, python]));
    const check = 'import ast, json, sys\nfor name, text in json.load(sys.stdin): ast.parse(text, name)';
    expect(() => execFileSync('python3', ['-c', check], { input: all, stdio: 'pipe' })).not.toThrow();
  });
});

describe('problems', () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await createStub();
  });
  afterAll(() => stub.app.close());

  it('have a page each, which the answer names', async () => {
    const refused = await stub.app.inject({ url: '/v1/credentials' });
    expect(refused.headers.link).toBe('</problems/unauthenticated>; rel="help"');
    const list = await stub.app.inject({ url: '/problems', headers: { accept: 'text/html' } });
    for (const kind of PROBLEM_KINDS) {
      const { title, type } = new Problem(kind, '').toDocument();
      expect(list.body).toContain(`/problems/${kind}`);
      for (const lang of ['en', 'fil']) {
        const { statusCode, body } = await stub.app.inject({ url: `/problems/${kind}?lang=${lang}` });
        expect([kind, statusCode]).toEqual([kind, 200]);
        expect(body).toContain(title);
        expect(body).toContain(type);
      }
    }
    expect((await stub.app.inject({ url: '/problems/no-such-kind' })).statusCode).toBe(404);
  });
});

describe('the reference', () => {
  it('has a page for each operation, and says what changed', async () => {
    const stub = await createStub();
    const docs = (await stub.app.inject({ url: '/docs' })).body;
    for (const { operation } of rowsOf(spec)) expect(docs).toContain(`/docs/${operation.operationId}`);
    const page = await stub.app.inject({ url: '/docs/issueCredentials' });
    expect(page.statusCode).toBe(200);
    for (const name of ['curl', 'TypeScript', 'Python']) expect(page.body).toContain(`>${name}</h3>`);
    expect((await stub.app.inject({ url: '/docs/noSuchOperation' })).statusCode).toBe(404);
    const changes = spec.info['x-changes']!;
    // A version that nobody wrote about is not released.
    expect(changes[0]!.version).toBe(spec.info.version);
    expect((await stub.app.inject({ url: '/docs/changes' })).body).toContain(changes[0]!.version);
    await stub.app.close();
  });
});
