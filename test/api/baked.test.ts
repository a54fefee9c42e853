import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractPng, extractSvg, inspectImage, inspectPng } from '#documents';
import { chunk } from '../documents/samples.ts';
import { secondPng, secondSvg } from '../documents/second-reader.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let log: ResponseLog;
let issuer = '';
const OWN_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><path d="M0 0h64v64z"/></svg>';
let ownPng: Buffer;

const get = (url: string, headers: Record<string, string> = {}) => service.server.inject({ url, headers });
async function must<T>(url: string, body: unknown): Promise<T> {
  const answer = await service.call<T>('POST', url, { key: issuer, body });
  if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
async function upload(bytes: Buffer | string, type: string): Promise<string> {
  const answer = await service.server.inject({
    ...{ method: 'POST', url: '/v1/images', payload: bytes },
    headers: { authorization: `Bearer ${issuer}`, 'content-type': type },
  });
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json().imageId as string;
}

interface Issued {
  id: string;
  path: string;
  achievementId: string;
}
async function issue(more: object, image?: string): Promise<Issued> {
  const { achievementId } = await must<{ achievementId: string }>('/v1/achievements', {
    achievement: {
      name: 'SPECIMEN Pagsusuri ng Datos — Ñandú',
      description: 'Reads and questions data ]]> &amp; <b>.',
      ...(image === undefined ? {} : { image }),
      criteria: { narrative: 'Passes the examination.' },
      ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' },
      ...{ pqfLevel: 6, pqfLevelStatus: 'ProviderClaimed', assessmentType: ['WrittenExam'] },
      credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }],
    },
    ...more,
  });
  const { credentials } = await must<{ credentials: { id: string; url: string }[] }>('/v1/credentials', {
    ...{ achievementId, recipients: [{}] },
  });
  const { id, url } = credentials[0]!;
  return { id, path: new URL(url).pathname, achievementId };
}

const GENUINE = /^(?!.*\bnot genuine).*\bgenuine\b/is;

