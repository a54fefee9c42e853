import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { LIMITS } from '#kernel';
import { BODIES, requestFor } from './support/samples.ts';
import { createStub, ID, OTHER_ID, SIGNED, type Stub } from './support/stub.ts';

const api = loadOpenApi();
const generous = { rateLimits: { address: 100_000, key: 100_000, expensive: 100_000 } };
let stub: Stub;
beforeAll(async () => {
  stub = await createStub(generous);
});
afterAll(async () => {
  expect([...new Set(stub.log.violations)]).toEqual([]);
  await stub.app.close();
});

const post = (payload: string | Buffer, contentType = 'application/json') =>
  stub.app.inject({
    method: 'POST',
    url: '/v1/credentials',
    payload,
    headers: { ...stub.as('abc', 'issuer'), 'content-type': contentType },
  });

describe('bodies', () => {
  it('refuses what is not strict JSON, with the place', async () => {
    const cases: [string, string][] = [
      ['{"achievementId":"a","achievementId":"b"}', '/achievementId'],
      ['{"recipients":[{"name":"a","n\\u0061me":"b"}]}', '/recipients/0/name'],
      ['{"__proto__":{"a":1}}', '/__proto__'],
      ['{"recipients":[{"name":"\\ud800"}]}', '/recipients/0/name'],
      ['{"version":9007199254740993}', '/version'],
      ['{"version":1e400}', '/version'],
      ['{"a":1}}', ''],
      ['\ufeff{}', ''],
      ['{"a":NaN}', '/a'],
    ];
    for (const [text, pointer] of cases) {
      const answer = await post(text);
      expect([text, answer.statusCode, answer.json().type]).toEqual([text, 400, 'urn:tatak:problem:malformed-json']);
      expect([text, answer.json().pointer]).toEqual([text, pointer]);
    }
    const latin1 = await post(Buffer.from('{"a":"ñ"}', 'latin1'));
    expect(latin1.json().type).toBe('urn:tatak:problem:malformed-json');
  });

  it('DS-5: refuses deep and wide JSON early', async () => {
    const deep = await post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
    expect(deep.json().type).toBe('urn:tatak:problem:malformed-json');
    const wide = await post(`{${Array.from({ length: 12_000 }, (_, at) => `"${at}":1`).join(',')}}`);
    expect(wide.json().detail).toContain(`${LIMITS.jsonKeys} members`);
  });

  it('refuses what is too large, by what is declared and by what arrives', async () => {
    const answer = await post(`{"a":"${'x'.repeat(LIMITS.jsonBytes)}"}`);
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'urn:tatak:problem:payload-too-large']);
    const image = await stub.app.inject({
      method: 'POST',
      url: '/v1/images',
      payload: Buffer.alloc(LIMITS.imageBytes + 1),
      headers: { ...stub.as('abc', 'issuer'), 'content-type': 'image/png' },
    });
    expect(image.statusCode).toBe(413);
  });

  it('coerces, drops and fills in nothing', async () => {
    const headers = stub.as('abc', 'issuer');
    for (const [version, status] of [
      ['1', 400],
      [1.5, 400],
      [true, 400],
      [null, 400],
      [1, 201],
    ] as const) {
      const payload = { ...BODIES.issueCredentials, version };
      const answer = await stub.app.inject({ method: 'POST', url: '/v1/credentials', payload, headers });
      expect([version, answer.statusCode]).toEqual([version, status]);
    }
    const body = (stub.calls.at(-1)![1] as { body: unknown }).body;
    expect(body).toEqual({ ...BODIES.issueCredentials, version: 1 });
  });

  it('takes only the media types that are described', async () => {
    for (const type of [
      'text/plain',
      'text/csv',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/vc',
    ]) {
      expect([type, (await post('x', type)).statusCode]).toEqual([type, 415]);
    }
    expect((await post(JSON.stringify(BODIES.issueCredentials), 'Application/JSON; charset=utf-8')).statusCode).toBe(
      201,
    );
    const start = { method: 'POST' as const, url: `/v1/batches/${ID}/start`, headers: stub.as('abc', 'issuer') };
    expect((await stub.app.inject({ ...start, payload: { tenant: 'xyz' } })).statusCode).toBe(400);
    expect((await stub.app.inject(start)).statusCode).toBe(202);
  });

  it('lists every bad field once', async () => {
    const answer = await post(JSON.stringify({ recipients: [{ name: '' }, { email: 7, x: 1 }] }));
    expect(
      answer
        .json()
        .errors.map((error: { pointer: string }) => error.pointer)
        .sort(),
    ).toEqual(['/achievementId', '/recipients/0/name', '/recipients/1/email', '/recipients/1/x']);
  });
});

