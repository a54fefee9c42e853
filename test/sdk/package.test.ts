import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Golden, goldenSet, REFUSED } from './golden.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
/** An empty folder, with nothing but the package in it. */
const folder = mkdtempSync(join(tmpdir(), 'tatak-sdk-'));
const installed = join(folder, 'node_modules', '@tatak', 'sdk');
let golden: Golden;
let browser: Browser | undefined;
let server: Server;
let expected: unknown[];

/** The same program for Node and for the browser: what it is given is all it has. */
const PROGRAM = `
  import { readPrintedCode, verifyOffline } from '@tatak/sdk';
  export async function judge({ cases, printed, options }) {
    const missing = new Set();
    const answers = [];
    const told = async (work) => {
      try { answers.push(await work()); } catch (error) { answers.push({ ...error.document }); }
    };
    for (const { text, recipient } of cases) {
      await told(() => verifyOffline({ ...options, credential: text, recipient, onMissing: (url) => missing.add(url) }));
    }
    for (const text of printed) await told(() => readPrintedCode(text, options));
    return { answers, missing: [...missing] };
  }`;
type Answer = Record<string, unknown>;
interface Judged {
  answers: unknown[];
  missing: string[];
}

beforeAll(async () => {
  const made = join(folder, 'made');
  const started = performance.now();
  const took = (what: string) => console.log(what, Math.round(performance.now() - started));
  const [set] = await Promise.all([
    goldenSet().finally(() => took('set')),
    (async () => {
      await run(process.execPath, ['--disable-proto=delete', 'src/sdk/build/build.ts', made], { cwd: ROOT });
      const npm = (args: string[], cwd: string) =>
        run('npm', args, { cwd, env: { ...process.env, npm_config_cache: join(folder, 'cache') } });
      const { stdout } = await npm(['pack', '--json', '--pack-destination', folder], made);
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
      writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
      await npm(
        ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, filename)],
        folder,
      );
      writeFileSync(join(folder, 'program.js'), PROGRAM);
      took('installed');
    })(),
  ]);
  golden = set;
  expected = [];
  for (const one of golden.cases) expected.push(await golden.judge(one));
  took('judged');
  for (const text of Object.values(golden.printed)) expected.push(await golden.read(text));
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
  return { cases: golden.cases, printed: Object.values(golden.printed), options };
};

/** Every answer is the service's own, word for word. */
function expectSame({ answers, missing }: Judged): void {
  const names = [...golden.cases.map(({ name }) => name), ...Object.keys(golden.printed)];
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
    expect(statSync(join(installed, 'browser.js')).size).toBeLessThan(1_100_000);
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

  it('gives the reports of the service in a browser', async () => {
    browser = await launchBrowser();
    if (!browser) return;
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      exports: { '.': { default: string } };
    };
    const map = JSON.stringify({ imports: { '@tatak/sdk': `/sdk/${exports['.'].default}` } });
    const pages: Record<string, [type: string, body: string]> = {
      '/': ['text/html', `<!doctype html><title>SPECIMEN</title><script type="importmap">${map}</script>`],
      '/program.js': ['text/javascript', PROGRAM],
      '/sdk/browser.js': ['text/javascript', readFileSync(join(installed, 'browser.js'), 'utf8')],
    };
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(request.url!);
      const [type, body] = pages[request.url!] ?? ['text/plain', ''];
      response.setHeader('content-type', type).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    const judged = await page.evaluate(
      `import('/program.js').then(({ judge }) => judge(${JSON.stringify(given())})).then(JSON.stringify)`,
    );
    expectSame(JSON.parse(judged as string) as Judged);
    expect(faults).toEqual([]);
    expect(asked.filter((url) => url !== '/favicon.ico')).toEqual(['/', '/program.js', '/sdk/browser.js']);
  });
});
