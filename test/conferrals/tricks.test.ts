import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { encode } from 'base58-universal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createContextLoader } from '#proofs';
import { type ConferralWorld, conferralWorld, node } from './world.ts';

let on: ConferralWorld;
beforeAll(async () => {
  on = await conferralWorld();
});
afterAll(() => on.close());

let nth = 100;
const subjectOf = () => `urn:uuid:00000000-0000-4000-8000-${String(++nth).padStart(12, '0')}`;

/** Address of a pathway of the first part only, to the qualification. */
async function publish(more: object = {}, rules: object[] = []): Promise<string> {
  const only = { ...node('part', 'requireAll'), items: [{ achievement: on.parts[0]!.url }] };
  const stackingRule = { ...node('root', 'allOf'), children: [only, ...rules] };
  const made = await on.service.call<{ url: string }>('POST', '/v1/pathways', {
    key: on.university.issuer,
    body: { name: 'SPECIMEN Short pathway', achievement: on.qualification.url, stackingRule, ...more },
  });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.url;
}

describe('a pathway given as a document', () => {
  it('loses nothing that restricts it when a member is put in another form that its proof covers too', async () => {
    const badge = await on.issue(0, subjectOf());
    const url = await publish({ effectivePeriod: { from: '2001-01-01', until: '2002-01-01' } });
    const signed = await on.service.call<JsonObject>('GET', new URL(url).pathname);
    const past = await on.evaluate([badge], { pathway: signed.body });
    expect(past.body).toMatchObject({ outcome: 'met', report: { pathway: { inEffect: false } } });
    expect((await on.confer(past.body.id)).status).toBe(409);
    const subject = signed.body.credentialSubject as JsonObject;
    const period = subject.effectivePeriod as JsonObject;
    const terms = 'https://w3id.org/tatak/ph/v1#';
    const { effectivePeriod: _, ...without } = subject;
    for (const changed of [
      { ...subject, effectivePeriod: [period] },
      { ...subject, effectivePeriod: { ...period, until: [period.until!] } },
      { ...subject, effectivePeriod: { ...period, from: [period.from!] } },
      { ...subject, version: ['1'] },
      { ...subject, conferrer: [subject.conferrer!] },
      { ...subject, achievement: [subject.achievement!] },
      { ...without, [`${terms}effectivePeriod`]: period },
    ] as JsonObject[]) {
      const pathway = { ...signed.body, credentialSubject: changed };
      const answer = await on.evaluate([badge], { pathway });
      expect([400, 409], JSON.stringify(changed)).toContain(answer.status);
    }
    const wrapped = { ...signed.body, credentialSubject: { ...subject, realism: ['Illustrative'] } };
    expect((await on.evaluate([badge], { pathway: wrapped })).body).toMatchObject({ report: { specimen: true } });
  });
});

describe('a pathway signed by somebody else', () => {
  it('is nothing when it says that it is one of this institution', async () => {
    const key = generateKeyPairSync('ed25519');
    const raw = Buffer.from(key.publicKey.export({ format: 'jwk' }).x!, 'base64url');
    const did = `did:key:z${encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
    const phContext = readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8');
    const phContextUrl = `${on.service.publicUrl}/contexts/ph/v1-draft`;
    const { documentLoader } = createContextLoader({ phContext, phContextUrl });
    const suite = new DataIntegrityProof({
      signer: {
        id: `${did}#${did.split(':').at(-1)}`,
        algorithm: 'Ed25519',
        sign: async ({ data }: { data: Uint8Array }) => sign(null, data, key.privateKey),
      },
      cryptosuite,
    });
    const url = await publish();
    const { proof: _, ...mine } = (await on.service.call<JsonObject>('GET', new URL(url).pathname)).body;
    const credential = { ...mine, issuer: did };
    const forged = (await issue({ credential, suite, documentLoader })) as JsonObject;
    const badge = await on.issue(0, subjectOf());
    const answer = await on.service.call<JsonObject>('POST', '/v1/evaluations', {
      body: { pathway: forged, credentials: [badge] },
    });
    expect(answer.body, answer.text).toMatchObject({
      outcome: 'undetermined',
      pathway: { verdict: 'invalid', code: 'other_address' },
    });
    expect((await on.evaluate([badge], { pathway: forged })).status).toBe(409);
  });
});

describe('single use', () => {
  it('of the qualification itself holds against another pathway to it', async () => {
    const badge = await on.issue(0, subjectOf());
    const once = { ...node('once', 'singleUse'), across: [on.qualification.url] };
    const [first, second] = [await publish({}, [once]), await publish({}, [once])];
    const before = await on.evaluate([badge], { pathway: second });
    expect(before.body.outcome).toBe('met');
    const conferred = await on.confer((await on.evaluate([badge], { pathway: first })).body.id);
    expect(conferred.body.state).toBe('conferred');
    expect((await on.confer(before.body.id)).status).toBe(409);
    const again = await on.evaluate([badge], { pathway: first });
    expect(again.body.outcome).toBe('met');
    const other = await on.evaluate([badge], { pathway: second });
    expect(other.body.outcome).toBe('unmet');
    expect((await on.confer(other.body.id)).status).toBe(409);
  });

  it('tells nobody what a badge was used for, unless the pathway asks about that', async () => {
    const badge = await on.issue(0, subjectOf());
    const pathway = await publish();
    await on.confer((await on.evaluate([badge], { pathway })).body.id);
    const curious = await on.evaluate([badge], {}, on.company.issuer);
    expect(curious.status).toBe(201);
    expect(JSON.stringify(curious.body)).not.toContain(pathway);
    const once = { ...node('once', 'singleUse'), across: [pathway] };
    const asking = await on.evaluate([badge], { pathway: await publish({}, [once]) });
    expect(asking.body).toMatchObject({ outcome: 'unmet', input: { holdings: [{ usedFor: [pathway] }] } });
  });
});
