import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonObject, sha256Hex } from '#kernel';
import { itxt, picture } from '../documents/samples.ts';
import { browser, type HolderClient } from '../holders/support/client.ts';
import { type HolderWorld, holderWorld } from '../holders/support/institutions.ts';
import {
  FORMS,
  type ForeignWorld,
  type Form,
  foreignWorld,
  PACKED,
  signBadge,
  tokenOf,
  unsignedBadge,
} from '../imports/support/foreign.ts';
import { node } from '../support/pathway-world.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';

/**
 * A learner brings a hundred badges of eight issuers who have nothing to do with this service, in all forms in which badges
 * come: what is genuine and hers counts, what is not is refused or said to be what it is, and the bytes stay as they came.
 */
const EMAIL = 'maria@students.example';
// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

type Kind = 'valid' | 'revoked' | 'tampered' | 'expired' | 'other' | 'older';
const KINDS: Record<Kind, { count: number; status: number; state?: string; code?: string; check?: string }> = {
  valid: { count: 68, status: 201, state: 'counts' },
  revoked: { count: 8, status: 400, code: 'not_kept', check: 'revoked' },
  tampered: { count: 7, status: 400, code: 'not_kept', check: 'signature_invalid' },
  expired: { count: 5, status: 400, code: 'not_kept', check: 'expired' },
  other: { count: 6, status: 201, state: 'not_yours' },
  older: { count: 6, status: 201, state: 'open_badges_2' },
};

interface Item {
  n: number;
  kind: Kind;
  form: Form;
  bytes: Uint8Array;
  type?: string;
  url?: string;
  /** Ids of the badge and its achievement. */
  id: string;
  achievement: string;
}

let on: HolderWorld;
let foreign: ForeignWorld;
let log: ResponseLog;
let maria: HolderClient;
const items: Item[] = [];
const answers: { status: number; body: Said }[] = [];

