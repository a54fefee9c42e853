import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBitstring, encodeBitstring, setBit } from '#credentials';
import type { JsonObject } from '#kernel';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { openVcApi, V2, type VcApi } from '../api/vc-api/world.ts';
import { foreignMaker } from './support.ts';

/** Bitstring Status List 1.0, at the endpoint: lists of somebody else, over HTTP. */
let api: VcApi;
let server: Server;
let origin = '';
const pages = new Map<string, { status?: number; body: string }>();
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const { status = 200, body } = pages.get(url!) ?? { status: 404, body: '' };
    response.writeHead(status, { 'content-type': 'application/vc' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  api = await openVcApi({ loopbackOrigins: [{ origin }] }, { keys: false });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

const issuer = throwawaySigner();
const stranger = throwawaySigner();
const AT = '2026-06-15T02:00:00Z';
let serial = 0;

interface Given {
  entry?: JsonObject;
  list?: JsonObject;
  subject?: JsonObject;
  set?: number[];
  by?: typeof issuer;
  page?: { status?: number; body?: string };
}

/** A credential with one entry, and its list at an address of its own. */
async function answerOf({ entry = {}, list = {}, subject = {}, set = [], by = issuer, page }: Given) {
  const path = `/status/${++serial}`;
  const url = `${origin}${path}`;
  const bits = createBitstring(131_072);
  for (const index of set) setBit(bits, index);
  const unsigned = {
    ...{ '@context': [V2], id: url, type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
    ...{ issuer: issuer.did, validFrom: '2026-01-01T00:00:00Z' },
    credentialSubject: {
      ...{ id: `${url}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation' },
      ...{ encodedList: encodeBitstring(bits), ...subject },
    },
    ...list,
  };
  const signed = await foreignMaker.sign(unsigned, by.signer, AT, { profile: 'vc' });
  if (page?.status !== 0) pages.set(path, { body: JSON.stringify(signed), ...page });
  const credential = {
    ...{ '@context': [V2], id: `urn:uuid:9a1c6e11-5e1c-4b7d-9f63-${String(serial).padStart(12, '0')}` },
    ...{ type: ['VerifiableCredential'], issuer: issuer.did, validFrom: '2026-01-01T00:00:00Z' },
    credentialSubject: { id: 'did:example:subject', name: 'Maria Specimen' },
    credentialStatus: {
      ...{ id: `${url}#3`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '3' },
      ...{ statusListCredential: url, ...entry },
    },
  };
  const document = await foreignMaker.sign(credential as JsonObject, issuer.signer, AT, { profile: 'vc' });
  const { body } = await api.verify(document, { returnResults: true });
  return { body, warnings: (body.warnings as { type: string; code: string }[]).map(({ type }) => type.split('#')[1]) };
}

const RETRIEVAL = 'STATUS_RETRIEVAL_ERROR';
const VERIFICATION = 'STATUS_VERIFICATION_ERROR';
const gzipped = (bytes: number) => `u${gzipSync(new Uint8Array(bytes)).toString('base64url')}`;

describe('the status of a credential of somebody else', () => {
  it('is read: good, revoked, suspended', async () => {
    expect(await answerOf({})).toMatchObject({ body: { verified: true, results: { verdict: 'valid' } }, warnings: [] });
    const bad = await answerOf({ set: [3] });
    expect(bad.body).toMatchObject({
      verified: true,
      results: { verdict: 'invalid' },
      warnings: [{ code: 'revoked' }],
    });
    const suspended = await answerOf({
      ...{ set: [3], subject: { statusPurpose: 'suspension' }, entry: { statusPurpose: 'suspension' } },
    });
    expect(suspended.body).toMatchObject({ results: { verdict: 'invalid' }, warnings: [{ code: 'suspended' }] });
  });

  it.each<[string, Given, string]>([
    ['BS-5 there is no list', { page: { status: 0 } }, RETRIEVAL],
    ['BS-5 the server fails', { page: { status: 500 } }, RETRIEVAL],
    ['BS-5 it is no JSON', { page: { body: 'hello' } }, RETRIEVAL],
    ['BS-5 somebody else signed it', { by: stranger }, VERIFICATION],
    ['BS-5 it is of somebody else', { by: stranger, list: { issuer: stranger.did } }, VERIFICATION],
    ['BS-5 it is over', { list: { validUntil: '2026-02-01T00:00:00Z' } }, VERIFICATION],
    ['BS-5 it has not begun', { list: { validFrom: '2999-01-01T00:00:00Z' } }, VERIFICATION],
    ['BS-5 it has another id', { list: { id: 'https://x.example/list' } }, VERIFICATION],
    ['BS-5 it is no list of bits', { list: { type: ['VerifiableCredential'] } }, VERIFICATION],
    ['BS-6 it is too short', { subject: { encodedList: gzipped(16_383) } }, 'STATUS_LIST_LENGTH_ERROR'],
    ['BS-6 the index is outside', { entry: { statusListIndex: '131072' } }, 'RANGE_ERROR'],
    ['BS-7 it is a bomb', { subject: { encodedList: gzipped(64 * 1024 * 1024) } }, VERIFICATION],
    ['BS-7 it is not GZIP', { subject: { encodedList: 'uAAAA' } }, VERIFICATION],
    ['BS-8 it has another purpose', { subject: { statusPurpose: 'suspension' } }, VERIFICATION],
    ['BS-8 it has none of these purposes', { subject: { statusPurpose: ['suspension', 'refresh'] } }, VERIFICATION],
  ])('%s: unknown, and the standard’s name for it', async (_, given, problem) => {
    const { body, warnings } = await answerOf(given);
    expect(body).toMatchObject({ verified: true, results: { verdict: 'undetermined' } });
    expect(warnings).toEqual([problem]);
  });

  it.each<[string, JsonObject]>([
    ['BS-1 no purpose', { statusPurpose: '' }],
    ['BS-1 an index that is a number', { statusListIndex: 3 }],
    ['BS-1 a negative index', { statusListIndex: '-1' }],
    ['BS-1 an index with a zero before', { statusListIndex: '03' }],
    ['BS-2 size 0', { statusSize: 0 }],
    ['BS-2 size 2 without messages', { statusSize: 2 }],
    [
      'BS-2 size 2 with two messages',
      { statusSize: 2, statusMessage: ['0x0', '0x1'].map((status) => ({ status, message: 'x' })) },
    ],
  ])('%s: never good', async (_, entry) => {
    const { body } = await answerOf({ entry });
    expect(['undetermined', 'invalid']).toContain(body.results?.verdict ?? 'invalid');
    expect(body.errors.length + body.warnings.length).toBeGreaterThan(0);
  });
});