/** What the verify page answers to a file, without its markup. */
async function reportOf(bytes: Uint8Array): Promise<string> {
  const before = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: image/png\r\n\r\n';
  const payload = Buffer.concat([Buffer.from(before), bytes, Buffer.from('\r\n--b--\r\n')]);
  const headers = { 'content-type': 'multipart/form-data; boundary=b', accept: 'text/html' };
  const answer = await service.server.inject({ method: 'POST', url: '/verify', payload, headers });
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

async function verdictOf(bytes: Uint8Array): Promise<string> {
  return /<section class="banner[\s\S]*?<\/section>/.exec(await reportOf(bytes))![0].replaceAll(/<[^>]*>/g, ' ');
}

beforeAll(async () => {
  const canvas = createCanvas(40, 30);
  canvas.getContext('2d').fillRect(5, 5, 20, 20);
  ownPng = await canvas.encode('png');
  service = await openService({
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  ({ issuer } = await service.institution('specimen-college'));
}, 60_000);
afterAll(() => service?.close());

describe('a badge inside its picture', () => {
  it('holds the document or the token, byte for byte, and is genuine as a file', async () => {
    const { path } = await issue({ jwt: 'vc+jwt' });
    const [document, token] = [(await get(`${path}.json`)).body, (await get(`${path}.jwt`)).body];
    for (const [query, text] of [
      ['', document],
      ['?proof=jwt', token],
    ]) {
      const png = await get(`${path}.png${query}`);
      expect([png.statusCode, png.headers['content-type']]).toEqual([200, 'image/png']);
      expect(extractPng(png.rawPayload)).toEqual({ edition: 'open-badges-3', text });
      expect(secondPng(png.rawPayload)).toBe(text);
      expect(inspectPng(png.rawPayload)).toMatchObject({ width: 512, textKeywords: ['openbadgecredential'] });
      expect(await verdictOf(png.rawPayload)).toMatch(GENUINE);
      const svg = await get(`${path}.svg${query}`);
      expect([svg.statusCode, svg.headers['content-type']]).toEqual([200, 'image/svg+xml']);
      expect(extractSvg(svg.rawPayload)).toEqual({ edition: 'open-badges-3', text });
      expect(secondSvg(svg.body)).toBe(text);
      expect(await verdictOf(svg.rawPayload)).toMatch(GENUINE);
    }
    const svg = (await get(`${path}.svg`)).body;
    expect(await verdictOf(Buffer.from(svg.replace('questions data', 'questions date')))).not.toMatch(GENUINE);
  });

  it('comes back with the report, unless that would be half a megabyte', async () => {
    const { rawPayload: png } = await get(`${(await issue({})).path}.png`);
    expect(await reportOf(png)).toContain('src="data:image/png;base64,');
    const large = Buffer.concat([png.subarray(0, -12), chunk('prVt', new Uint8Array(600_000)), png.subarray(-12)]);
    const report = await reportOf(large);
    expect(report).not.toContain('src="data:image/png;base64,');
    expect(report).toMatch(GENUINE);
  });

  it('is chosen by Accept, never in place of the document or the page', async () => {
    const { path } = await issue({});
    for (const [accept, type] of [
      ['image/png', 'image/png'],
      ['image/svg+xml', 'image/svg+xml'],
      ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'image/svg+xml'],
      ['image/*', 'image/png'],
      ['*/*', 'application/vc'],
      ['text/html,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ] as const) {
      expect([accept, (await get(path, { accept })).headers['content-type']]).toEqual([accept, type]);
    }
    for (const [url, accept] of [
      [`${path}.png`, 'image/svg+xml'],
      [`${path}.svg`, 'application/json'],
      [path, 'image/gif'],
    ] as const) {
      expect([url, (await get(url, { accept })).statusCode]).toEqual([url, 406]);
    }
  });

  it('without a token: 404 for it, and nothing else asked for but jwt', async () => {
    const { path } = await issue({});
    expect((await get(`${path}.png?proof=jwt`)).statusCode).toBe(404);
    expect((await get(`${path}.svg?proof=jwt`)).statusCode).toBe(404);
    expect((await get(`${path}.png?proof=sd`)).statusCode).toBe(400);
    expect((await get(`${path.slice(0, -1)}${path.endsWith('0') ? 1 : 0}.png`)).statusCode).toBe(404);
  });

  it('runs nothing, is asked for again by its tag, and is a file by a plain name', async () => {
    const { path } = await issue({});
    for (const suffix of ['.png', '.svg']) {
      const answer = await get(path + suffix);
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, no-cache',
        'access-control-allow-origin': '*',
        vary: 'Accept',
      });
      expect(answer.headers['content-disposition']).toBeUndefined();
      const again = await get(path + suffix, { 'if-none-match': String(answer.headers.etag) });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      const file = await get(`${path}${suffix}?download`);
      expect(file.headers['content-disposition']).toBe(
        `attachment; filename="specimen-pagsusuri-ng-datos-nandu${suffix}"`,
      );
      expect(file.rawPayload.equals(answer.rawPayload)).toBe(true);
    }
    expect((await get(`${path}?download`, { accept: 'text/html' })).headers['content-disposition']).toBeUndefined();
  });

  it('is in the picture of the achievement where it has one of that kind, drawn otherwise', async () => {
    const [png, svg] = [await upload(ownPng, 'image/png'), await upload(OWN_SVG, 'image/svg+xml')];
    const withPng = await issue({}, png);
    const withSvg = await issue({}, svg);
    const sizes = async (path: string) => {
      const file = (await get(`${path}.png`)).rawPayload;
      const { width, height } = inspectPng(file);
      await loadImage(file);
      return [width, height, (await get(`${path}.svg`)).body.includes('M0 0h64v64z')];
    };
    expect(await sizes(withPng.path)).toEqual([40, 30, false]);
    expect(await sizes(withSvg.path)).toEqual([512, 512, true]);
    expect((await get(`/achievements/${withPng.achievementId}/image.png`)).rawPayload.equals(ownPng)).toBe(true);
    expect((await get(`/achievements/${withSvg.achievementId}/image.svg`)).body).toBe(OWN_SVG);
    const page = await get(withSvg.path, { accept: 'text/html' });
    expect(page.body).toContain(`<img class="art" src="/images/${svg}"`);
  });

  it('is in the drawing when with it the own picture would be too large for anyone', async () => {
    const large = `${OWN_SVG.slice(0, -6)}<desc>${'a'.repeat(2 * 1024 * 1024 - 200)}</desc></svg>`;
    const { path, achievementId } = await issue({}, await upload(large, 'image/svg+xml'));
    const baked = await get(`${path}.svg`);
    expect(extractSvg(baked.rawPayload).text).toBe((await get(`${path}.json`)).body);
    expect(baked.rawPayload.length).toBeLessThan(100_000);
    expect((await get(`/achievements/${achievementId}/image.svg`)).body).toBe(large);
  });

  it('is still given when it was revoked: its status says so', async () => {
    const { id, path } = await issue({});
    const before = (await get(`${path}.png`)).rawPayload;
    await must(`/v1/credentials/${id}/status`, { action: 'revoke', reason: 'Issued in error' });
    const after = await get(`${path}.png`);
    expect(after.rawPayload.equals(before)).toBe(true);
    expect(await verdictOf(after.rawPayload)).toMatch(/revoked/i);
  });
});

describe('the picture of an achievement', () => {
  it('is drawn where it has none, the same each time, and shown on the pages', async () => {
    const { path, achievementId } = await issue({});
    const image = `/achievements/${achievementId}/image`;
    const [png, svg] = [await get(`${image}.png`), await get(`${image}.svg`)];
    expect(inspectImage(png.rawPayload)).toEqual({ mediaType: 'image/png', width: 512, height: 512 });
    expect(inspectImage(svg.rawPayload)).toEqual({ mediaType: 'image/svg+xml', width: 512, height: 512 });
    expect(svg.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
    });
    expect((await get(`${image}.png`)).rawPayload.equals(png.rawPayload)).toBe(true);
    expect((await get(`${image}.svg?version=1`)).body).toBe(svg.body);
    for (const page of [path, `/achievements/${achievementId}`]) {
      const { body } = await get(page, { accept: 'text/html' });
      expect(body).toContain(`<img class="art" src="${image}.svg?version=1"`);
    }
  });

  it('of nothing is nothing', async () => {
    const { achievementId } = await issue({});
    for (const url of [
      `/achievements/${achievementId}/image.gif`,
      `/achievements/${achievementId}/image.svg?version=2`,
      `/achievements/${achievementId.slice(0, -1)}${achievementId.endsWith('0') ? 1 : 0}/image.svg`,
    ]) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    }
  });
});

it('every answer was one that is described', () => {
  expect([...new Set(log.violations)]).toEqual([]);
});
