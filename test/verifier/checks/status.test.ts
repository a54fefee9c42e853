import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { checkStatus } from '../../../src/verifier/checks/status.ts';
import type { Session } from '../../../src/verifier/session.ts';

// Nothing here may be looked up.
const session = {} as Session;
const of = { issuer: 'did:web:school.example' };
const other = (count: number) => Array.from({ length: count }, () => ({ type: 'OtherStatus' }));

describe('entries that lead to no list', () => {
  it('none at all is no question', async () => {
    expect(await checkStatus(undefined, of, session)).toMatchObject({
      check: 'status',
      result: 'not_applicable',
      code: 'no_status',
      evidence: {},
    });
  });

  it.each<[string, unknown, string]>([
    ['an empty list', [], 'status_entry_malformed'],
    ['ten of a kind nobody reads', other(10), 'unsupported_status'],
    ['eleven', other(11), 'status_entry_malformed'],
    ['text', 'https://school.example/status/1', 'status_entry_malformed'],
    ['null', null, 'status_entry_malformed'],
    ['without a type', {}, 'unsupported_status'],
    ['a type every object has a member of', { type: 'toString' }, 'unsupported_status'],
    ['of two kinds at once', { type: ['BitstringStatusListEntry', '1EdTechRevocationList'] }, 'status_entry_malformed'],
  ])('%s: never a pass and never a fail', async (_, entries, code) => {
    expect(await checkStatus(entries as JsonObject, of, session)).toMatchObject({ result: 'unknown', code });
  });

  it('of several, each is told; of one, nothing more', async () => {
    expect((await checkStatus(other(1), of, session)).evidence).toEqual({});
    expect((await checkStatus(other(2), of, session)).evidence.entries).toEqual([
      { result: 'unknown', code: 'unsupported_status' },
      { result: 'unknown', code: 'unsupported_status' },
    ]);
  });
});