describe('HT-5: headers', () => {
  it('stand on every route, and on what is not a route', async () => {
    const requests = [...api.operations.values()].map((operation) => requestFor(operation));
    for (const request of [...requests, { method: 'GET' as const, url: '/nowhere', headers: {} }]) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await stub.app.inject({ ...request, headers: { ...request.headers, accept } });
        const csp = String(answer.headers['content-security-policy']);
        expect(csp).toContain("default-src 'none'");
        expect(csp).toContain("frame-ancestors 'none'");
        expect(csp).not.toContain('unsafe');
        expect(answer.headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'x-frame-options': 'DENY',
        });
        expect(answer.headers['x-request-id']).toMatch(/^[0-9a-z]{26}$/);
        // Only what is about one browser knows it again.
        if (!/^\/(?:v1\/session|sign-in|account|holder|my|claim|requests)\b/.test(request.url))
          expect([request.url, answer.headers['set-cookie']]).toEqual([request.url, undefined]);
        expect(answer.headers['strict-transport-security']).toBeUndefined();
        const camera = String(answer.headers['permissions-policy']).includes('camera=(self)');
        expect([request.url, camera]).toEqual([request.url, request.url === '/verify']);
        if (String(answer.headers['content-type']).startsWith('text/html')) {
          for (const part of ["form-action 'self'", "base-uri 'none'", "script-src 'self'", "style-src 'self'"]) {
            expect(csp).toContain(part);
          }
        }
      }
    }
    const image = await stub.app.inject(`/images/${'a'.repeat(64)}`);
    expect(image.headers['content-security-policy']).toContain('sandbox');
  });

  it('say https only where the public address is https', async () => {
    const secure = await createStub({ ...generous, publicUrl: 'https://badges.example' });
    const answer = await secure.app.inject('/');
    expect(answer.headers['strict-transport-security']).toContain('max-age');
    await secure.app.close();
  });

  it('HT-4: put nothing of the address into a header, and redirect nowhere', async () => {
    for (const path of [
      '//evil.example',
      '/%0d%0aX-Evil:1',
      '/\\evil.example',
      '/verify?url=https%3A%2F%2Fevil.example%0d%0aX: 1',
    ]) {
      const answer = await stub.app.inject({ url: path, headers: { accept: 'text/html' } });
      expect([path, answer.statusCode >= 300 && answer.statusCode < 400]).toEqual([path, false]);
      expect(answer.headers.location).toBeUndefined();
      expect(JSON.stringify(answer.headers)).not.toContain('evil');
    }
  });
});

/** About one browser, one learner or one officer: no page of another site reads it. */
const OWN_PAGE = /^\/(?:sign-in|account|v1\/session|holder|my|claim)(?:\/|$)/;
/** The forms of our own pages, and what a secret or a cookie opens. */
const OWN = new Set([
  ...['submitVerifyPage', 'submitPathwayPage', 'submitRequestForm', 'getRequest', 'compareRecipientName'],
  ...['createPresentationRequest', 'readPresentationRequest'],
  ...['startAuthorization', 'resumeAuthorization', 'getInteraction', 'submitInteraction'],
]);

