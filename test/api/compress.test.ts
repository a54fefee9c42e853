import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressed } from '../../src/api/http/compress.ts';
import { createStub, ID, type Stub } from './support/stub.ts';

const body = (bytes: number) => Buffer.from('<p>Tatak</p>'.repeat(Math.ceil(bytes / 12)));

describe('what is compressed', () => {
  it('is what a caller that reads brotli is glad of', async () => {
    const page = body(5_000);
    for (const accept of ['br', 'gzip, deflate, br, zstd', 'BR', 'gzip;q=0.5, br ; q=0.1'])
      expect(brotliDecompressSync((await compressed(accept, page, false))!).equals(page), accept).toBe(true);
    for (const accept of [undefined, '', 'gzip', '*', 'br;q=0', 'br;q=0.000', 'x-br', 'br;q=', 'abr, brx'])
      expect(await compressed(accept, page, false), accept).toBeUndefined();
  });

  it('is neither what fits into a packet nor what has a picture in it', async () => {
    expect(await compressed('br', body(500), false)).toBeUndefined();
    expect(await compressed('br', body(600_000), false)).toBeUndefined();
  });
});

describe('a page that is one person’s own', () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await createStub();
  });
  afterAll(() => stub.app.close());

  it('is never compressed, whatever it repeats of what was sent (BREACH)', async () => {
    const headers = { accept: 'text/html', 'accept-encoding': 'br' };
    const encoding = async (options: object) => (await stub.app.inject({ headers, ...options })).headers;
    const name = {
      ...{ method: 'POST', url: `/credentials/${ID}/name`, payload: 'name=Amihan' },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect((await encoding({ url: '/verify' }))['content-encoding']).toBe('br');
    for (const options of [name, { url: '/my' }, { url: '/sign-in' }, { url: '/requests' }]) {
      const answer = await encoding(options);
      expect([answer['content-encoding'], answer['cache-control']], JSON.stringify(options)).toEqual([
        undefined,
        'no-store',
      ]);
    }
  });
});
