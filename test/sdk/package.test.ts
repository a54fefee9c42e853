import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/sdk/offline/evaluate.ts';
import type { TatakProblem } from '../../src/sdk/problem.ts';
import { holding } from '../pathways/support.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Golden, goldenSet, REFUSED } from './golden.ts';
import { installPacked, MAIN, PROGRAM, ROOT, run, USE } from './packed.ts';

/** An empty folder, with nothing but the package in it. */
const folder = mkdtempSync(join(tmpdir(), 'tatak-sdk-'));
const installed = join(folder, 'node_modules', '@tatak', 'sdk');
let golden: Golden;
let browser: Browser | undefined;
let server: Server;
let expected: unknown[];

type Answer = Record<string, unknown>;
interface Judged {
  answers: unknown[];
  missing: string[];
}

beforeAll(async () => {
  const [set] = await Promise.all([goldenSet(), installPacked(folder)]);
  golden = set;
  expected = [];
  for (const one of golden.cases) expected.push(await golden.judge(one));
  for (const text of Object.values(golden.printed)) expected.push(await golden.read(text));
  expected.push(golden.evaluated);
  // What no service is asked: by the rooms as they stand here.
  for (const input of records()) expected.push(evaluatedHere(input));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await golden?.close();
  rmSync(folder, { recursive: true, force: true });
});

const given = () => {
  const { anchor, now, snapshot, statusLists, documents } = golden;
  const options = { anchors: [anchor], now, registers: [snapshot], statusLists, documents };
  return {
    cases: golden.cases,
    printed: Object.values(golden.printed),
    stack: golden.stack,
    records: records(),
    options,
  };
};

/** Plain records under the published pathway, and under a plain one; and what is wrong with each part, named with its pointer. */
function records(): Parameters<typeof evaluate>[0][] {
  const published = JSON.parse(golden.stack.pathway) as { credentialSubject: { stackingRule: object } };
  const { stackingRule: root } = published.credentialSubject;
  const plain = {
    id: 'https://specimen.example/p',
    name: 'SPECIMEN',
    version: '1',
    conferrer: 'did:web:specimen.example',
    root,
  };
  const good = { pathway: plain, holdings: [holding('a', { achievement: golden.definition })], date: '2026-12-01' };
  return [
    { ...good, pathway: published },
    { ...good, carried: { 'HE-UNIT-16': '1.5' }, decisions: [] },
    { ...good, holdings: [{ id: 1, unheardOf: true }], decisions: [{}], carried: { SPECIMEN: 'x' } },
    { ...good, pathway: { ...plain, conferrer: 'SPECIMEN', unheardOf: 1 } },
    {
      ...good,
      pathway: {
        ...plain,
        root: { ...root, children: [{ kind: 'requireAll', id: '', items: [{}] }, { kind: 'unheardOf' }] },
      },
    },
    { ...good, pathway: { ...published, credentialSubject: { stackingRule: { kind: 'allOf' } } } },
  ];
}

function evaluatedHere(input: Parameters<typeof evaluate>[0]): unknown {
  try {
    return evaluate(input);
  } catch (error) {
    return (error as TatakProblem).document;
  }
}

/** The installed package, in this process. */
const load = () => import(join(installed, 'node.js')) as Promise<Sdk>;
interface Sdk {
  verifyOffline(input: object): Promise<{ verdict: string; recognition: string }>;
  evaluate(input: object): unknown;
  TatakProblem: new () => Error;
}

/** Every answer is the service's own, word for word. */
function expectSame({ answers, missing }: Judged): void {
  const names = [
    ...golden.cases.map(({ name }) => name),
    ...Object.keys(golden.printed),
    'stack',
    ...records().map(() => 'records'),
  ];
  expect(answers).toHaveLength(names.length);
  for (const [at, name] of names.entries()) {
    // Of a request only; and the service has names for institutions of its own, where here there are identifiers.
    const { instance: _, sentence: own, ...theirs } = expected[at] as Answer;
    const { keysAsOf, sentence, ...ours } = answers[at] as Answer;
    expect({ name, ...ours }).toEqual({ name, ...theirs });
    if (theirs.kind !== 'attestation') expect(sentence).toEqual(own);
    else expect(keysAsOf).toBe(golden.now);
  }
  // What the badges of the service refer to was all brought; what strangers name is asked of nobody.
  expect(missing).toEqual([REFUSED]);
}