describe('public documents', () => {
  const get = (url: string, headers: Record<string, string> = {}) => stub.app.inject({ url, headers });
  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  it('are the page for a browser and the signed bytes for everyone else', async () => {
    for (const path of ['/credentials', '/pathways', '/accreditations']) {
      expect((await get(`${path}/${ID}`, browser)).headers['content-type']).toBe('text/html; charset=utf-8');
      for (const accept of ['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json']) {
        const answer = await get(`${path}/${ID}`, { accept });
        expect([answer.headers['content-type'], answer.body]).toEqual([accept, SIGNED]);
        expect(answer.headers.vary).toBe('Accept');
      }
      expect((await get(`${path}/${ID}`)).headers['content-type']).toBe('application/vc');
      const suffix = await get(`${path}/${ID}.json`, browser);
      expect([suffix.headers['content-type'], suffix.body]).toEqual(['application/json', SIGNED]);
      expect((await get(`${path}/${ID}`, { accept: 'image/gif' })).statusCode).toBe(406);
      for (const id of [OTHER_ID, 'x', '..%2f..%2fetc', `${ID}.xml`]) {
        expect([id, (await get(`${path}/${id}`)).statusCode]).toEqual([id, 404]);
      }
    }
    expect((await get('/registry/abc.json')).body).toBe(SIGNED);
  });

  it('show nothing of the stored recipient on the page', async () => {
    const page = await get(`/credentials/${ID}`, browser);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/Amihan|students\.example|urn:uuid:2/);
  });

  it('carry an ETag, answer 304, answer HEAD, and say how long they keep', async () => {
    const kinds: [string, RegExp][] = [
      [`/credentials/${ID}.json`, /no-cache/],
      [`/status/${ID}`, /max-age=5$/],
      ['/institutions/abc/did.json', /max-age=60$/],
      [`/achievements/${ID}.json`, /max-age=300$/],
      // A version is never changed, its page is.
      [`/achievements/${ID}.json?version=1`, /immutable/],
      [`/pathways/${ID}.json?version=1`, /immutable/],
      [`/pathways/${ID}.json`, /max-age=300$/],
      [`/images/${'a'.repeat(64)}`, /immutable/],
      ['/contexts/ph/v1', /max-age=31536000, immutable/],
      ['/contexts/ph/v1-draft', /max-age=300$/],
      ['/schemas/ph/a.v1.json', /immutable/],
      ['/schemas/ph/a.json', /max-age=300$/],
      ['/verify', /no-store/],
    ];
    for (const [url, cache] of kinds) {
      const answer = await get(url);
      expect([url, answer.headers['cache-control']]).toEqual([url, expect.stringMatching(cache)]);
      if (url === '/verify') continue;
      const etag = String(answer.headers.etag);
      expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
      for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await get(url, { 'if-none-match': tag });
        expect([url, again.statusCode, again.body]).toEqual([url, 304, '']);
      }
      expect((await get(url, { 'if-none-match': '"x"' })).statusCode).toBe(200);
      const head = await stub.app.inject({ method: 'HEAD', url });
      expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    }
  });

  it('are not sent again to who has them, wherever openapi.yaml says 304, and nowhere else', async () => {
    const silent = new Set<string>();
    for (const operation of api.operations.values()) {
      if (operation.method !== 'GET') continue;
      const described = api.document.paths[operation.path]!.get as { responses: Record<string, unknown> };
      for (const accept of ['application/json', 'text/html', '*/*']) {
        const request = requestFor(operation);
        const headers = { ...request.headers, accept, ...(operation.secured ? stub.as('abc', 'issuer') : {}) };
        const answer = await stub.app.inject({ ...request, headers });
        const { etag, vary = '' } = answer.headers;
        if (answer.statusCode !== 200 || etag === undefined) continue;
        const again = await stub.app.inject({ ...request, headers: { ...headers, 'if-none-match': String(etag) } });
        const same = ['etag', 'cache-control', 'vary'].map((name) => again.headers[name] === answer.headers[name]);
        expect([operation.operationId, accept, again.statusCode, again.body, ...same]).toEqual([
          operation.operationId,
          accept,
          304,
          '',
          true,
          true,
          true,
        ]);
        if (described.responses['304'] === undefined) silent.add(operation.operationId);
        const other = await stub.app.inject({ ...request, headers: { ...headers, accept: 'text/html' } });
        // What depends on what is asked for says so.
        if (other.statusCode === 200 && other.headers['content-type'] !== answer.headers['content-type']) {
          expect([operation.operationId, String(vary).split(/, */)]).toEqual([
            operation.operationId,
            expect.arrayContaining(['Accept']),
          ]);
        }
      }
    }
    expect([...silent]).toEqual([]);
  });

  it('of a version that may not change leave the page free to', async () => {
    const page = await get(`/achievements/${ID}?version=1`, browser);
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
  });

  it('may be read from any page; managed operations from none', async () => {
    for (const operation of api.operations.values()) {
      const request = requestFor(operation);
      const answer = await stub.app.inject({
        ...request,
        headers: { ...request.headers, origin: 'https://other.example' },
      });
      const open = !operation.secured && !OWN_PAGE.test(operation.path) && !OWN.has(operation.operationId);
      expect([operation.operationId, answer.headers['access-control-allow-origin']]).toEqual([
        operation.operationId,
        open ? '*' : undefined,
      ]);
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
    const preflight = (url: string) =>
      stub.app.inject({ method: 'OPTIONS', url, headers: { origin: 'https://o.example' } });
    const open = await preflight('/v1/verifications');
    expect([open.statusCode, open.headers['access-control-allow-methods']]).toEqual([204, 'POST']);
    const closed = await preflight('/v1/credentials');
    expect([closed.statusCode, closed.headers['access-control-allow-origin']]).toEqual([405, undefined]);
  });
});

