import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createBudget, VERIFY_LIMITS } from '../../src/verifier/budget.ts';
import { checkStatus } from '../../src/verifier/checks/status.ts';
import { createSession } from '../../src/verifier/session.ts';
import { actor, badge, world } from './world.ts';

const LIST = 'https://school.example/revocations/1';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const ID = 'https://school.example/credentials/1';

const school = actor('school');
const on = world([actor('anchor')]);
on.join(school);

const publish = (list: Json) =>
  void on.pages.set(LIST, { body: JSON.stringify(list), contentType: 'application/json' });
const listOf = (revokedCredential: Json, more: JsonObject = {}) => ({
  id: LIST,
  issuer: school.did,
  revokedCredential,
  ...more,
});
const check = (entry: JsonObject = { id: LIST, type: '1EdTechRevocationList' }, id: string | undefined = ID) =>
  checkStatus(
    entry,
    { issuer: school.did, ...(id === undefined ? {} : { id }) },
    createSession(
      on.looking,
      createBudget(VERIFY_LIMITS, () => performance.now()),
    ),
  );

describe('1EdTechRevocationList', () => {
  it('decides the verdict of a whole badge', async () => {
    const base = badge(school, { credentialStatus: { id: LIST, type: '1EdTechRevocationList' } });
    (base['@context'] as string[]).splice(2, 0, EXTENSIONS);
    const document = await on.sign(school, base);
    publish(listOf([{ id: ID, revocationReason: 'Issued in error.' }]));
    const revoked = await on.verifier.verify({ document });
    expect(revoked.checks.find((one) => one.check === 'document')!.result).toBe('pass');
    expect(revoked.checks.find((one) => one.check === 'status')).toMatchObject({
      result: 'fail',
      code: 'revoked',
      evidence: { status: 1, valid: false, message: 'Issued in error.', signed: false, issuersHost: true },
    });
    expect(revoked.verdict).toBe('invalid');
    publish(listOf([{ id: `${ID}0`, revoked: true }]));
    const good = await on.verifier.verify({ document });
    expect(good.verdict).toBe('valid');
    on.pages.delete(LIST);
    expect((await on.verifier.verify({ document })).verdict).toBe('undetermined');
  });

  it.each<[string, Json]>([
    ['revoked true', [{ id: ID, revoked: true }]],
    ['revoked absent', [{ id: ID }]],
    ['a single object', { id: ID }],
    ['a bare id', [ID]],
    ['the last of many', [...Array.from({ length: 500 }, (_, at) => ({ id: `${ID}-${at}` })), { id: ID }]],
    ['taken back once and listed again', [{ id: ID, revoked: false }, { id: ID }]],
    ['written otherwise', [{ id: ' HTTPS://School.Example:443/credentials/%31 ' }]],
    ['beside an entry that cannot be read', [{}, { id: ID }]],
  ])('%s: revoked', async (_, entries) => {
    publish(listOf(entries));
    expect(await check()).toMatchObject({ result: 'fail', code: 'revoked' });
  });

  it.each<[string, Json]>([
    ['nobody', []],
    ['somebody else', [{ id: `${ID}/` }, { id: 'urn:uuid:1' }]],
    ['revoked false', [{ id: ID, revoked: false }]],
  ])('%s: good', async (_, entries) => {
    publish(listOf(entries));
    expect(await check()).toMatchObject({ result: 'pass', code: 'not_revoked' });
  });

  it.each<[string, Json, string]>([
    ['no list in it', { id: LIST, issuer: 'did:web:school.example' }, 'status_list_malformed'],
    ['an entry without id', listOf([{ revoked: true }]), 'status_list_malformed'],
    ['an entry that is no object', listOf([7]), 'status_list_malformed'],
    ['null', listOf(null), 'status_list_malformed'],
    ['revoked in words', listOf([{ id: ID, revoked: 'false' }]), 'status_list_malformed'],
    ['another list', listOf([], { id: `${LIST}0` }), 'status_list_id'],
    ['another issuer', listOf([], { issuer: 'did:web:other.example' }), 'status_list_issuer'],
    ['an issuer that is nobody', listOf([], { issuer: {} }), 'status_list_issuer'],
    ['a JSON list', [], 'status_malformed'],
  ])('%s: unknown', async (_, list, code) => {
    publish(list);
    expect(await check()).toMatchObject({ result: 'unknown', code });
  });

  it('no list, or none at a usable address: unknown', async () => {
    on.pages.delete(LIST);
    expect(await check()).toMatchObject({ result: 'unknown', code: 'status_unreachable' });
    on.pages.set(LIST, { body: '<html></html>', contentType: 'text/html' });
    expect(await check()).toMatchObject({ result: 'unknown', code: 'status_not_json' });
    expect(await check({ type: '1EdTechRevocationList' })).toMatchObject({ code: 'status_entry_malformed' });
    publish(listOf([]));
    expect(await check(undefined, '')).toMatchObject({ code: 'status_no_credential_id' });
  });

  it('an issuer given as an object, and neither issuer nor id at all, are read', async () => {
    publish(listOf([], { issuer: { id: school.did, type: 'Profile' } }));
    expect(await check()).toMatchObject({ code: 'not_revoked' });
    publish({ revokedCredential: [] });
    expect(await check()).toMatchObject({ code: 'not_revoked' });
  });

  it('an address the issuer chose elsewhere is read, and said so; one that leads elsewhere is not', async () => {
    const elsewhere = 'https://lists.example/revocations/1';
    on.pages.set(elsewhere, { body: JSON.stringify({ revokedCredential: [] }), contentType: 'application/json' });
    expect(await check({ id: elsewhere, type: '1EdTechRevocationList' })).toMatchObject({
      code: 'not_revoked',
      evidence: { issuersHost: false },
    });
    const away = createSession(
      { ...on.looking, fetch: async (_, options) => on.looking.fetch(elsewhere, options) },
      createBudget(VERIFY_LIMITS, () => performance.now()),
    );
    const entry = { id: LIST, type: '1EdTechRevocationList' };
    const answer = await checkStatus(entry, { id: ID, issuer: school.did }, away);
    expect(answer).toMatchObject({ result: 'unknown', code: 'status_list_redirected' });
  });
});