describe('the golden set', () => {
  it('holds every verdict and every standing that a register gives', () => {
    const seen = (member: string) => new Set(expected.map((one) => (one as Record<string, unknown>)[member]));
    expect(seen('verdict')).toEqual(new Set(['valid', 'invalid', 'undetermined', undefined]));
    expect(seen('recognition')).toEqual(new Set(['recognised', 'not_shown', undefined]));
    expect(seen('outcome')).toEqual(new Set(['met', undefined]));
    expect(seen('signature')).toEqual(new Set(['valid', undefined]));
    const codes = JSON.stringify(expected);
    for (const code of [
      'revoked',
      'suspended',
      'expired',
      'not_yet_valid',
      'signature_invalid',
      'unsupported_context',
      'open_badges_2',
    ]) {
      expect(codes).toContain(`"${code}"`);
    }
  });
});

/** A machine that does much else verifies forty badges in a page in half a minute. */
const PATIENCE = 60_000;

describe('the packed client', () => {
  it('needs nothing, and brings the licences of what is in it', async () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).toMatchObject({ name: '@tatak/sdk', license: 'Apache-2.0', type: 'module' });
    const licences = readFileSync(join(installed, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['jsonld', 'ajv', '@noble/ed25519', 'saxes'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    for (const file of ['node.js', 'browser.js', 'client.js', 'index.d.ts', 'client.d.ts', 'openapi.d.ts']) {
      const text = readFileSync(join(installed, file));
      console.log(`@tatak/sdk ${file}: ${text.length} bytes, ${gzipSync(text).length} with gzip`);
    }
    expect(statSync(join(installed, 'browser.js')).size).toBeLessThan(2_200_000);
    expect(statSync(join(installed, 'client.js')).size).toBeLessThan(60_000);
  });

  it('gives the reports of the service in Node', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(given()));
    const script = `import { readFileSync } from 'node:fs';
      import { judge } from './program.js';
      process.stdout.write(JSON.stringify(await judge(JSON.parse(readFileSync('given.json', 'utf8')))));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    expectSame(JSON.parse(stdout) as Judged);
  });

  it('gives the reports of the service in a browser', { timeout: 2 * PATIENCE }, async () => {
    browser = await launchBrowser();
    if (!browser) return;
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      exports: { '.': { default: string } };
    };
    const map = JSON.stringify({ imports: { '@tatak/sdk': `/sdk/${exports['.'].default}` } });
    const scripts = `<script type="importmap" nonce="specimen">${map}</script><script type="module" src="/main.js"></script>`;
    const pages: Record<string, [type: string, body: string]> = {
      '/': ['text/html', `<!doctype html><title>SPECIMEN</title>${scripts}`],
      '/main.js': ['text/javascript', MAIN],
      '/given.js': ['text/javascript', `export default ${JSON.stringify(given())};`],
      '/program.js': ['text/javascript', PROGRAM],
      '/sdk/browser.js': ['text/javascript', readFileSync(join(installed, 'browser.js'), 'utf8')],
    };
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(request.url!);
      const [type, body] = pages[request.url!] ?? ['text/plain', ''];
      // As strict as pages get: no words are made into code, and nothing is fetched.
      response.setHeader('content-security-policy', "default-src 'none'; script-src 'self' 'nonce-specimen'");
      response.setHeader('content-type', type).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForSelector('output', { state: 'attached', timeout: PATIENCE }).catch(() => undefined);
    expect(faults).toEqual([]);
    const { judged, words } = JSON.parse(String(await page.evaluate('globalThis.answer'))) as {
      judged: Judged;
      words: string;
    };
    expectSame(judged);
    expect(words).toBe('EvalError');
    const own = Object.keys(pages).sort();
    expect(asked.filter((url) => url !== '/favicon.ico').sort()).toEqual(own);
  });

  it('says unknown of what was not brought, and names it', async () => {
    const sdk = await load();
    const { anchor, now, snapshot, statusLists, documents, cases } = golden;
    const ask = async (brought: object) => {
      const missing: string[] = [];
      const onMissing = (url: string) => missing.push(url);
      const report = await sdk.verifyOffline({
        credential: cases[0]!.text,
        anchors: [anchor],
        now,
        onMissing,
        ...brought,
      });
      return { ...report, missing };
    };
    expect(await ask({})).toMatchObject({
      verdict: 'undetermined',
      recognition: 'not_shown',
      missing: [expect.stringContaining('/did.json')],
    });
    const some = await ask({ registers: [snapshot], documents });
    expect(some).toMatchObject({
      verdict: 'undetermined',
      recognition: 'recognised',
      missing: [expect.stringContaining('/status/')],
    });
    expect(await ask({ registers: [snapshot], documents, statusLists, anchors: [] })).toMatchObject({
      verdict: 'valid',
      recognition: 'not_shown',
    });
    // A list that was changed is no list.
    const changed = statusLists.map((one) => one.replace(/"validUntil":"\d{4}/, '"validUntil":"2999'));
    expect(changed).not.toEqual(statusLists);
    expect((await ask({ registers: [snapshot], documents, statusLists: changed })).verdict).toBe('undetermined');
  });

  it('lets an old register answer only as long as somebody decided, and never a changed one', async () => {
    const sdk = await load();
    const { anchor, snapshot, documents, cases } = golden;
    const later = new Date(Date.parse(golden.now) + 10 * 86_400_000);
    const ask = async (register: object, registerMaxAgeDays?: number) => {
      const days = registerMaxAgeDays === undefined ? {} : { registerMaxAgeDays };
      const given = {
        credential: cases[0]!.text,
        anchors: [anchor],
        now: later,
        registers: [register],
        documents,
        ...days,
      };
      return (await sdk.verifyOffline(given)).recognition;
    };
    expect(await ask(snapshot)).toBe('not_shown');
    expect(await ask(snapshot, 9)).toBe('not_shown');
    expect(await ask(snapshot, 30)).toBe('recognised');
    const register = { ...(snapshot.register as object), validUntil: '2999-01-01T00:00:00Z' };
    expect(await ask({ ...snapshot, register }, 30)).toBe('not_shown');
    await expect(ask({ register: {} })).rejects.toMatchObject({
      type: 'urn:tatak:problem:invalid-request',
      pointer: '/registers/0',
    });
  });

  it('reads files, and evaluates plain records', async () => {
    const sdk = await load();
    const picture = golden.cases.find(({ text }) => text.startsWith('data:image/png'))!.text.split(',')[1]!;
    const { options } = given();
    const report = await sdk.verifyOffline({ ...options, credential: new Uint8Array(Buffer.from(picture, 'base64')) });
    expect(report).toMatchObject({ verdict: 'valid', recognition: 'recognised' });
    await expect(sdk.verifyOffline({ ...options, credential: golden.printed.active })).rejects.toMatchObject({
      pointer: '/credential',
    });
    await expect(sdk.verifyOffline({ ...options, credential: Buffer.from('%PDF-1.7 SPECIMEN') })).rejects.toMatchObject(
      {
        type: 'urn:tatak:problem:invalid-image',
      },
    );
    const pathway = JSON.parse(golden.stack.pathway) as object;
    const record = holding('a', { achievement: golden.definition, awarded: '2026-01-01' });
    expect(sdk.evaluate({ pathway, holdings: [record], date: '2026-12-01' })).toMatchObject({ state: 'met' });
    expect(sdk.evaluate({ pathway, holdings: [], date: '2026-12-01' })).toMatchObject({ state: 'unmet' });
    expect(() => sdk.evaluate({ pathway, holdings: [{ id: 1 }], date: '2026-12-01' })).toThrow(sdk.TatakProblem);
  });

  it('does what its README shows, with a service and without one', async () => {
    const { anchor, snapshot, statusLists, documents, cases, issuing, issuerKey, achievementId } = golden;
    const [bare, calling, ...more] = [
      ...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/```js\n(.*?)```/gs),
    ];
    expect(more).toEqual([]);
    const files = { 'badge.json': cases[0]!.text, 'anchor.txt': anchor, 'register.json': JSON.stringify(snapshot) };
    const lists = {
      'status.json': statusLists.find((one) => cases[0]!.text.includes(JSON.parse(one).id)),
      'documents.json': JSON.stringify(documents),
    };
    for (const [name, text] of Object.entries({ ...files, ...lists })) writeFileSync(join(folder, name), text!);
    const env = { ...process.env, TATAK_URL: issuing.publicUrl, TATAK_KEY: issuerKey, ACHIEVEMENT: achievementId };
    const node = (code: string) => run(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, env });
    const offline = await node(bare![1]!);
    expect(offline).toEqual({ stdout: expect.stringMatching(/^valid recognised Specimen: genuine/), stderr: '' });
    const online = await node(calling![1]!);
    expect(
      online.stdout.split('\n').filter((line) => line.startsWith(`active ${issuing.publicUrl}/credentials/`)).length,
    ).toBeGreaterThan(3);
    const refused = await node(calling![1]!.replace('recipients: [{', 'recipients: [{ unheardOf: 1,')).catch(
      (error: { stderr: string }) => error,
    );
    expect(refused.stderr).toMatch(/^urn:tatak:problem:invalid-request \/recipients\/0\/unheardOf/);
  });

  it('has types that know every operation, and refuse what no operation has', async () => {
    writeFileSync(join(folder, 'use.ts'), USE);
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom',
    ];
    const told = await run(process.execPath, [compiler, ...options, 'use.ts'], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(told.stdout).toBe('');
  });
});