describe('signed bytes', () => {
  it('are spliced into managed answers as they are stored', async () => {
    const headers = stub.as('abc', 'issuer');
    const read = await stub.app.inject({ url: `/v1/credentials/${ID}`, headers });
    expect(read.body).toContain(`"credential":${SIGNED}}`);
    const issued = await stub.app.inject({
      method: 'POST',
      url: '/v1/credentials',
      payload: BODIES.issueCredentials,
      headers,
    });
    expect(issued.body).toContain(`"credential":${SIGNED}}`);
    expect(issued.json().credentials[0]).toMatchObject({ id: ID, url: `http://localhost:8480/credentials/${ID}` });
    expect(issued.body).not.toContain('unsigned');
  });
});

describe('the verify page', () => {
  const submit = (payload: string, contentType: string) =>
    stub.app.inject({ method: 'POST', url: '/verify', payload, headers: { 'content-type': contentType } });
  const part = (name: string, value: string, file = false) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="x"\r\nContent-Type: application/json' : ''}\r\n\r\n${value}\r\n`;

  it('takes an address, a file or text, and exactly one', async () => {
    const multipart = 'multipart/form-data; boundary=b';
    const empty = part('text', '') + part('recipient', '');
    for (const [body, input] of [
      [part('url', ' https://badges.example/1 ') + part('file', '', true) + empty, { url: 'https://badges.example/1' }],
      [part('url', '') + part('file', SIGNED, true) + empty, { bytes: Buffer.from(SIGNED) }],
      [part('text', '{"a":1}') + part('recipient', 'a@b.example'), { text: '{"a":1}', recipient: 'a@b.example' }],
    ] as const) {
      const answer = await submit(`${body}--b--\r\n`, multipart);
      expect(answer.statusCode).toBe(200);
      expect(stub.calls.findLast(([name]) => name === 'verifier.verifyHolding')).toEqual([
        'verifier.verifyHolding',
        { ...input, onJudged: expect.any(Function) },
      ]);
    }
    const form = 'application/x-www-form-urlencoded';
    expect((await submit('url=https%3A%2F%2Fbadges.example%2F1', form)).statusCode).toBe(200);
    for (const wrong of ['', 'url=', 'url=https%3A%2F%2Fa.example&text=x']) {
      expect([wrong, (await submit(wrong || 'text=', form)).statusCode]).toEqual([wrong, 400]);
    }
    for (const wrong of ['url=a&url=b', 'x=1', 'url=a&__proto__=1']) {
      expect([wrong, (await submit(wrong, form)).statusCode]).toEqual([wrong, 400]);
    }
    expect((await submit('--b\r\nContent-Disp', multipart)).statusCode).toBe(400);
    expect(
      (await submit(`${part('file', 'x'.repeat(LIMITS.uploadBytes + 1), true)}--b--\r\n`, multipart)).statusCode,
    ).toBe(413);
  });
});

