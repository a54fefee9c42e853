import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonObject, sha256Hex } from '#kernel';
import { openVcApi, SLUG, TERM, V2, type VcApi } from './world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi();
});
afterAll(() => api.close());

/** What is stored of this tenant: nothing may be left of a request that was refused. */
const audited = async () => (await api.app.storage.reader.auditEntries(SLUG, { limit: 500 })).items;

async function refused(body: object, status = 400, pointer?: string, instance?: string) {
  const before = (await audited()).length;
  const answer = await api.issue(body, instance);
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(answer.text).not.toMatch(/\bat .*\.ts:\d+/);
  if (pointer !== undefined) {
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  }
  expect(await audited()).toHaveLength(before);
  expect(await api.app.storage.reader.preparedPlainCredentials(9)).toEqual([]);
  return answer;
}

describe('vc-api-issuer', () => {
  it('Request body MUST have property "credential".', async () => {
    await refused({ verifiableCredential: api.credential() });
    await refused({});
    for (const credential of [null, 4, 'text', [], true]) await refused({ credential });
  });

  it('credential MUST have property "@context", an array whose items are strings or objects', async () => {
    const { '@context': _, ...without } = api.credential();
    await refused({ credential: without }, 400, '/credential/@context');
    for (const context of [4, {}, 'text', null, true, [], [{ foo: true }, 4, false, null], [V2, 4], [V2, null]]) {
      await refused({ credential: api.credential({ '@context': context as never }) });
    }
  });

  it('credential MUST have property "type", an array whose items are strings', async () => {
    const { type: _, ...without } = api.credential();
    await refused({ credential: without }, 400, '/credential/type');
    for (const type of [4, {}, null, true, [], [2, null, { foo: true }, false], 'Other', ['Other']]) {
      await refused({ credential: api.credential({ type: type as never }) });
    }
  });

  it('"credential.issuer" MUST be either an object or a string', async () => {
    for (const issuer of [4, null, true, [], ['did:example:x'], {}, { name: 'x' }, { id: 4 }, 'not a url']) {
      await refused({ credential: api.credential({ issuer: issuer as never }) });
    }
    const asText = await api.issued(api.credential({ issuer: api.did }));
    expect(asText.issuer).toBe(api.did);
    const asObject = await api.issued(api.credential({ issuer: { id: api.did } }));
    expect(asObject.issuer).toEqual({ id: api.did });
  });

  it('issuer mismatch is 400, and an issuer that is left out is the one who signs', async () => {
    for (const issuer of ['did:example:other', { id: `${api.did}x` }, `${api.did}#key-1-assertion`]) {
      await refused({ credential: api.credential({ issuer }) }, 400, '/credential/issuer');
    }
    const { issuer: _, ...without } = api.credential();
    expect((await api.issued(without)).issuer).toBe(api.did);
  });

  it('credential MUST have property "credentialSubject", an object or several', async () => {
    const { credentialSubject: _, ...without } = api.credential();
    await refused({ credential: without }, 400, '/credential/credentialSubject');
    for (const subject of [null, true, 4, 'text', [], {}, [null, true, 4], [{}]]) {
      await refused({ credential: api.credential({ credentialSubject: subject as never }) });
    }
    const two: JsonObject[] = [{ id: 'did:example:a', favouriteColour: 'blue' }, { id: 'did:example:b' }];
    expect((await api.issued(api.credential({ credentialSubject: two }))).credentialSubject).toEqual(two);
  });

  it('answers 201 with the credential in "verifiableCredential", and no other member', async () => {
    const credential = api.credential();
    const answer = await api.issue({ credential });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual(['verifiableCredential']);
    const { proof, ...rest } = answer.body.verifiableCredential;
    expect(rest).toEqual(credential);
    expect(proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' });
    expect(proof).toMatchObject({ created: expect.any(String), proofPurpose: 'assertionMethod' });
  });

  it('issued VC must have "id": one is minted where the caller gives none', async () => {
    const { id: _, ...without } = api.credential();
    const one = await api.issued(without);
    const two = await api.issued(without);
    expect(one.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(two.id).not.toBe(one.id);
  });

  it('preserves the order of contexts and of members', async () => {
    const credential = api.credential({ '@context': [V2, 'https://w3id.org/security/multikey/v1', TERM] });
    expect((await api.issued(credential))['@context']).toEqual(credential['@context']);
  });
});

describe('VCALM options', () => {
  it('MUST reject unknown options, by the name of the standard', async () => {
    for (const options of [{ issuer: 'x' }, { type: 'Ed25519Signature2020' }, { created: '2026-01-01T00:00:00Z' }]) {
      const answer = await refused({ credential: api.credential(), options });
      expect(answer.body.type).toBe('https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED');
    }
  });

  it('takes mandatoryPointers only where the suite discloses selectively', async () => {
    const body = { credential: api.credential(), options: { mandatoryPointers: ['/issuer'] } };
    const answer = await refused(body, 400, '/options/mandatoryPointers');
    expect(answer.body.type).toBe('https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED');
  });

  it('keeps a credential by credentialId, which does not have to appear in it', async () => {
    const made = await api.issued(api.credential(), undefined, { credentialId: 'ledger-17' });
    expect(JSON.stringify(made)).not.toContain('ledger-17');
    const got = await api.call('GET', '/vc-api/credentials/ledger-17', { key: api.issuer });
    expect([got.status, got.body]).toEqual([200, made]);
  });

  it('PR-8: an instance of an unknown name does not exist, and nothing is signed', async () => {
    for (const name of [
      'ed25519-2020',
      'eddsa-rdfc-2022+',
      'eddsa-rdfc-2022+set+set',
      'vc-jwt+set',
      'x',
      'constructor',
    ]) {
      await refused({ credential: api.credential() }, 404, undefined, name);
    }
  });
});

describe('what may not be signed through this door', () => {
  const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
  const ph = () => `${api.publicUrl}/contexts/ph/v1-draft`;

  it('IS-10: a badge, whatever its definition, is issued where accreditation and approval are looked at', async () => {
    const badge = {
      '@context': [V2, OB],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: {
          ...{ id: 'https://specimen.example/a', type: ['Achievement'], name: 'SPECIMEN A', description: 'D' },
          criteria: { narrative: 'N' },
        },
      },
    };
    const answer = await refused({ credential: api.credential(badge) }, 403, '/credential/@context/1');
    expect(answer.body.type).toBe('urn:tatak:problem:not-entitled');
    for (const type of ['AchievementCredential', 'EndorsementCredential', 'ClrCredential']) {
      await refused(
        { credential: api.credential({ type: ['VerifiableCredential', type] }) },
        403,
        '/credential/type/1',
      );
    }
  });

  it('neither by another name for the same term, nor deep inside, nor without the type', async () => {
    const iri = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementCredential';
    await refused({ credential: api.credential({ '@context': [V2, { MyBadge: iri }] }) }, 403);
    await refused({ credential: api.credential({ type: ['VerifiableCredential', iri] }) }, 403);
    await refused({ credential: api.credential({ '@context': [V2, OB] }) }, 403);
    const inside = { id: 'did:example:s', favouriteColour: { id: 'urn:x:1', type: 'AchievementSubject' } };
    await refused({ credential: api.credential({ credentialSubject: inside }) }, 403);
  });

  it('a register, a status list, and anything in the extension context', async () => {
    await refused({ credential: api.credential({ '@context': [V2, ph()] }) }, 403, '/credential/@context/1');
    for (const type of [
      'PhAccreditationRegisterCredential',
      'RecognizedEntityCredential',
      'BitstringStatusListCredential',
    ]) {
      await refused({ credential: api.credential({ type: ['VerifiableCredential', type] }) }, 403);
    }
  });

  it('anything at all, where the institution wants two persons', async () => {
    const two = { approval: 'two-person' };
    const set = (body: object) =>
      api.call('PUT', `/v1/institutions/${SLUG}/issuing-policy`, { key: api.operatorKey, body });
    expect((await set(two)).status).toBe(200);
    const answer = await api.issue({ credential: api.credential() });
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:tatak:problem:approval-required']);
    expect((await set({ approval: 'one-person' })).status).toBe(200);
  });

  it('a PhilSys Number, hidden characters, and what no signature would cover', async () => {
    const subject = (more: JsonObject) => ({
      credentialSubject: { id: 'did:example:s', favouriteColour: 'x', ...more },
    });
    await refused({ credential: api.credential(subject({ id: 'urn:psn:1234-5678-9012' })) });
    await refused({ credential: api.credential({ id: 'urn:psn:1234-5678-9012' }) });
    await refused({ credential: api.credential(subject({ favouriteColour: 'b\u202elue' })) });
    await refused({ credential: api.credential(subject({ favouriteColour: [] })) });
    await refused({ credential: api.credential(subject({ favouriteColour: null as never })) });
    await refused({ credential: api.credential(subject({ notDefined: 'x' })) });
    await refused({ credential: api.credential(subject({ notDefined: { deep: 'x' } })) }, 400, undefined, 'vc-jwt');
  });
});

describe('existing proofs, by the configuration of the instance', () => {
  it('error: refused by the default', async () => {
    const signed = await api.issued(api.credential());
    await refused({ credential: signed }, 400, '/credential/proof');
  });

  it('set: stands beside the first', async () => {
    const first = await api.issued(api.credential(), 'eddsa-rdfc-2022+set');
    const second = await api.issued(first, 'ecdsa-rdfc-2019+set');
    const [one, two] = second.proof as JsonObject[];
    expect(one).toEqual([first.proof].flat()[0]);
    expect(two).toMatchObject({ cryptosuite: 'ecdsa-rdfc-2019' });
    expect(two!.previousProof).toBeUndefined();
  });

  it('chain: covers the first', async () => {
    const first = await api.issued(api.credential(), 'eddsa-rdfc-2022+set');
    const second = await api.issued(first, 'eddsa-rdfc-2022+chain');
    const proofs = second.proof as JsonObject[];
    expect([proofs[1]!.previousProof].flat()).toEqual([proofs[0]!.id]);
  });
});

describe('issuing is one irreversible act', () => {
  it('stored before answered, and what is stored is what was answered', async () => {
    const answer = await api.issue({ credential: api.credential() });
    const text = answer.text.slice('{"verifiableCredential":'.length, -1);
    const log = await audited();
    const entry = log.find(({ objectSha256 }) => objectSha256 === sha256Hex(text));
    expect(entry).toMatchObject({ operation: 'plainCredential.issue', detail: { instance: 'eddsa-rdfc-2022' } });
    const intent = log.find(
      ({ object, operation }) => object === entry!.object && operation === 'plainCredential.prepare',
    );
    expect(intent!.seq).toBeLessThan(entry!.seq);
  });

  it('ID-1: 20 parallel requests with one Idempotency-Key, one credential', async () => {
    const body = { credential: api.credential() };
    const header = { 'idempotency-key': 'once' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.issue(body, undefined, header)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const other = await api.issue({ credential: api.credential() }, undefined, header);
    expect([other.status, other.body.type]).toEqual([422, 'urn:tatak:problem:idempotency-mismatch']);
    expect((await api.issue(body, 'eddsa-jcs-2022', header)).status).toBe(422);
  });

  it('JL-9: a duplicate member of the body is refused', async () => {
    const text = JSON.stringify({ credential: api.credential() }).replace(
      '"issuer":',
      '"issuer":"did:example:x","issuer":',
    );
    const answer = await api.call<{ type: string }>('POST', '/vc-api/credentials/issue', {
      ...{ key: api.issuer, headers: { 'content-type': 'application/json' }, body: text },
    });
    expect([answer.status, answer.body.type]).toEqual([400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR']);
  });

  it('without a key of its kind an instance says what to do', async () => {
    const { issuer } = await api.institution('specimen-no-keys');
    const answer = await api.call<{ code: string }>('POST', '/vc-api/instances/ecdsa-rdfc-2019/credentials/issue', {
      ...{
        key: issuer,
        body: { credential: { ...api.credential(), issuer: api.did.replace(SLUG, 'specimen-no-keys') } },
      },
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'no_signing_key']);
  });
});

describe('Get and delete a specific credential', () => {
  const at = (id: unknown) => `/vc-api/credentials/${encodeURIComponent(String(id))}`;

  it('200 byte for byte, 404 for what is not there or another institution’s', async () => {
    const answer = await api.issue({ credential: api.credential() });
    const got = await api.call('GET', at(answer.body.verifiableCredential.id), { key: api.issuer });
    expect(`{"verifiableCredential":${got.text}}`).toBe(answer.text);
    expect((await api.call('GET', at('urn:uuid:none'), { key: api.issuer })).status).toBe(404);
    const { issuer } = await api.institution('specimen-other');
    expect((await api.call('GET', at(answer.body.verifiableCredential.id), { key: issuer })).status).toBe(404);
    expect((await api.call('DELETE', at(answer.body.verifiableCredential.id), { key: issuer })).status).toBe(404);
  });

  it('202, then 410, and the text is gone from the store', async () => {
    const colour = { id: 'did:example:s', favouriteColour: 'a colour nobody else has' };
    const { id } = await api.issued(api.credential({ credentialSubject: colour }));
    expect((await api.call('DELETE', at(id), { key: api.issuer })).status).toBe(202);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await api.call(method, at(id), { key: api.issuer })).status).toBe(410);
    }
    const rows = await api.app.storage.reader.plainCredentialsNamed(SLUG, String(id), 9);
    expect(JSON.stringify(rows)).not.toContain('a colour nobody else has');
    expect(rows).toHaveLength(1);
  });
});
