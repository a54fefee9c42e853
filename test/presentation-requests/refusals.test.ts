import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { LIMITS } from '#kernel';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { type Asked, dataIntegrityKeys, type Held, type Keys, tokenKeys } from './support/wallet.ts';
import { openWorld, type Request, text, type World } from './support/world.ts';

/** A badge in both forms, of one holder. */
interface Own {
  keys: Keys;
  /** Of the first definition, as it is held in this form. */
  badge: Held;
  /** Of a definition that was not asked for. */
  other: Held;
}

let on: World;
let log: ResponseLog;
let now = Date.now();
const forms = { ldp: undefined as unknown as Own, jwt: undefined as unknown as Own };
let bearer: { document: JsonObject; token: string };

beforeAll(async () => {
  on = await openWorld({
    clock: { now: () => new Date(now) },
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  bearer = await on.award(0);
  for (const [form, keys] of [
    ['ldp', dataIntegrityKeys(on.service.publicUrl)],
    ['jwt', await tokenKeys()],
  ] as const) {
    const [badge, other] = [await on.award(0, keys.did), await on.award(2, keys.did)];
    forms[form] = {
      keys,
      badge: form === 'ldp' ? badge.document : badge.token,
      other: form === 'ldp' ? other.document : other.token,
    };
  }
}, 60_000);
afterAll(async () => {
  await on.close();
  expect([...new Set(log.violations)]).toEqual([]);
});

async function asked(body: object = { badges: [{ achievement: on.definitions[0] }] }) {
  const request = await on.ask(body);
  return { request, asked: await on.wallet.resolve(request.links.other) };
}

const boundTo = ({ payload }: Asked) => ({ nonce: payload.nonce, clientId: payload.client_id });

/** Refused with an OAuth error, and the request waits as before: the right answer is taken afterwards. */
async function refused(request: Request, form: Record<string, string>, why: string | RegExp, status = 400) {
  const answer = await on.post(request, form);
  const { error_description: said } = answer.body;
  expect(answer).toEqual({ status, body: { error: 'invalid_request', error_description: said } });
  expect(said).toMatch(why);
  expect(said).toMatch(/^[ !#-[\]-~]+$/);
  expect((await on.read(request)).body).toMatchObject({ stage: 'waiting' });
}

describe.each(['ldp', 'jwt'] as const)('a presentation is refused (%s)', (form) => {
  const id = `badge1_${form}`;
  const own = () => forms[form];
  const send = (state: string, ...entries: Held[]) => ({ state, vp_token: text({ [id]: entries }) });

  it.each<[string, string | RegExp, (right: Asked) => Promise<Held>]>([
    [
      'without anybody’s signature of it',
      /must hold Verifiable Presentations|W3C data model for presentations/,
      async () => own().badge,
    ],
    [
      'for another nonce',
      'another challenge',
      (right) => own().keys.present([own().badge], { ...boundTo(right), nonce: 'another' }),
    ],
    [
      'for another verifier',
      'another domain',
      (right) => own().keys.present([own().badge], { ...boundTo(right), clientId: 'x509_san_dns:evil.example' }),
    ],
    [
      'for our DID without its prefix',
      'another domain',
      (right) => own().keys.present([own().badge], { ...boundTo(right), clientId: right.payload.client_id.slice(25) }),
    ],
    [
      'for our response address',
      'another domain',
      (right) => own().keys.present([own().badge], { ...boundTo(right), clientId: right.payload.response_uri }),
    ],
    [
      'for an earlier request',
      'another challenge',
      async () => own().keys.present([own().badge], boundTo((await asked()).asked)),
    ],
    [
      'by somebody else than the subject of its badge',
      'is not of whoever presents it',
      async (right) => {
        const thief = form === 'ldp' ? dataIntegrityKeys(on.service.publicUrl) : await tokenKeys();
        return thief.present([own().badge], boundTo(right));
      },
    ],
    [
      'of a badge that was not asked for',
      'not those that were asked for',
      (right) => own().keys.present([own().other], boundTo(right)),
    ],
    [
      'of two badges in one',
      'must hold one credential',
      (right) => own().keys.present([own().badge, own().other], boundTo(right)),
    ],
    ['of none', 'must hold one credential', (right) => own().keys.present([], boundTo(right))],
    [
      'of a changed badge',
      'The signature does not fit',
      (right) => own().keys.present([changed(own().badge)], boundTo(right)),
    ],
    [
      'that was changed',
      'No valid signature of its holder',
      async (right) => changed(await own().keys.present([own().badge], boundTo(right))),
    ],
  ])('%s', async (_, why, made) => {
    const { request, asked: right } = await asked();
    await refused(request, send(right.payload.state, await made(right)), why);
    // What is right is still taken.
    const good = await own().keys.present([own().badge], boundTo(right));
    expect(await on.post(request, send(right.payload.state, good))).toEqual({ status: 200, body: {} });
  });

  it('when there are more than were asked for', async () => {
    const { request, asked: right } = await asked();
    const good = await own().keys.present([own().badge], boundTo(right));
    await refused(request, send(right.payload.state, good, good), 'asks for one');
  });

  it('with all the others, when one of them is bad', async () => {
    const { request, asked: right } = await asked({ badges: [{ achievementType: 'MicroCredential' }] });
    const good = await own().keys.present([own().badge], boundTo(right));
    const bad = await own().keys.present([own().other], { ...boundTo(right), nonce: 'another' });
    for (const both of [
      [good, bad],
      [bad, good],
    ]) {
      await refused(request, send(right.payload.state, ...both), 'another challenge');
    }
  });

  it('a second time, also when fifty come at once', async () => {
    const { request, asked: right } = await asked();
    const body = send(right.payload.state, await own().keys.present([own().badge], boundTo(right)));
    const answers = await Promise.all(Array.from({ length: 50 }, () => on.post(request, body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body: said } of answers.filter((one) => one.status !== 200)) {
      expect([status, said.error]).toEqual([400, 'invalid_request']);
    }
    expect((await on.post(request, body)).status).toBe(400);
    expect((await on.post(request, { state: right.payload.state, error: 'access_denied' })).status).toBe(400);
    expect((await on.read(request)).body).toMatchObject({ stage: 'answered', badges: [{ holder: own().keys.did }] });
  });
});

describe('a response is refused', () => {
  it.each<[string, string, (state: string, good: string) => Record<string, string>]>([
    ['without state', 'state is not', (_, vp_token) => ({ vp_token })],
    ['with another state', 'state is not', (_, vp_token) => ({ vp_token, state: '0123456789abcdefghjkmnpqrs' })],
    ['with neither vp_token nor error', 'either vp_token or error', (state) => ({ state })],
    ['with both', 'either vp_token or error', (state, vp_token) => ({ state, vp_token, error: 'access_denied' })],
    ['with an error that is none', 'not an error code', (state) => ({ state, error: 'a "quoted"\nline' })],
    ['encrypted, which was not offered', 'encrypted', (state) => ({ state, response: 'a.b.c.d.e' })],
    ['with a vp_token that is no JSON', 'cannot be read', (state) => ({ state, vp_token: 'eyJ.a.b' })],
    [
      'with a list',
      'must be a JSON object',
      (state, good) => ({ state, vp_token: JSON.stringify(Object.values(JSON.parse(good))) }),
    ],
    [
      'with a name twice',
      'occurs twice',
      (state, good) => ({ state, vp_token: good.replace('{', '{"badge1_ldp":[],') }),
    ],
    ['with __proto__', 'not allowed', (state) => ({ state, vp_token: '{"__proto__":[{}]}' })],
    ['with nothing', 'leaves out', (state) => ({ state, vp_token: '{}' })],
    ['with an empty list', 'must be an array', (state) => ({ state, vp_token: '{"badge1_ldp":[]}' })],
    ['with no list', 'must be an array', (state, good) => ({ state, vp_token: good.replace(/\[(.*)\]}$/s, '$1}') })],
    [
      'with a query nobody asked',
      'was not asked',
      (state, good) => ({ state, vp_token: good.replace('badge1_ldp', 'badge2_ldp') }),
    ],
    [
      'with the name of another form',
      'must hold signed tokens',
      (state, good) => ({ state, vp_token: good.replace('badge1_ldp', 'badge1_jwt') }),
    ],
    [
      'with a presentation as a bare badge',
      'must hold Verifiable Credentials',
      (state, good) => ({ state, vp_token: good.replace('badge1_ldp', 'badge1_ldp_bearer') }),
    ],
    [
      'with two forms of one badge',
      'of which one was asked',
      (state, good) => ({
        state,
        vp_token: JSON.stringify({ ...JSON.parse(good), badge1_ldp_bearer: [bearer.document] }),
      }),
    ],
    [
      'with an address',
      'must hold signed tokens',
      (state) => ({ state, vp_token: '{"badge1_jwt":["https://badges.example/1"]}' }),
    ],
    [
      'with an address as a bare badge',
      'must hold signed tokens',
      (state) => ({ state, vp_token: '{"badge1_jwt_bearer":["http://localhost/1"]}' }),
    ],
    ['with a number', 'must hold JSON objects', (state) => ({ state, vp_token: '{"badge1_ldp":[1]}' })],
    [
      'with a document as a token',
      'must hold signed tokens',
      (state) => ({ state, vp_token: JSON.stringify({ badge1_jwt_bearer: [bearer.document] }) }),
    ],
    [
      'with a token as a document',
      'must hold JSON objects',
      (state) => ({ state, vp_token: JSON.stringify({ badge1_ldp_bearer: [bearer.token] }) }),
    ],
    ['with a token that is none', 'not base64url', (state) => ({ state, vp_token: '{"badge1_jwt_bearer":["a.b.c"]}' })],
    ['with no document at all', 'W3C data model', (state) => ({ state, vp_token: '{"badge1_ldp_bearer":[{}]}' })],
    [
      'with an envelope as a document',
      'of another format',
      (state) => ({
        state,
        vp_token: JSON.stringify({
          badge1_ldp_bearer: [
            {
              '@context': ['https://www.w3.org/ns/credentials/v2'],
              type: 'EnvelopedVerifiableCredential',
              id: `data:application/vc+jwt,${bearer.token}`,
            },
          ],
        }),
      }),
    ],
  ])('%s', async (_, why, made) => {
    const { request, asked: right } = await asked();
    const { keys, badge } = forms.ldp;
    const good = text({ badge1_ldp: [await keys.present([badge], boundTo(right))] });
    await refused(request, made(right.payload.state, good), why);
    expect((await on.post(request, { state: right.payload.state, vp_token: good })).status).toBe(200);
  });

  it('with a bare badge where the holder has to be shown', async () => {
    const { request, asked: right } = await asked({
      ...{ badges: [{ achievement: on.definitions[0] }], holderBinding: 'required' },
    });
    const bare = { badge1_ldp_bearer: [bearer.document] };
    await refused(request, { state: right.payload.state, vp_token: text(bare) }, 'was not asked');
  });

  it('with badges of two people toward a pathway, of which nobody proved to hold any', async () => {
    const { request, asked: right } = await asked({ pathway: on.pathway });
    const two = { badge1_ldp_bearer: [bearer.document, (await on.award(1)).document] };
    await refused(request, { state: right.payload.state, vp_token: text(two) }, 'another subject');
  });

  it('with the same award twice', async () => {
    const { request, asked: right } = await asked({ badges: [{ achievementType: 'MicroCredential' }] });
    const twice = { badge1_jwt_bearer: [bearer.token, bearer.token] };
    await refused(request, { state: right.payload.state, vp_token: text(twice) }, 'same award twice');
  });

  it('to a question that asks for the same badge twice: it is not even made', async () => {
    const badges = [{ name: 'SPECIMEN Unit One' }, { achievementType: 'Course' }, { name: 'SPECIMEN Unit One' }];
    const { status, body } = await on.service.call<{ pointer: string; errors: { code: string }[] }>(
      ...(['POST', '/v1/presentation-requests', { body: { badges } }] as const),
    );
    expect([status, body.pointer, body.errors[0]!.code]).toEqual([400, '/badges/2', 'repeated']);
  });

  it('when it leaves out one of the badges', async () => {
    const { request, asked: right } = await asked({
      badges: [{ achievement: on.definitions[0] }, { achievement: on.definitions[1] }],
    });
    const { keys, badge } = forms.ldp;
    const half = text({ badge1_ldp: [await keys.present([badge], boundTo(right))] });
    await refused(request, { state: right.payload.state, vp_token: half }, 'leaves out');
  });

  it('with more presentations than are looked at', async () => {
    const { request, asked: right } = await asked({ pathway: on.pathway });
    const many = { badge1_jwt_bearer: Array.from({ length: LIMITS.presentationCredentials + 1 }, () => bearer.token) };
    await refused(request, { state: right.payload.state, vp_token: text(many) }, 'more than 20');
  });

  it('when it is too large', async () => {
    const { request, asked: right } = await asked();
    const vp_token = JSON.stringify({ badge1_ldp: ['x'.repeat(LIMITS.jsonBytes)] });
    await refused(request, { state: right.payload.state, vp_token }, 'at most', 413);
  });

  it('with a parameter twice, in another media type, or without a body', async () => {
    const { request, asked: right } = await asked();
    const url = `/oid4vp/requests/${request.requestId}/response`;
    const form = `state=${right.payload.state}&error=access_denied`;
    for (const [type, payload, status] of [
      ['application/x-www-form-urlencoded', `${form}&error=access_denied`, 400],
      ['application/x-www-form-urlencoded', `state=x&${form}`, 400],
      ['application/json', JSON.stringify({ state: right.payload.state, error: 'access_denied' }), 415],
      ['application/x-www-form-urlencoded', undefined, 400],
    ] as const) {
      const answer = await on.service.server.inject({
        ...{ method: 'POST', url, headers: { 'content-type': type } },
        ...(payload === undefined ? {} : { payload }),
      });
      expect([answer.statusCode, answer.json().error]).toEqual([status, 'invalid_request']);
    }
    expect((await on.read(request)).body).toMatchObject({ stage: 'waiting' });
    // Further members say nothing.
    const more = { state: right.payload.state, error: 'access_denied', session_state: 'x', iss: 'y' };
    expect((await on.post(request, more)).status).toBe(200);
  });

  it('of a request that nobody made, or that is over', async () => {
    const forged = { requestId: '0123456789abcdefghjkmnpqrs', transaction: '', links: { same: '', other: '' } };
    expect(await on.post(forged, { state: 'x', error: 'access_denied' })).toMatchObject({
      ...{ status: 404, body: { error: 'invalid_request' } },
    });
    const { request, asked: right } = await asked();
    const { keys, badge } = forms.ldp;
    const good = text({ badge1_ldp: [await keys.present([badge], boundTo(right))] });
    now += LIMITS.presentationRequestMs;
    const late = await on.post(request, { state: right.payload.state, vp_token: good });
    expect([late.status, late.body.error]).toEqual([400, 'invalid_request']);
    expect((await on.read(request)).body).toMatchObject({ stage: 'expired' });
    await expect(on.wallet.resolve(request.links.other)).rejects.toThrow();
  });
});

describe('a request object', () => {
  const fetched = async (request: Request, payload?: string) => {
    const answer = await on.service.server.inject({
      ...{ method: payload === undefined ? 'GET' : 'POST', url: `/oid4vp/requests/${request.requestId}` },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(payload === undefined ? {} : { payload }),
    });
    const [header, claims] = answer.body.split('.').map((part) => {
      try {
        return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as JsonObject;
      } catch {
        return {};
      }
    });
    return { answer, header: header!, claims: claims! };
  };

  it('has its own media type and `typ`, and repeats the nonce of the wallet', async () => {
    const request = await on.ask({ pathway: on.pathway });
    const plain = await fetched(request);
    expect(plain.answer.headers['content-type']).toBe('application/oauth-authz-req+jwt');
    expect(plain.answer.headers['cache-control']).toBe('no-store');
    expect(plain.header).toEqual({
      ...{ alg: 'ES256', typ: 'oauth-authz-req+jwt' },
      kid: `${String(plain.claims.client_id).slice('decentralized_identifier:'.length)}#requests-1`,
    });
    expect(plain.claims).not.toHaveProperty('wallet_nonce');
    const metadata = {
      vp_formats_supported: { ldp_vc: {}, mso_mdoc: {} },
      ...{ client_id_prefixes_supported: ['decentralized_identifier', 'x509_hash'], something: { else: true } },
    };
    const form = { wallet_nonce: 'qPmxiNFCR3QTm19POc8u', wallet_metadata: JSON.stringify(metadata), other: 'x' };
    const posted = await fetched(request, new URLSearchParams(form).toString());
    expect(posted.claims).toEqual({ ...plain.claims, wallet_nonce: form.wallet_nonce, iat: expect.any(Number) });
  });

  it.each<[string, string]>([
    ['wallet_metadata that is no JSON', 'wallet_metadata=%7B'],
    ['wallet_metadata that is no object', 'wallet_metadata=%5B%5D'],
    [
      'a wallet without our prefix',
      `wallet_metadata=${encodeURIComponent('{"client_id_prefixes_supported":["x509_hash"]}')}`,
    ],
    [
      'a wallet without our algorithm',
      `wallet_metadata=${encodeURIComponent('{"request_object_signing_alg_values_supported":["ES512"]}')}`,
    ],
    [
      'a wallet without our formats',
      `wallet_metadata=${encodeURIComponent('{"vp_formats_supported":{"mso_mdoc":{}}}')}`,
    ],
    ['malformed members', `wallet_metadata=${encodeURIComponent('{"vp_formats_supported":"ldp_vc"}')}`],
    ['a nonce twice', 'wallet_nonce=a&wallet_nonce=b'],
    ['an empty nonce', 'wallet_nonce='],
    ['an endless nonce', `wallet_nonce=${'a'.repeat(1_001)}`],
  ])('is refused to %s', async (_, payload) => {
    const { answer } = await fetched(await on.ask({ pathway: on.pathway }), payload);
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'invalid_request']);
  });

  it('is for nobody once the request is answered, and never of a request that nobody made', async () => {
    const { request, asked: right } = await asked();
    await on.post(request, { state: right.payload.state, error: 'access_denied' });
    const { answer } = await fetched(request);
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'invalid_request']);
    const none = await fetched({ ...request, requestId: '0123456789abcdefghjkmnpqrs' });
    expect([none.answer.statusCode, none.answer.json().error]).toEqual([404, 'invalid_request']);
  });
});

/** One letter of what is signed. */
function changed(held: Held): Held {
  if (typeof held === 'string') {
    const [header, payload, signature] = held.split('.');
    const claims = Buffer.from(payload!, 'base64url')
      .toString('utf8')
      .replace(/"iat":1/, '"iat":2');
    return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
  }
  const proof = held.proof as JsonObject;
  return { ...held, proof: { ...proof, created: '2026-01-01T00:00:01Z' } };
}
