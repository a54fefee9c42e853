import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBitstring, setBit } from '#credentials';
import type { JsonObject } from '#kernel';
import { createBudget, VERIFY_LIMITS } from '../../src/verifier/budget.ts';
import { checkStatus } from '../../src/verifier/checks/status.ts';
import { createSession } from '../../src/verifier/session.ts';
import { readBitstringEntry } from '../../src/verifier/status-entry.ts';
import { type Actor, actor, LIST, statusEntry, statusList, type World, world } from './world.ts';

let school: Actor;
let bureau: Actor;
let on: World;

beforeAll(async () => {
  bureau = actor('bureau');
  school = actor('school');
  on = world([actor('anchor')]);
  on.join(school);
  on.join(bureau);
});

const AT = '2026-11-24T00:00:00Z';
const entry = (index: number, more: JsonObject = {}) => statusEntry(index, more).credentialStatus as JsonObject;
const check = async (entries: JsonObject | JsonObject[]) => {
  const session = createSession(
    on.looking,
    createBudget(VERIFY_LIMITS, () => performance.now()),
  );
  return checkStatus(entries, { id: 'https://school.example/credentials/1', issuer: school.did }, session);
};

/** A list at its own address. */
async function publish(name: string, purpose: string | string[], set: number[], more: JsonObject = {}, by = school) {
  const id = `https://school.example/status/${name}`;
  const list = statusList(by, set, { id, ...more }, { id: `${id}#list`, statusPurpose: purpose });
  on.publish(id, await on.sign(by, list, AT));
  return (index: number, of: JsonObject = {}) =>
    entry(index, {
      id: `${id}#${index}`,
      statusListCredential: id,
      statusPurpose: Array.isArray(purpose) ? purpose[0]! : purpose,
      ...of,
    });
}

describe('purposes', () => {
  it('refresh: a newer version is a warning, never a failure', async () => {
    const of = await publish('refresh', 'refresh', [4]);
    expect(await check(of(4))).toMatchObject({ result: 'warning', code: 'refresh_available' });
    expect(await check(of(5))).toMatchObject({ result: 'pass', code: 'no_refresh' });
  });

  it('a list for several purposes answers for each', async () => {
    const of = await publish('several', ['suspension', 'revocation'], [4]);
    expect(await check(of(4))).toMatchObject({ code: 'suspended' });
    expect(await check(of(4, { statusPurpose: 'revocation' }))).toMatchObject({ code: 'revoked' });
    expect(await check(of(4, { statusPurpose: 'refresh' }))).toMatchObject({ code: 'status_list_purpose' });
  });

  const words = ['pending review', 'accepted', 'rejected', 'undefined'];
  const statusMessage = words.map((message, at) => ({ status: `0x${at}`, message }));

  it('message: the value is looked up, and the words are the issuer’s', async () => {
    // Entry 3 of two bits is bits 6 and 7, the more significant first: 10 is 2.
    const many = await withSize('message', 2, [6]);
    const answer = await check(many(3, { statusSize: 2, statusMessage }));
    expect(answer).toMatchObject({
      result: 'warning',
      code: 'status_message',
      evidence: { status: 2, purpose: 'message', valid: false, message: 'rejected' },
    });
    expect(answer.message.en).toContain('“rejected”');
    const other = await check(many(0, { statusSize: 2, statusMessage: [...statusMessage].reverse() }));
    expect(other.evidence).toMatchObject({ status: 0, valid: true, message: 'pending review' });
  });

  it('words that would be seen wrongly are not put into a sentence', async () => {
    const many = await withSize('hostile', 1, [0]);
    const hostile = [
      { status: '0x0', message: 'fine' },
      { status: '0x1', message: 'a\u202eb' },
    ];
    const answer = await check(many(0, { statusMessage: hostile }));
    expect(answer.message.en).not.toContain('\u202e');
    expect(answer.evidence.message).toBe('a\u202eb');
  });

  it('two bits: any value but 0 is revoked', async () => {
    const many = await withSize('wide', 2, [7], 'revocation');
    expect(await check(many(3, { statusSize: 2, statusMessage }))).toMatchObject({
      code: 'revoked',
      evidence: { status: 1 },
    });
    expect(await check(many(2, { statusSize: 2, statusMessage }))).toMatchObject({ code: 'not_revoked' });
    expect(await check(many(131_071, { statusSize: 2, statusMessage }))).toMatchObject({ code: 'not_revoked' });
    expect(await check(many(131_072, { statusSize: 2, statusMessage }))).toMatchObject({
      result: 'unknown',
      code: 'status_index_out_of_range',
    });
  });

  it('a list too short for entries of that size is unknown', async () => {
    const of = await publish('short', 'message', []);
    expect(await check(of(3, { statusSize: 2, statusMessage }))).toMatchObject({ code: 'status_list_length' });
  });

  /** A list with room for 131,072 entries of `size` bits. */
  async function withSize(name: string, size: number, set: number[], purpose = 'message') {
    const id = `https://school.example/status/${name}`;
    const bits = new Uint8Array((131_072 * size) / 8);
    for (const index of set) setBit(bits, index);
    const list = statusList(school, [], { id }, { statusPurpose: purpose, encodedList: encodeBitstring(bits) });
    on.publish(id, await on.sign(school, list, AT));
    return (index: number, more: JsonObject = {}) =>
      entry(index, { id: `${id}#${index}`, statusListCredential: id, statusPurpose: purpose, ...more });
  }
});