beforeAll(async () => {
  foreign = await foreignWorld(8);
  on = await holderWorld({
    loopbackOrigins: foreign.origins,
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  maria = browser(on.service);
  await maria.prove(EMAIL);
  const kinds = Object.entries(KINDS).flatMap(([kind, { count }]) => Array<Kind>(count).fill(kind as Kind));
  for (const [n, kind] of kinds.entries()) items.push(await itemOf(n, kind));
}, 60_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
  foreign.close();
});

async function itemOf(n: number, kind: Kind): Promise<Item> {
  const form = FORMS[n % FORMS.length]!;
  const by = foreign.issuers[n % foreign.issuers.length]!;
  if (kind === 'older') return olderOf(n, form);
  const email = kind === 'other' ? 'pedro@students.example' : EMAIL;
  const badge = unsignedBadge(by, email, n, {
    ...foreign.statusOf(),
    ...(kind === 'expired' ? { validUntil: '2026-07-01T00:00:00Z' } : {}),
  });
  const id = badge.id as string;
  const { achievement } = badge.credentialSubject as { achievement: { id: string } };
  if (kind === 'revoked') foreign.revoked.add(id);
  const of = { n, kind, form, id, achievement: achievement.id };
  const change = (text: string) => (kind === 'tampered' ? text.replace('SPECIMEN Unit', 'SPECIMEN Doctorate') : text);
  if (form === 'jwt') {
    const [head, body, signature] = (await tokenOf(by, badge)).split('.');
    const text = change(Buffer.from(body!, 'base64url').toString());
    const token = `${head}.${Buffer.from(text).toString('base64url')}.${signature}`;
    return { ...of, bytes: Buffer.from(token), type: n % 2 === 0 ? 'text/plain' : 'application/vc+jwt' };
  }
  const document = JSON.parse(change(JSON.stringify(await signBadge(by, badge)))) as JsonObject;
  if (form === 'url') {
    const [packed, type] =
      n % 2 === 0 ? (['png', 'image/png'] as const) : (['pretty', 'application/vc+ld+json'] as const);
    const bytes = await PACKED[packed](document);
    return { ...of, bytes, type, url: foreign.serve(`/badges/${n}`, type, bytes) };
  }
  const type = { json: 'application/vc+ld+json', pretty: 'application/json' }[form as string];
  return { ...of, bytes: await PACKED[form](document), ...(type ? { type } : {}) };
}

/** Of the edition before: hosted, as a file, as a token, in a picture. */
function olderOf(n: number, form: Form): Item {
  const url = foreign.serve(`/assertions/${n}`, 'application/ld+json', Buffer.from('{}'));
  const issuer = { type: 'Profile', name: 'Specimen Old School' };
  const assertion = {
    ...{ '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id: url, issuedOn: '2019-06-15T01:00:00Z' },
    recipient: { type: 'email', hashed: false, identity: EMAIL },
    badge: { type: 'BadgeClass', name: `SPECIMEN Old ${n}`, issuer },
    verification: { type: 'hosted' },
  };
  const text = JSON.stringify(assertion);
  const of = { n, kind: 'older' as const, form, id: url, achievement: '' };
  const token = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(text).toString('base64url')}.c2ln`;
  if (form === 'url') {
    foreign.serve(`/assertions/${n}`, 'application/ld+json', Buffer.from(text));
    return { ...of, bytes: Buffer.from(text), type: 'application/ld+json', url };
  }
  if (form === 'jwt') return { ...of, bytes: Buffer.from(token) };
  if (form === 'json' || form === 'pretty') return { ...of, bytes: Buffer.from(text), type: 'application/json' };
  return { ...of, bytes: picture(itxt('openbadges', text)) };
}

const take = (body: object) => maria.call<Said>('POST', '/holder/imports', body);
/** The process that reads a PDF gives way to everything else, and on a busy machine may not be there in time: then, once more. */
async function bring({ url, bytes, type }: Item) {
  const body = url ? { url } : { content: Buffer.from(bytes).toString('base64'), ...(type ? { mediaType: type } : {}) };
  const answer = await take(body);
  return answer.status === 503 ? take(body) : answer;
}
const list = async () => (await maria.call<Said>('GET', '/holder/imports?limit=200')).body;
const content = (id: string) =>
  on.service.server.inject({
    ...{ method: 'GET', url: `/holder/imports/${id}/content` },
    headers: { cookie: `tatak-holder=${maria.cookie}` },
  });

describe('a hundred badges of elsewhere', () => {
  it('are each kept or refused, as they deserve', async () => {
    expect(items).toHaveLength(100);
    for (const item of items) {
      const answer = await bring(item);
      answers.push(answer);
      const { status, state, code, check } = KINDS[item.kind];
      const said = answer.body;
      const name = `${item.n} ${item.kind} ${item.form}`;
      expect({ name, status: answer.status, detail: said.detail }, name).toMatchObject({ name, status });
      if (state) expect([said.outcome, said.imported.state], name).toEqual(['created', state]);
      else expect([said.code, said.check, typeof said.sentence.fil], name).toEqual([code, check, 'string']);
    }
    const { total, items: listed } = await list();
    expect(total).toBe(80);
    const states = Object.groupBy(listed as Said[], ({ state }) => state);
    expect(
      Object.entries(states)
        .map(([state, some]) => [state, some!.length])
        .sort(),
    ).toEqual([
      ['counts', 68],
      ['not_yours', 6],
      ['open_badges_2', 6],
    ]);
  }, 60_000);

  it('are given back byte for byte, under the type they had', async () => {
    for (const item of items) {
      const kept = answers[item.n]!.body.imported;
      if (!kept) continue;
      const { rawPayload, headers } = await content(kept.id);
      const name = `${item.n} ${item.form}`;
      expect(Buffer.from(item.bytes).equals(rawPayload), name).toBe(true);
      expect(kept.sha256, name).toBe(sha256Hex(item.bytes));
      if (item.type) expect(kept.mediaType, name).toBe(item.type);
      expect(headers['content-type'], name).toBe(kept.mediaType);
      const policy = kept.mediaType.startsWith('image/') ? "sandbox; default-src 'none'" : "default-src 'none'";
      expect(String(headers['content-security-policy']).startsWith(policy), name).toBe(true);
      expect([headers['content-disposition'], headers['x-content-type-options']], name).toEqual([
        'attachment',
        'nosniff',
      ]);
    }
  });

  it('are the same when they are brought again, and nobody else sees them', async () => {
    for (const item of items.filter(({ kind }) => kind !== 'revoked').slice(0, 14)) {
      const again = await bring(item);
      expect([again.status, again.body.outcome, again.body.imported.id]).toEqual([
        200,
        'not_newer',
        answers[item.n]!.body.imported.id,
      ]);
    }
    const pedro = browser(on.service);
    await pedro.prove('pedro@students.example');
    expect((await pedro.call<Said>('GET', '/holder/imports')).body).toEqual({ items: [], total: 0 });
    const { id } = answers[0]!.body.imported;
    for (const path of [`/holder/imports/${id}`, `/holder/imports/${id}/content`])
      expect((await pedro.call('GET', path)).status).toBe(404);
    expect((await pedro.call('DELETE', `/holder/imports/${id}`)).status).toBe(404);
    expect((await browser(on.service).call('GET', '/holder/imports')).status).toBe(401);
  });
});

describe('what is no badge', () => {
  it.each<[string, object, number, string]>([
    ['nothing', { mediaType: 'text/plain' }, 400, 'give exactly one'],
    ['two things', { url: 'https://a.example/1', text: '{}' }, 400, 'give exactly one'],
    ['base64 that is none', { content: 'e30=e30=' }, 400, ''],
    ['base64 that says more than its bytes', { content: 'e31=' }, 400, 'is not base64'],
    ['an object', { text: '{}' }, 400, ''],
    ['a page of this service', { url: 'http://127.0.0.1:1/' }, 400, ''],
    ['an unknown member', { text: '{}', keep: true }, 400, 'is not known here'],
  ])('is refused: %s', async (_, body, status, detail) => {
    const before = (await list()).total;
    const answer = await take(body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(detail)]);
    expect((await list()).total).toBe(before);
  });

  it('is refused when a page of somebody else sends it', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const body = { text: Buffer.from(items[0]!.bytes).toString() };
    expect((await maria.call('POST', '/holder/imports', body, headers)).status).toBe(403);
    const { id } = answers[0]!.body.imported;
    expect((await maria.call('DELETE', `/holder/imports/${id}`, undefined, headers)).status).toBe(403);
  });
});

describe('a pathway that asks for a badge of here and one of elsewhere', () => {
  let pathway = '';
  const evaluate = async (more: object = {}) =>
    (await maria.call<Said>('POST', '/holder/evaluations', { pathway, ...more })).body;
  const foreignUnit = () => items.find(({ form, kind }) => form === 'png' && kind === 'valid')!;

  beforeAll(async () => {
    const [university] = on.institutions;
    await on.classList(university!, `name,email\nMaria,${EMAIL}\n`);
    const here = `${on.service.publicUrl}/achievements/${university!.achievementId}`;
    const achievements = [{ achievement: here }, { achievement: foreignUnit().achievement }];
    const body = { name: 'SPECIMEN Both', stackingRule: node('requireAll', 'units', { items: achievements }) };
    const made = await on.service.call<Said>('POST', '/v1/pathways', { key: university!.issuer, body });
    pathway = made.body.url;
  }, 60_000);

  it('is met by both, and by neither alone', async () => {
    const both = await evaluate();
    expect([both.outcome, both.evaluation?.used.length]).toEqual(['met', 2]);
    expect(both.credentials.every(({ boundBy }: Said) => boundBy !== undefined)).toBe(true);
    expect((await evaluate({ badges: [both.credentials.at(-1).id.split('/').at(-1)] })).outcome).toBe('unmet');
    const { id } = answers[foreignUnit().n]!.body.imported;
    expect((await evaluate({ imports: [id] })).outcome).toBe('met');
    const stranger = items.find(({ kind }) => kind === 'other')!;
    const refused = await maria.call<Said>('POST', '/holder/evaluations', {
      ...{ pathway, imports: [answers[stranger.n]!.body.imported.id] },
    });
    expect([refused.status, refused.body.pointer]).toEqual([400, '/imports/0']);
  });

  it('is not known while the status cannot be asked, and not met from the moment on at which it is revoked', async () => {
    const { id } = answers[foreignUnit().n]!.body.imported;
    const only = { imports: [id] };
    const state = async () => (await maria.call<Said>('GET', `/holder/imports/${id}`)).body.state;
    foreign.silent = true;
    expect((await evaluate(only)).outcome).toBe('pending');
    expect(await state()).toBe('not_verified');
    foreign.silent = false;
    expect((await evaluate(only)).outcome).toBe('met');
    expect(await state()).toBe('counts');
    foreign.revoked.add(foreignUnit().id);
    expect((await evaluate(only)).outcome).toBe('unmet');
    expect(await state()).toBe('not_valid');
  });
});

describe('what was brought', () => {
  it('is on the learner’s page, and goes when they say so', async () => {
    const { text } = await maria.page('/my');
    expect(text).toContain('Badges from elsewhere');
    expect(text).toContain('SPECIMEN Old 94');
    expect(text).toContain('Open Badges 2.0: shown, never counted');
    expect(text).toContain('Not shown to be yours');
    const form = /name="form" value="([^"]*)"/.exec(text)![1]!;
    const { id } = answers[0]!.body.imported;
    const gone = await maria.form('/my', { action: 'dropImport', imported: id, form });
    expect(gone.text).toContain('It is removed.');
    expect((await list()).total).toBe(79);
    expect((await content(id)).statusCode).toBe(404);
    const back = await maria.form('/my?lang=fil', {
      action: 'bring',
      text: Buffer.from(items[0]!.bytes).toString(),
      form,
    });
    expect(back.text).toContain('Naitabi na ang badge.');
    const file = items.find(({ form: one, kind }) => one === 'pdf' && kind === 'other')!;
    const sent = new FormData();
    for (const [name, value] of Object.entries({ action: 'bring', form, url: '', text: '' })) sent.append(name, value);
    sent.append('file', new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' }), 'badge.pdf');
    const multipart = new Response(sent);
    const uploaded = await on.service.server.inject({
      ...{ method: 'POST', url: '/my', payload: Buffer.from(await multipart.arrayBuffer()) },
      headers: {
        ...{ cookie: `tatak-holder=${maria.cookie}`, 'content-type': multipart.headers.get('content-type')! },
        ...{ accept: 'text/html', 'sec-fetch-site': 'same-origin' },
      },
    });
    expect([uploaded.statusCode, uploaded.body]).toEqual([200, expect.stringContaining('You have this badge already')]);
    const bad = await maria.form('/my?lang=fil', {
      action: 'bring',
      text: Buffer.from(items[70]!.bytes).toString(),
      form,
    });
    expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('Hindi ito itinabi: ')]);
    const nothing = await maria.form('/my', { action: 'bring', form });
    expect(nothing.text).toContain('Give exactly one');
  });

  it('is in the export as it came, and goes with an erasure', async () => {
    const { body } = await maria.call<Said>('GET', '/holder/export');
    const imported = body.items.filter(({ kind }: Said) => kind === 'imported');
    expect(imported).toHaveLength(80);
    const one = imported.find(({ object }: Said) => object === answers[3]!.body.imported.id);
    expect(one.data.receivedBase64).toBe(Buffer.from(items[3]!.bytes).toString('base64'));
    const plan = (await maria.call<Said>('GET', '/holder/erasure')).body;
    expect(plan.steps.filter(({ kind, becomes }: Said) => kind === 'imported' && becomes === 'entry')).toHaveLength(80);
    expect((await maria.call('POST', '/holder/erasure', { confirmation: plan.confirmation })).status).toBe(200);
    await maria.prove(EMAIL);
    expect((await list()).total).toBe(0);
  });
});
