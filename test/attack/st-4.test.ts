import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBitstring } from '#credentials';
import { type JsonObject, LIMITS } from '#kernel';
import { statusProblemOf } from '#verifier';
import { type Answer, type Fault, json, statusServer, stranger } from './status-server.ts';

const encode = (gzip: Uint8Array) => `u${Buffer.from(gzip).toString('base64url')}`;

let server: Awaited<ReturnType<typeof statusServer>>;
beforeAll(async () => {
  server = await statusServer();
});
afterAll(() => server.close());

const RETRIEVAL = 'STATUS_RETRIEVAL_ERROR';
const VERIFICATION = 'STATUS_VERIFICATION_ERROR';
const redirect =
  (to: string): Answer =>
  (response) =>
    response.writeHead(302, { location: to }).end();

const FAULTS: Record<string, Fault & { code: string; problem: string }> = {
  'nobody listens': {
    entry: (_, dead) => ({ statusListCredential: `${dead}/list` }),
    code: 'status_unreachable',
    problem: RETRIEVAL,
  },
  'the connection breaks': {
    answer: () => (response) => response.socket!.destroy(),
    code: 'status_unreachable',
    problem: RETRIEVAL,
  },
  404: { answer: () => (response) => response.writeHead(404).end(), code: 'status_http_status', problem: RETRIEVAL },
  500: { answer: () => (response) => response.writeHead(500).end(), code: 'status_http_status', problem: RETRIEVAL },
  'a web page': {
    answer: () => json('<html></html>', 'text/html'),
    code: 'status_not_json',
    problem: RETRIEVAL,
  },
  'no JSON': { answer: () => json('hello'), code: 'status_malformed', problem: RETRIEVAL },
  'a member twice': { answer: () => json('{"a":1,"a":2}'), code: 'status_malformed', problem: RETRIEVAL },
  'redirects in a circle': { answer: (url) => redirect(url), code: 'status_unreachable', problem: RETRIEVAL },
  'a redirect to a private address': {
    answer: () => redirect('https://169.254.169.254/latest'),
    code: 'status_refused',
    problem: RETRIEVAL,
  },
  'an answer cut off': {
    answer: () => (response) => response.writeHead(200, { 'content-length': 500 }).write('{', () => response.destroy()),
    code: 'status_unreachable',
    problem: RETRIEVAL,
  },
  'too large': {
    answer: () => json(`"${'a'.repeat(LIMITS.fetchBytes)}"`),
    code: 'status_unreachable',
    problem: RETRIEVAL,
  },
  stale: { list: { validUntil: '2026-11-24T00:59:59Z' }, code: 'status_list_stale', problem: VERIFICATION },
  'not yet valid': {
    list: { validFrom: '2026-11-24T01:02:00Z' },
    code: 'status_list_not_yet_valid',
    problem: VERIFICATION,
  },
  'another issuer': {
    list: { issuer: stranger.did },
    by: stranger,
    code: 'status_list_issuer',
    problem: VERIFICATION,
  },
  'signed by another': { by: stranger, code: 'status_list_proof_fail', problem: VERIFICATION },
  'another purpose': {
    subject: { statusPurpose: 'suspension' },
    code: 'status_list_purpose',
    problem: VERIFICATION,
  },
  'another type': {
    after: (signed) => {
      signed.type = ['VerifiableCredential'];
    },
    code: 'status_list_type',
    problem: VERIFICATION,
  },
  'another id': { list: { id: 'https://school.example/status/other' }, code: 'status_list_id', problem: VERIFICATION },
  'a broken proof': {
    after: (signed) => {
      (signed.credentialSubject as JsonObject).encodedList = encodeBitstring(new Uint8Array(16_384));
    },
    subject: { encodedList: encodeBitstring(new Uint8Array(16_384).fill(255)) },
    code: 'status_list_proof_fail',
    problem: VERIFICATION,
  },
  'no proof': {
    after: (signed) => {
      delete signed.proof;
    },
    code: 'status_list_proof_fail',
    problem: VERIFICATION,
  },
  'index NaN': { entry: () => ({ statusListIndex: 'NaN' }), code: 'status_entry_malformed', problem: VERIFICATION },
  'index -1': { entry: () => ({ statusListIndex: '-1' }), code: 'status_entry_malformed', problem: VERIFICATION },
  'index 1.5': { entry: () => ({ statusListIndex: '1.5' }), code: 'status_entry_malformed', problem: VERIFICATION },
  'index 01': { entry: () => ({ statusListIndex: '01' }), code: 'status_entry_malformed', problem: VERIFICATION },
  'index beyond the end': {
    entry: () => ({ statusListIndex: '131072' }),
    code: 'status_index_out_of_range',
    problem: 'RANGE_ERROR',
  },
  'the entry named like the list': {
    entry: (url) => ({ id: url }),
    code: 'status_entry_malformed',
    problem: VERIFICATION,
  },
  'a bitstring cut off': {
    subject: { encodedList: encode(gzipSync(new Uint8Array(16_384)).subarray(0, -4)) },
    code: 'status_list_encoding',
    problem: VERIFICATION,
  },
  'a bitstring too short': {
    subject: { encodedList: encode(gzipSync(new Uint8Array(16_383))) },
    code: 'status_list_length',
    problem: 'STATUS_LIST_LENGTH_ERROR',
  },
  'a bomb': {
    subject: { encodedList: encode(gzipSync(new Uint8Array(64 * 1024 * 1024))) },
    code: 'status_list_encoding',
    problem: VERIFICATION,
  },
};

describe('ST-4 a status list that fails is unknown: neither valid nor revoked', () => {
  it('the server and the list are good where nothing is broken', async () => {
    expect(await server.verify({})).toMatchObject({
      status: { result: 'pass', code: 'not_revoked' },
      verdict: 'valid',
    });
  });

  it(`has ${Object.keys(FAULTS).length} cases, at least 20`, () => {
    expect(Object.keys(FAULTS).length).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.entries(FAULTS))('%s', async (_, fault) => {
    const { status, verdict } = await server.verify(fault);
    expect({ result: status.result, code: status.code, verdict }).toEqual({
      result: 'unknown',
      code: fault.code,
      verdict: 'undetermined',
    });
    expect(statusProblemOf(status)).toBe(`https://www.w3.org/ns/credentials/status-list#${fault.problem}`);
  });
});
