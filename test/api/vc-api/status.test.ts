import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { decodeBitstring, isSet } from './bits.ts';
import { openVcApi, SLUG, V2, type VcApi } from './world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi();
});
afterAll(() => api.close());

const bare = { '@context': [V2], credentialSubject: { id: 'did:example:s', name: 'Maria Specimen' } };
const issue = (purpose: 'revocation' | 'suspension', more: JsonObject = {}) =>
  api.issued(api.credential({ ...bare, ...more }), `eddsa-rdfc-2022+${purpose}`);
const entryOf = (credential: JsonObject) => credential.credentialStatus as Record<string, string>;
const set = (credentialId: unknown, statusPurpose: string, more: JsonObject = {}, key = api.issuer) =>
  api.call('POST', '/vc-api/credentials/status', {
    ...{ key, body: { credentialId, credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose }, ...more } },
  });
const listOf = async (credential: JsonObject) => {
  const url = new URL(entryOf(credential).statusListCredential!);
  return (await api.call<JsonObject>('GET', url.pathname)).body;
};
const bitOf = async (credential: JsonObject) => {
  const subject = (await listOf(credential)).credentialSubject as Record<string, string>;
  return isSet(decodeBitstring(subject.encodedList!), Number(entryOf(credential).statusListIndex));
};

describe('Data Model: BitstringStatusList Entry', () => {
  it('has the type, a purpose that is a string, an index in base 10, the URL of the list, and an id that is not that', async () => {
    const entry = entryOf(await issue('revocation'));
    expect(entry).toEqual({
      id: expect.any(String),
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^(?:0|[1-9]\d*)$/),
      statusListCredential: expect.stringMatching(/^http/),
    });
    expect(entry.id).not.toBe(entry.statusListCredential);
  });

  it('indexes are drawn at random, and none is given out twice', async () => {
    const indexes = [];
    for (let n = 0; n < 12; n++) indexes.push(Number(entryOf(await issue('revocation')).statusListIndex));
    expect(new Set(indexes.map((index) => Math.min(index, index ^ 7))).size).toBe(12);
    expect(Math.max(...indexes) - Math.min(...indexes)).toBeGreaterThan(1_000);
  });

  it('a credential that has a status keeps it, and enters no list', async () => {
    const own = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7' };
    const entry = { ...own, statusListCredential: 'https://specimen.example/lists/1' };
    const signed = await issue('revocation', { credentialStatus: entry });
    expect(signed.credentialStatus).toEqual(entry);
    const [row] = await api.app.storage.reader.plainCredentialsNamed(SLUG, String(signed.id), 1);
    expect(row!.statusListId).toBeUndefined();
  });
});

describe('Data Model: BitstringStatusList Credential', () => {
  it('conforms, has both types, verifies, and says the purpose of its entries', async () => {
    const list = await listOf(await issue('suspension'));
    expect(list.type).toEqual(['VerifiableCredential', 'BitstringStatusListCredential']);
    expect(list.credentialSubject).toMatchObject({ type: 'BitstringStatusList', statusPurpose: 'suspension' });
    expect((await api.verify(list)).body).toMatchObject({ verified: true });
  });

  it('encodedList is multibase base64url of GZIP, at least 16 KiB uncompressed', async () => {
    const subject = (await listOf(await issue('revocation'))).credentialSubject as Record<string, string>;
    expect(subject.encodedList).toMatch(/^uH4sI[A-Za-z0-9_-]+$/);
    expect(decodeBitstring(subject.encodedList!).length).toBeGreaterThanOrEqual(16 * 1024);
  });

  it('POST /status-lists makes a list that later credentials enter, GET serves it', async () => {
    const made = await api.call<{ id: string; verifiableCredential: JsonObject }>('POST', '/vc-api/status-lists', {
      ...{ key: api.issuer, body: { statusPurpose: 'revocation' } },
    });
    expect(made.status).toBe(201);
    expect(made.body.verifiableCredential.id).toBe(made.body.id);
    const got = await api.call('GET', `/vc-api/status-lists/${made.body.id.split('/').at(-1)}`);
    expect(got.body).toEqual(made.body.verifiableCredential);
    expect((await api.call('GET', `/vc-api/status-lists/${'0'.repeat(26)}`)).status).toBe(404);
    expect(entryOf(await issue('revocation')).statusListCredential).toBe(made.body.id);
    const bad = await api.call('POST', '/vc-api/status-lists', { key: api.issuer, body: { statusPurpose: 'message' } });
    expect(bad.status).toBe(400);
  });

  it('lists of badges and of other credentials are never the same', async () => {
    const { reader } = api.app.storage;
    const plain = await reader.openStatusList(SLUG, 'revocation', 'plain');
    await api.badge();
    const badges = await reader.openStatusList(SLUG, 'revocation');
    expect([badges!.listId === plain!.listId, badges!.kind, plain!.kind]).toEqual([false, undefined, 'plain']);
    expect(await api.app.storage.integrity()).toEqual([]);
  });
});

describe('VCALM: Update Status', () => {
  it('sets the bit, published before the answer, and verifiers see it', async () => {
    const credential = await issue('revocation');
    expect(await bitOf(credential)).toBe(false);
    expect((await set(credential.id, 'revocation', { status: true })).status).toBe(200);
    expect(await bitOf(credential)).toBe(true);
    const answer = await api.verify(credential, { returnResults: true });
    expect(answer.body).toMatchObject({ verified: true, errors: [], results: { verdict: 'invalid' } });
    expect(answer.body.warnings).toContainEqual(expect.objectContaining({ check: 'status', code: 'revoked' }));
  });

  it('without "status" the bit is set, as the status list suite asks', async () => {
    const credential = await issue('suspension');
    expect((await set(credential.id, 'suspension')).status).toBe(200);
    expect(await bitOf(credential)).toBe(true);
    expect((await set(credential.id, 'suspension', { status: false })).status).toBe(200);
    expect(await bitOf(credential)).toBe(false);
  });

  it('a revocation is final, and again revoking changes nothing', async () => {
    const credential = await issue('revocation');
    for (const status of [true, true]) expect((await set(credential.id, 'revocation', { status })).status).toBe(200);
    const back = await set(credential.id, 'revocation', { status: false });
    expect(back.status).toBe(400);
    expect(await bitOf(credential)).toBe(true);
  });

  it('404 for no credential or another institution’s, 400 for an entry that is not its own', async () => {
    const credential = await issue('revocation');
    const { issuer } = await api.institution('specimen-neighbour');
    expect((await set(credential.id, 'revocation', {}, issuer)).status).toBe(404);
    expect((await set('urn:uuid:none', 'revocation')).status).toBe(404);
    expect((await set(credential.id, 'suspension')).status).toBe(400);
    const { id: _, ...entry } = entryOf(credential);
    const named = { ...entry, statusListIndex: String(Number(entry.statusListIndex) + 1) };
    expect((await set(credential.id, 'revocation', { credentialStatus: named })).status).toBe(400);
    expect((await set(credential.id, 'revocation', { credentialStatus: { ...named, type: 'Other' } })).status).toBe(
      400,
    );
    expect(await bitOf(credential)).toBe(false);
  });

  it('reaches every credential that bears the id, removed ones too', async () => {
    const id = 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-ffffffffffff';
    const both = [await issue('revocation', { id }), await issue('revocation', { id })];
    await api.call('DELETE', `/vc-api/credentials/${encodeURIComponent(id)}`, { key: api.issuer });
    expect((await set(id, 'revocation')).status).toBe(200);
    expect(await Promise.all(both.map(bitOf))).toEqual([true, true]);
  });
});
