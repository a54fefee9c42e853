import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tatak } from './support/tatak.ts';

// What answers at an address need not be a service, nor mean well.

let directory: string;
let server: Server | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-cli-'));
});
afterEach(() => {
  server?.close();
  rmSync(directory, { recursive: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const one = createServer(listener);
  server = one;
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

it('a portal that wants a sign-in says nothing of a badge, and has issued none', async () => {
  const url = await serve((_, response) => response.setHeader('content-type', 'text/html').end('<p>Sign in</p>'));
  const key = join(directory, 'key');
  writeFileSync(key, 'of-a-test');
  for (const args of [
    ['verify', '-', '--json', '--url', url],
    ['issue', '-', '--json', '--achievement', 'a', '--key-file', key, '--url', url],
  ]) {
    const { code, out, err } = await tatak(args, '{"name":"Amihan"}');
    expect({ code, out, said: (JSON.parse(err) as { detail: string }).detail }).toEqual({
      ...{ code: 4, out: '' },
      said: `${url} answered with no JSON object: no Tatak service is there`,
    });
  }
});

it('nothing that an issuer says commands the terminal of whoever takes its offer', async () => {
  const clear = '\u001b[2J\u009b1mready';
  const url = await serve((_, response) =>
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: 'invalid_request', error_description: clear })),
  );
  const out = ['--out', join(directory, 'badge.json')];
  const refused = await tatak(['offer', 'claim', `${url}/offer`, ...out]);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('\\u{1b}[2J\\u{9b}1mready') });
  const offer = { credential_issuer: `ftp://${clear}`, credential_configuration_ids: ['a'] };
  const grants = { 'urn:ietf:params:oauth:grant-type:pre-authorized_code': { 'pre-authorized_code': 'x' } };
  const link = new URLSearchParams({ credential_offer: JSON.stringify({ ...offer, grants }) });
  const wrong = await tatak(['offer', 'claim', `openid-credential-offer://?${link}`, ...out]);
  expect([wrong.code, refused.err + wrong.err]).toEqual([2, expect.not.stringMatching(/[\u001b\u009b]/)]);
});

it('results that broke off are no file, and the same can be run again', async () => {
  const batch = { batchId: 'b', state: 'done', rows: 1, invalidRows: 0, issuedRows: 1, failedRows: 0 };
  let breaks = true;
  const url = await serve((request, response) => {
    if (!request.url!.endsWith('/rows'))
      return response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ ...batch, invalid: [], notices: [] }));
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': '20' }).write('row,state\n');
    return breaks ? setTimeout(() => response.destroy(), 20) : response.end('1,issued\n\n');
  });
  const key = join(directory, 'key');
  const results = join(directory, 'results.csv');
  writeFileSync(key, 'of-a-test');
  const args = ['batch', '-', '--achievement', 'a', '--out', results, '--key-file', key, '--url', url];
  const broken = await tatak(args, 'name\nAmihan\n');
  expect([broken.code, existsSync(results)]).toEqual([4, false]);
  expect(broken.err).toContain('broke off');
  breaks = false;
  expect([(await tatak(args, 'name\nAmihan\n')).code, existsSync(results)]).toEqual([0, true]);
  expect((await tatak(args, 'name\nAmihan\n')).code).toBe(2);
});
