import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import { type Actor, actor, badge, LIST, NOW, statusEntry, statusList, type World, world } from './world.ts';

let school: Actor;
let stranger: Actor;
let on: World;

const encode = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`;

beforeAll(async () => {
  school = actor('school');
  stranger = actor('stranger');
  on = world([actor('anchor')]);
  on.join(school);
  on.join(stranger);
});

async function statusOf(index: string | number, entry: JsonObject = {}) {
  const document = await on.sign(school, badge(school, statusEntry(index, entry)));
  const report = await on.verifier.verify({ document });
  const { result, code } = report.checks.find((one) => one.check === 'status')!;
  return { result, code, verdict: report.verdict };
}
const publish = async (set: number[] = [], more: JsonObject = {}, subject: JsonObject = {}, by = school) =>
  on.publish(LIST, await on.sign(by, statusList(school, set, more, subject), '2026-11-24T00:00:00Z'));

describe('a list that can be relied on', () => {
  it.each([0, 7, 8, 131_071])('bit %i, the left-most first', async (index) => {
    await publish([index]);
    expect(await statusOf(index)).toEqual({ result: 'fail', code: 'revoked', verdict: 'invalid' });
    const neighbour = index === 0 ? 1 : index - 1;
    expect(await statusOf(neighbour)).toEqual({ result: 'pass', code: 'not_revoked', verdict: 'valid' });
  });

  it('suspended, and not', async () => {
    await publish([5], {}, { statusPurpose: 'suspension' });
    expect(await statusOf(5, { statusPurpose: 'suspension' })).toMatchObject({ result: 'fail', code: 'suspended' });
    expect(await statusOf(6, { statusPurpose: 'suspension' })).toMatchObject({ result: 'pass', code: 'not_suspended' });
  });

  it('no status entry does not apply', async () => {
    const document = await on.sign(school, badge(school));
    const report = await on.verifier.verify({ document });
    expect(report.checks.find((one) => one.check === 'status')).toMatchObject({ result: 'not_applicable' });
    expect(report.verdict).toBe('valid');
  });
});

describe('a list that cannot be relied on says nothing', () => {
  const page = (body: string | Uint8Array, more = {}) => void on.pages.set(LIST, { body, ...more });
  const faults: [string, () => Promise<void> | void, string, JsonObject?, string?][] = [
    ['unreachable', () => void on.pages.delete(LIST), 'status_unreachable'],
    ['404', () => page('{}', { status: 404 }), 'status_http_status'],
    ['500', () => page('{}', { status: 500 }), 'status_http_status'],
    ['a web page', () => page('<html></html>', { contentType: 'text/html' }), 'status_not_json'],
    ['not JSON', () => page('hello'), 'status_malformed'],
    ['a JSON list', () => page('[]'), 'status_malformed'],
    ['no UTF-8', () => page(new Uint8Array([0xff, 0xfe, 0x00])), 'status_malformed'],
    ['larger than the cap', () => page(`"${'a'.repeat(600 * 1024)}"`), 'status_malformed'],
    [
      'an address that may not be fetched',
      () => page('', { problem: new Problem('fetch-refused', 'private address') }),
      'status_refused',
    ],
    ['stale', () => publish([], { validUntil: '2026-11-24T00:59:59Z' }), 'status_list_stale'],
    ['not begun', () => publish([], { validFrom: '2026-11-24T01:02:00Z' }), 'status_list_not_yet_valid'],
    ['another issuer', () => publish([], { issuer: stranger.did }, {}, stranger), 'status_list_issuer'],
    [
      'signed by another',
      async () => on.publish(LIST, await on.sign(stranger, statusList(school))),
      'status_list_proof_fail',
    ],
    [
      'changed after signing',
      async () => {
        const signed = await on.sign(school, statusList(school, [1]));
        (signed.credentialSubject as JsonObject).encodedList = encode(new Uint8Array(16_384));
        on.publish(LIST, signed);
      },
      'status_list_proof_fail',
    ],
    ['not signed', () => on.publish(LIST, statusList(school)), 'status_list_proof_fail'],
    ['wrong purpose', () => publish([], {}, { statusPurpose: 'suspension' }), 'status_list_purpose'],
    [
      'wrong type',
      async () => on.publish(LIST, { ...(await on.sign(school, statusList(school))), type: ['VerifiableCredential'] }),
      'status_list_type',
    ],
    [
      'another id',
      async () => on.publish(LIST, { ...(await on.sign(school, statusList(school))), id: `${LIST}0` }),
      'status_list_id',
    ],
    ['too short', () => publish([], {}, { encodedList: encode(new Uint8Array(1024)) }), 'status_list_length'],
    ['no gzip', () => publish([], {}, { encodedList: 'uAAAA' }), 'status_list_encoding'],
    [
      'a bomb',
      () => publish([], {}, { encodedList: encode(new Uint8Array(64 * 1024 * 1024)) }),
      'status_list_encoding',
    ],
    [
      'two members',
      () => {
        const half = gzipSync(new Uint8Array(16_384));
        return publish([], {}, { encodedList: `u${Buffer.concat([half, half]).toString('base64url')}` });
      },
      'status_list_encoding',
    ],
    ['index beyond the end', () => publish(), 'status_index_out_of_range', {}, '131072'],
    ['index not a number', () => publish(), 'status_entry_malformed', {}, 'NaN'],
    ['negative index', () => publish(), 'status_entry_malformed', {}, '-1'],
    ['index with a leading zero', () => publish(), 'status_entry_malformed', {}, '007'],
    ['entry id is the list', () => publish(), 'status_entry_malformed', { id: LIST }],
    [
      'a message list without messages',
      () => publish([], {}, { statusPurpose: 'message' }),
      'status_message_unknown',
      { statusPurpose: 'message' },
    ],
    [
      'a purpose nobody has heard of',
      () => publish([], {}, { statusPurpose: 'approval' }),
      'unsupported_purpose',
      { statusPurpose: 'approval' },
    ],
  ];

  it.each(faults)('%s', async (_name, arrange, code, entry = {}, index = '3') => {
    await arrange();
    const document = await on.sign(school, badge(school, statusEntry(index, entry)));
    const report = await on.verifier.verify({ document });
    const status = report.checks.find((one) => one.check === 'status')!;
    expect(status).toMatchObject({ result: 'unknown', code });
    expect(report.verdict).toBe('undetermined');
  });
});

it('a mechanism that is not read is unknown', async () => {
  const base = badge(school, { credentialStatus: { id: LIST, type: '1EdTechJsonSchemaValidator2019' } });
  (base['@context'] as string[]).push('https://purl.imsglobal.org/spec/ob/v3p0/extensions.json');
  const report = await on.verifier.verify({ document: await on.sign(school, base) });
  const status = report.checks.find((one) => one.check === 'status');
  expect(status).toMatchObject({ result: 'unknown', code: 'unsupported_status' });
  expect(report.verdict).toBe('undetermined');
});

describe('the budget', () => {
  it('a server that never answers does not hold the verifier', async () => {
    const limits = { ms: 300, fetches: 12, parallel: 4 };
    const slow = world([actor('anchor')], { limits });
    slow.join(school);
    slow.pages.set(LIST, { body: '', hangs: true });
    const document = await slow.sign(school, badge(school, statusEntry(3)));
    const report = await slow.verifier.verify({ document });
    expect(report.checks.find((one) => one.check === 'status')).toMatchObject({
      result: 'unknown',
      code: 'status_budget',
    });
    expect(report.verdict).toBe('undetermined');
  });

  it('a fetch too many is unknown', async () => {
    const limits = { ms: 8_000, fetches: 1, parallel: 4 };
    const poor = world([actor('anchor')], { limits });
    poor.join(school);
    const document = await poor.sign(school, badge(school, statusEntry(3)));
    poor.publish(LIST, await poor.sign(school, statusList(school), NOW));
    const report = await poor.verifier.verify({ url: document.id as string });
    expect(report.checks.find((one) => one.check === 'status')).toMatchObject({
      result: 'unknown',
      code: 'status_budget',
    });
  });
});