describe('the model of an entry', () => {
  const two = [
    { status: '0x0', message: 'a' },
    { status: '0x1', message: 'b' },
  ];
  const bad: [string, JsonObject][] = [
    ['no purpose', { statusPurpose: '' }],
    ['a list of purposes', { statusPurpose: ['revocation'] }],
    ['an index that is a number', { statusListIndex: 3 }],
    ['a float', { statusListIndex: '3.0' }],
    ['hexadecimal', { statusListIndex: '0x3' }],
    ['01', { statusListIndex: '01' }],
    ['a space', { statusListIndex: ' 3' }],
    ['no address', { statusListCredential: 'list' }],
    ['id of the list', { id: LIST }],
    ['id no address', { id: 'x' }],
    ['size 0', { statusSize: 0 }],
    ['size -1', { statusSize: -1 }],
    ['size 1.5', { statusSize: 1.5 }],
    ['size in words', { statusSize: '1' }],
    ['size 2 without messages', { statusSize: 2 }],
    ['size 2 with two messages', { statusSize: 2, statusMessage: two }],
    ['one message for two values', { statusMessage: two.slice(1) }],
    ['the same value twice', { statusMessage: [two[0]!, two[0]!] }],
    ['a value beyond the size', { statusMessage: [two[0]!, { status: '0x2', message: 'c' }] }],
    ['a value that is no number', { statusMessage: [two[0]!, { status: '1', message: 'c' }] }],
    ['a message that is no text', { statusMessage: [two[0]!, { status: '0x1', message: 1 }] }],
    ['no list of messages', { statusMessage: { status: '0x0', message: 'a' } }],
  ];

  it.each(bad)('%s is no entry, and nothing is fetched for it', async (_, more) => {
    expect(readBitstringEntry(entry(3, more))).toBeUndefined();
    const asked = on.asked.length;
    expect(await check(entry(3, more))).toMatchObject({ result: 'unknown', code: 'status_entry_malformed' });
    expect(on.asked.length).toBe(asked);
  });

  it('an entry without id and with messages for one bit is one', () => {
    const { id: _, ...rest } = entry(3, { statusMessage: two, statusSize: 1 });
    expect(readBitstringEntry(rest)).toMatchObject({ index: 3, size: 1, purpose: 'revocation' });
  });
});

describe('several entries', () => {
  it('one that is bad is enough, then one that is unknown, then one that warns', async () => {
    const revocation = await publish('m-revocation', 'revocation', [1]);
    const suspension = await publish('m-suspension', 'suspension', [1]);
    const refresh = await publish('m-refresh', 'refresh', [1]);
    const gone = entry(1, { id: 'urn:x:1', statusListCredential: 'https://school.example/status/gone' });
    const outcome = async (...entries: JsonObject[]) => {
      const { result, code } = await check(entries);
      return `${result} ${code}`;
    };
    expect(await outcome(revocation(2), suspension(2))).toBe('pass not_revoked');
    expect(await outcome(revocation(2), suspension(1))).toBe('fail suspended');
    expect(await outcome(gone, suspension(1))).toBe('fail suspended');
    expect(await outcome(revocation(2), gone)).toBe('unknown status_unreachable');
    expect(await outcome(revocation(2), refresh(1))).toBe('warning refresh_available');
    expect(await outcome(refresh(1), gone)).toBe('unknown status_unreachable');
    const both = await check([revocation(2), suspension(2)]);
    expect(both.evidence.entries).toMatchObject([
      { result: 'pass', code: 'not_revoked', status: 0, valid: true, purpose: 'revocation' },
      { result: 'pass', code: 'not_suspended', status: 0, valid: true, purpose: 'suspension' },
    ]);
  });

  it.each([
    ['none', []],
    ['eleven', Array.from({ length: 11 }, () => ({}))],
    ['one that is no object', ['x' as never]],
    ['one of two mechanisms', [{ type: ['BitstringStatusListEntry', '1EdTechRevocationList'] }]],
  ])('%s is unknown', async (_, entries) => {
    expect(await check(entries as JsonObject[])).toMatchObject({ result: 'unknown', code: 'status_entry_malformed' });
  });
});

describe('whose list it is', () => {
  it('somebody else’s says nothing', async () => {
    const of = await publish('stranger', 'revocation', [1], {}, bureau);
    expect(await check(of(1))).toMatchObject({ result: 'unknown', code: 'status_list_issuer' });
  });

  it('whoever controls the DID document of the issuer may speak, and is named', async () => {
    const of = await publish('delegate', 'revocation', [1], {}, bureau);
    school.document.controller = [school.did, bureau.did];
    expect(await check(of(1))).toMatchObject({ code: 'revoked', evidence: { listIssuer: bureau.did } });
    expect(await check(of(2))).toMatchObject({ code: 'not_revoked' });
    school.document.controller = 'did:web:other.example';
    expect(await check(of(1))).toMatchObject({ code: 'status_list_issuer' });
    delete school.document.controller;
  });

  it('a list that says nothing of its dates is read; one that says them wrongly is not', async () => {
    const id = 'https://school.example/status/dateless';
    const { validFrom: _, validUntil: __, ...list } = statusList(school, [1], { id });
    on.publish(id, await on.sign(school, list, AT));
    expect(await check(entry(1, { statusListCredential: id }))).toMatchObject({ code: 'revoked' });
    on.publish(id, { ...list, validFrom: '2026-11-24' });
    expect(await check(entry(1, { statusListCredential: id }))).toMatchObject({ code: 'status_list_dates' });
  });

  it.each([-1, 1.5, '60000'])('ttl %s is no ttl', async (ttl) => {
    const id = 'https://school.example/status/ttl';
    on.publish(id, await on.sign(school, statusList(school, [], { id }, { ttl }), AT));
    expect(await check(entry(1, { statusListCredential: id }))).toMatchObject({ code: 'status_list_ttl' });
  });
});
