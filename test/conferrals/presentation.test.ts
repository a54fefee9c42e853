import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { signPresentation } from '@digitalbazaar/vc';
import { encode } from 'base58-universal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, createContextLoader } from '#proofs';
import { type ConferralWorld, conferralWorld } from './world.ts';

interface Holder {
  did: string;
  key: KeyObject;
}
const CHALLENGE = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const DOMAIN = 'registrar.specimen.example';

function makeHolder(): Holder {
  const { publicKey, privateKey: key } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
  return { did: `did:key:z${encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`, key };
}

let on: ConferralWorld;
let holder: Holder;
let badges: JsonObject[];

beforeAll(async () => {
  on = await conferralWorld();
  holder = makeHolder();
  const urls = [await on.issue(0, holder.did), await on.issue(1, holder.did), await on.issue(2, holder.did)];
  badges = await Promise.all(
    urls.map(async (url) => (await on.service.call<JsonObject>('GET', new URL(url).pathname)).body),
  );
});
afterAll(() => on.close());

/** Signed by the reference library, as a wallet would. */
async function present(by: Holder, credentials: JsonObject[], more: { as?: string; challenge?: string } = {}) {
  const phContext = readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8');
  const phContextUrl = `${on.service.publicUrl}/contexts/ph/v1-draft`;
  const { documentLoader } = createContextLoader({ phContext, phContextUrl });
  const fragment = by.did.split(':').at(-1);
  const suite = new DataIntegrityProof({
    signer: {
      id: `${by.did}#${fragment}`,
      algorithm: 'Ed25519',
      sign: async ({ data }: { data: Uint8Array }) => sign(null, data, by.key),
    },
    cryptosuite,
  });
  const presentation = {
    '@context': [CREDENTIALS_V2],
    type: ['VerifiablePresentation'],
    holder: more.as ?? by.did,
    verifiableCredential: credentials,
  };
  const challenge = more.challenge ?? CHALLENGE;
  return (await signPresentation({ presentation, suite, challenge, domain: DOMAIN, documentLoader })) as JsonObject;
}

const evaluate = (presentation: unknown, more: object = {}) =>
  on.service.call<{ outcome: string; holder?: string; subjectId?: string; pointer?: string; detail?: string }>(
    'POST',
    '/v1/evaluations',
    { body: { pathway: on.pathway, presentation, challenge: CHALLENGE, domain: DOMAIN, ...more } },
  );

describe('badges handed over by their holder', () => {
  it('are evaluated, and the report says who proved to hold them', async () => {
    const answer = await evaluate(await present(holder, badges));
    expect(answer.body, answer.text).toMatchObject({ outcome: 'met', holder: holder.did, subjectId: holder.did });
  });

  it('are refused when they are somebody else’s', async () => {
    const thief = makeHolder();
    const answer = await evaluate(await present(thief, badges));
    expect([answer.status, answer.body.pointer]).toEqual([400, '/credentials/0']);
    const posing = await evaluate(await present(thief, badges, { as: holder.did }));
    expect([posing.status, posing.body.pointer]).toEqual([400, '/presentation']);
  });

  it('are refused when the presentation was made for another question, or was changed', async () => {
    const old = await evaluate(await present(holder, badges, { challenge: 'another challenge of old' }));
    expect(old.body).toMatchObject({ pointer: '/presentation', detail: expect.stringContaining('challenge') });
    const good = await present(holder, badges);
    expect((await evaluate(good, { domain: 'elsewhere.example' })).body.pointer).toBe('/presentation');
    const fewer = { ...good, verifiableCredential: badges.slice(1) };
    expect((await evaluate(fewer)).body.pointer).toBe('/presentation');
    expect((await evaluate({ ...good, proof: undefined })).body.pointer).toBe('/presentation');
    const claimed = { ...good, proof: { ...(good.proof as JsonObject), challenge: 'f'.repeat(32) } };
    expect((await evaluate(claimed, { challenge: 'f'.repeat(32) })).body.pointer).toBe('/presentation');
  });

  it('need their challenge, and a challenge needs them', async () => {
    const good = await present(holder, badges);
    expect((await evaluate(good, { challenge: undefined })).body.pointer).toBe('/challenge');
    expect((await evaluate(undefined)).body.pointer).toBe('/presentation');
    const none = await on.service.call<{ pointer: string }>('POST', '/v1/evaluations', {
      body: { pathway: on.pathway },
    });
    expect([none.status, none.body.pointer]).toEqual([400, '/credentials']);
    for (const odd of [{}, 'x', { type: 'VerifiablePresentation' }, { ...good, verifiableCredential: [] }, [good]]) {
      expect((await evaluate(odd)).status, JSON.stringify(odd).slice(0, 60)).toBe(400);
    }
  });
});
