import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStub, type Stub } from '../api/support/stub.ts';
import { launchBrowser } from '../support/browser.ts';
import { newPort } from '../support/service.ts';
import { hostileSvgs } from './support/hostile-svg.ts';

/** Somebody else's server. What reaches it got out. */
let away: Server;
let reached: string[] = [];
/** The same drawings without any of our headers: what they can do where nothing holds them. */
let bare: Server;
let corpus: [string, string][] = [];
let stub: Stub;
let browser: Browser | undefined;
let ours = '';

const listen = (server: Server): Promise<string> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
const idOf = (at: number) => at.toString(16).padStart(64, '0');

beforeAll(async () => {
  away = createServer((request, answer) => {
    reached.push(request.url!);
    answer.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('0');
  });
  const elsewhere = await listen(away);
  const { port } = new URL(elsewhere);
  // Each asks for an address of its own, which says who got out.
  corpus = hostileSvgs(elsewhere).map(([name, text], at) => [
    name,
    text.replaceAll(new RegExp(`127\\.0\\.0\\.1(?::|%3A)${port}`, 'g'), `$&/${at}`),
  ]);
  bare = createServer((request, answer) => {
    const [, text] = corpus[Number(request.url!.slice(1))] ?? ['', ''];
    answer.writeHead(text === '' ? 404 : 200, { 'content-type': 'image/svg+xml' }).end(text);
  });
  ours = `http://127.0.0.1:${newPort()}`;
  // As if each had found a way past the check of uploads.
  const image = async (imageId: string) => ({
    ...{ tenant: 'abc', imageId, mediaType: 'image/svg+xml' as const, createdAt: '2026-01-01T00:00:00Z' },
    bytes: Buffer.from(corpus[Number.parseInt(imageId, 16)]![1]),
  });
  stub = await createStub({ publicUrl: ours, reader: { image } as never });
  await stub.app.listen({ port: Number(new URL(ours).port), host: '127.0.0.1' });
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await stub?.app.close();
  away?.close();
  bare?.close();
});

/** Opens one drawing in so many. @returns what was asked of somebody else by then and shortly after */
async function opened(page: Page, one: number, address: (at: number) => string): Promise<Set<string>> {
  reached = [];
  for (let at = 0; at < corpus.length; at += one) {
    // One that is not well-formed or leads away is no failure of the test.
    await page.goto(address(at), { timeout: 5_000 }).catch(() => undefined);
  }
  await new Promise((done) => setTimeout(done, 500));
  return new Set(reached.map((url) => url.split('/')[1]!));
}

describe('IM-3: a hostile drawing', () => {
  it('served all the same, runs nothing and loads nothing in a browser', { timeout: 120_000 }, async () => {
    expect(corpus.length).toBeGreaterThan(100);
    if (!browser) return console.log('not run, no browser: IM-3 in the browser');
    const page = await browser.newPage();
    expect([...(await opened(page, 1, (at) => `${ours}/images/${idOf(at)}`))]).toEqual([]);
    // The same without our headers: the corpus is worth something.
    const open = await listen(bare);
    expect((await opened(page, 3, (at) => `${open}/${at}`)).size).toBeGreaterThan(20);
  });
});