describe('addresses and limits', () => {
  it('answers a known address with another method by 405, an unknown one by 404', async () => {
    const wrong = await stub.app.inject({ method: 'DELETE', url: `/credentials/${ID}` });
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'GET, HEAD']);
    const page = await stub.app.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await stub.app.inject(`/verify?url=${'a'.repeat(LIMITS.urlBytes)}`)).statusCode).toBe(414);
  });

  it('gives the next page as a cursor and as a link', async () => {
    const pages = await createStub({
      ...generous,
      institutions: { list: async () => ({ items: [], next: 'a b&c' }) } as never,
    });
    const headers = pages.as('system', 'operator');
    const answer = await pages.app.inject({ url: '/v1/institutions?limit=1', headers });
    expect(answer.json()).toEqual({ items: [], next: 'a b&c' });
    expect(answer.headers.link).toBe('<http://localhost:8480/v1/institutions?limit=1&cursor=a+b%26c>; rel="next"');
    for (const limit of ['0', '201', '1e2', '-1', ' 1']) {
      const wrong = await pages.app.inject({ url: `/v1/institutions?limit=${encodeURIComponent(limit)}`, headers });
      expect([limit, wrong.statusCode]).toEqual([limit, 400]);
    }
    await pages.app.close();
  });

  it('counts by address, by key, and what is expensive by itself', async () => {
    const small = await createStub({ rateLimits: { address: 5, key: 3, expensive: 2 } });
    const codes = async (count: number, options: object) => {
      const out: number[] = [];
      for (let at = 0; at < count; at++) out.push((await small.app.inject(options)).statusCode);
      return out;
    };
    const verify = { method: 'POST', url: '/v1/verifications', payload: BODIES.createVerification };
    expect(await codes(3, { ...verify, remoteAddress: '192.0.2.1' })).toEqual([200, 200, 429]);
    expect(await codes(6, { url: '/health', remoteAddress: '192.0.2.2' })).toEqual([200, 200, 200, 200, 200, 429]);
    // A certificate is dear, however it is asked for; other forms of the badge are not.
    const badge = { url: `/credentials/${ID}`, remoteAddress: '192.0.2.4' };
    const paper = 'application/json;q=0, application/vc;q=0, application/ld+json;q=0, text/html;q=0, */*';
    expect(await codes(1, { ...badge, url: `${badge.url}.pdf?download` })).toEqual([200]);
    expect(await codes(2, { ...badge, headers: { accept: paper } })).toEqual([200, 429]);
    expect(await codes(1, { ...badge, url: `${badge.url}/transcript.pdf` })).toEqual([429]);
    expect(await codes(1, { ...badge, headers: { accept: '*/*' } })).toEqual([200]);
    // A header says nothing about where a request comes from.
    const spoofed = { url: '/health', remoteAddress: '192.0.2.2', headers: { 'x-forwarded-for': '192.0.2.77' } };
    const refused = await small.app.inject(spoofed);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // Known keys have their own count; guesses are counted by address.
    const list = { url: '/v1/credentials', remoteAddress: '192.0.2.3' };
    expect(await codes(4, { ...list, headers: small.as('abc', 'issuer') })).toEqual([200, 200, 200, 429]);
    expect(await codes(6, list)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await codes(7, { url: '/health', remoteAddress: 'own-address' })).toEqual(Array(7).fill(200));
    await small.app.close();
  });

  it('counts whom a known proxy names, and nobody whom anyone else names', async () => {
    const small = await createStub({ rateLimits: { address: 2 }, trustedProxies: ['192.0.2.10', '2001:db8::/48'] });
    const ask = async (remoteAddress: string, forwarded: string) => {
      const headers = { 'x-forwarded-for': forwarded };
      return (await small.app.inject({ url: '/health', remoteAddress, headers })).statusCode;
    };
    const last = async (remoteAddress: string, forwarded: string) => {
      for (let at = 0; at < 2; at++) await ask(remoteAddress, forwarded);
      return ask(remoteAddress, forwarded);
    };
    expect(await last('192.0.2.10', '198.51.100.1')).toBe(429);
    expect(await ask('192.0.2.10', '198.51.100.2')).toBe(200);
    expect(await ask('2001:db8::7', '198.51.100.3')).toBe(200);
    // What the client wrote itself stands before what the proxy added.
    expect(await ask('192.0.2.10', '203.0.113.9, 198.51.100.1')).toBe(429);
    expect(await last('198.51.100.50', '203.0.113.1')).toBe(429);
    expect(await ask('198.51.100.50', '203.0.113.2')).toBe(429);
    // Nor does a header make anyone this service itself.
    expect(await last('192.0.2.10', 'own-address')).toBe(429);
    await small.app.close();
  });

  it('never shows the text of an unexpected error', async () => {
    const broken = await createStub({
      ...generous,
      health: async () => {
        throw new Error('secret-canary at /srv/tatak');
      },
    });
    for (const accept of ['application/json', 'text/html']) {
      const answer = await broken.app.inject({ url: '/health', headers: { accept } });
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('canary');
    }
    await broken.app.close();
  });
});

describe('the socket', () => {
  it('answers what is not HTTP with a problem document', async () => {
    await stub.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = stub.app.server.address() as { port: number };
    const talk = (text: string) =>
      new Promise<string>((done, reject) => {
        let answer = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => {
          answer += String(chunk);
        });
        socket.once('close', () => done(answer));
        socket.once('error', reject);
      });
    expect(await talk('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*urn:tatak:problem:invalid-request/s);
    const large = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(LIMITS.headerBytes)}\r\n\r\n`;
    expect(await talk(large)).toMatch(/^HTTP\/1\.1 431 .*urn:tatak:problem:headers-too-large/s);
    const smuggled =
      'POST /verify HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await talk(smuggled)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
