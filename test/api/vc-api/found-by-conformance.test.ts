import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHolder } from '../../conformance/client/holder.ts';
import { presentationOf } from './holder.ts';
import { openVcApi, SLUG, V2, type VcApi } from './world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false, env: { TATAK_VC_API_OPEN: SLUG } });
});
afterAll(() => api.close());

/** Of somebody, over another document: it does not hold, and it looks like any other. */
const foreign = () => createHolder().signAnything(api.credential(), { id: 'urn:x-specimen:proof' }).proof;

describe('a chain upon a proof of the caller that does not hold', () => {
  it('is refused by name, with and without a key to come back by, and signing goes on', async () => {
    const withKey: Record<string, string> = { 'idempotency-key': 'a-chain' };
    for (const headers of [{}, withKey]) {
      const body = { credential: api.credential({ proof: foreign() }) };
      const answer = await api.issue(body, 'eddsa-rdfc-2022+chain', headers);
      expect([answer.status, answer.body.pointer]).toEqual([400, '/credential/proof']);
      expect(answer.body.errors[0].code).toMatch(/^previous_proof_/);
    }
    expect((await api.issue({ credential: api.credential() })).status).toBe(201);
    const health = await api.call<{ checks: object }>('GET', '/health');
    expect(health.body.checks).toMatchObject({ signing: 'ok' });
    expect(await api.app.storage.reader.preparedPlainCredentials(10)).toEqual([]);
  });
});

describe('an envelope', () => {
  it('that holds an address is no reason to fetch anything', async () => {
    for (const held of [
      'https://127.0.0.1:1/x',
      'http://specimen.example/x',
      '{"type":"VerifiableCredential"}',
      '<svg/>',
    ]) {
      const vc = { '@context': [V2], type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${held}` };
      const answer = await api.verify(vc);
      expect([held, answer.status]).toEqual([held, 400]);
      expect(answer.body.type).not.toMatch(/fetch/);
      const vp = { '@context': [V2], type: 'EnvelopedVerifiablePresentation', id: `data:application/vp+jwt,${held}` };
      const shown = await api.verifyPresentation({ verifiablePresentation: vp });
      expect([shown.status, shown.body.verified ?? false]).toEqual([400, false]);
      expect(shown.body.type).not.toMatch(/fetch/);
    }
  });
});

describe('a related resource that everybody knows', () => {
  it('is not signed with another digest', async () => {
    const relatedResource = { id: V2, digestSRI: `sha256-${'A'.repeat(43)}=` };
    const answer = await api.issue({ credential: api.credential({ relatedResource }) });
    expect([answer.status, answer.body.errors]).toMatchObject([400, [{ pointer: '/credential/relatedResource' }]]);
  });
});

describe('a presentation that nobody signed', () => {
  it('is not verified with a name that no context defines', async () => {
    const presentation = { ...presentationOf(undefined, await api.issued(api.credential())), undefinedName: 'x' };
    const answer = await api.verifyPresentation({ presentation });
    expect(answer.body).toMatchObject({ verified: false, errors: [{ check: 'document', code: 'undefined_term' }] });
  });
});

describe('the open VC API', () => {
  it('is not open to a page of somebody else, by whatever name it gets here', async () => {
    const body = { credential: api.credential() };
    const foreign: Record<string, string>[] = [
      { host: 'evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      const answer = await api.call('POST', '/vc-api/credentials/issue', { body, headers });
      expect([headers, answer.status]).toEqual([headers, 401]);
    }
    const own = await api.call('POST', '/vc-api/credentials/issue', { body, headers: { host: 'localhost:8480' } });
    expect(own.status).toBe(201);
  });
});

describe('what the framework refuses before there is a route', () => {
  it('is a problem document that quotes nothing', async () => {
    const { status, text } = await api.call('GET', '/vc-api/credentials/%ff');
    expect([status, JSON.parse(text)]).toMatchObject([404, { type: 'urn:tatak:problem:not-found', status: 404 }]);
    expect(text).not.toContain('%ff');
  });

  it('a Content-Encoding is refused by name', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect((await api.call('POST', '/vc-api/credentials/verify', { body: {}, headers })).status).toBe(415);
  });
});
