import { generateKeyPairSync, sign } from 'node:crypto';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { issue } from '@digitalbazaar/vc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { createContextLoader } from '#proofs';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { openVcApi, type VcApi } from '../api/vc-api/world.ts';
import { rawSign } from '../verifier/raw-sign.ts';
import { actor, badge, world } from '../verifier/world.ts';
import { foreignBadge, foreignMaker } from './support.ts';

/** Proofs of Open Badges of others, at the endpoint. */
let api: VcApi;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false });
});
afterAll(() => api.close());

const AT = '2026-06-15T02:00:00Z';
const issuer = throwawaySigner();
const verify = async (document: JsonObject) => {
  const { status, body, text } = await api.verify(document, { returnResults: true });
  return { status, body, text, codes: (body.results?.checks ?? []) as { check: string; code: string }[] };
};

describe('OB-P2 proofs of earlier times', () => {
  it('Ed25519Signature2020 of its library is verified, and not once it is changed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { multibase } = publicKeyOf(publicKey);
    const did = `did:key:${multibase}`;
    const suite = new Ed25519Signature2020({
      signer: {
        ...{ id: `${did}#${multibase}`, algorithm: 'Ed25519' },
        sign: async ({ data }: { data: Uint8Array }) => new Uint8Array(sign(null, data, privateKey)),
      },
      date: AT,
    } as never);
    const credential = foreignBadge(did);
    (credential['@context'] as string[]).push('https://w3id.org/security/suites/ed25519-2020/v1');
    const { documentLoader } = createContextLoader({
      ...{ phContext: '{"@context":{}}', phContextUrl: 'http://localhost/contexts/ph/v1' },
    });
    const signed = (await issue({ credential, suite, documentLoader } as never)) as JsonObject;
    expect(signed.proof).toMatchObject({ type: 'Ed25519Signature2020' });
    const answer = await verify(signed);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, results: { verdict: 'valid' } });
    expect((await verify({ ...signed, name: 'Another' })).status).toBe(400);
  });

  it('eddsa-2022, as eddsa-rdfc-2022 was called, is verified, and not once it is changed', async () => {
    const one = { ...actor('old'), did: issuer.did, signer: issuer.signer };
    const signed = await rawSign(one, foreignBadge(issuer.did), { cryptosuite: 'eddsa-2022' });
    const answer = await verify(signed);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, results: { verdict: 'valid' } });
    expect((await verify({ ...signed, name: 'Another' })).status).toBe(400);
  });
});

describe('OB-V2 several proofs', () => {
  it('one good proof of the issuer is enough, the one that fails is told, and none is not enough', async () => {
    const first = await foreignMaker.sign(foreignBadge(issuer.did), issuer.signer, AT);
    const second = await foreignMaker.sign(first, issuer.signer, AT, {
      cryptosuite: 'eddsa-jcs-2022',
      existing: 'set',
    });
    const [good, other] = second.proof as [JsonObject, JsonObject];
    expect((await verify(second)).body).toMatchObject({ verified: true, warnings: [] });
    const broken = { ...other, proofValue: good.proofValue! };
    const half = await verify({ ...second, proof: [good, broken] });
    expect([half.status, half.body.verified]).toEqual([200, true]);
    expect(JSON.stringify(half.body.results.checks.find((one: { check: string }) => one.check === 'proof'))).toContain(
      'signature_invalid',
    );
    const none = await verify({ ...second, proof: [{ ...good, proofValue: other.proofValue! }, broken] });
    expect([none.status, none.body.verified]).toEqual([400, false]);
  });
});

it('the order of allowed values is signed', async () => {
  const badge = foreignBadge(issuer.did);
  const described = { id: 'urn:uuid:1', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade' };
  const achievement = (badge.credentialSubject as JsonObject).achievement as JsonObject;
  achievement.resultDescription = [{ ...described, allowedValue: ['A', 'B', 'C'] }];
  const signed = await foreignMaker.sign(badge, issuer.signer, AT);
  expect((await verify(signed)).body.verified).toBe(true);
  const other = JSON.parse(JSON.stringify(signed).replace('["A","B","C"]', '["C","B","A"]')) as JsonObject;
  expect((await verify(other)).status).toBe(400);
});

describe('OB-V10 alignments are the issuer’s word', () => {
  it('nothing that a badge only mentions is fetched', async () => {
    const school = actor('school');
    const on = world([school]);
    const at = (name: string) => `https://elsewhere.example/${name}`;
    const document = badge(
      school,
      { evidence: [{ id: at('evidence'), type: ['Evidence'] }], image: { id: at('badge-image'), type: 'Image' } },
      {
        alignment: [{ type: ['Alignment'], targetName: 'Node', targetUrl: at('alignment') }],
        related: [{ id: at('related'), type: ['Related'] }],
        image: { id: at('image'), type: 'Image' },
        creator: { id: at('creator'), type: ['Profile'] },
        criteria: { id: at('criteria') },
      },
    );
    (document.issuer as JsonObject).url = at('issuer');
    const report = await on.verifier.verify({ document: await on.sign(school, document) });
    expect(report.verdict).toBe('valid');
    // The definition of the achievement is, because the check `achievement` compares it.
    expect(on.asked).toContain('https://school.example/achievements/1');
    expect(on.asked.filter((url) => url.startsWith('https://elsewhere.example/'))).toEqual([]);
  });
});
