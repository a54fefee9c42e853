import { afterAll, describe, expect, it } from 'vitest';
import { type JsonObject, systemRandom } from '#kernel';
import { createKeystore, type KeyAlgorithm, readPublicKey, type Signer } from '#keystore';
import {
  createContextLoader,
  createJwtChecker,
  createJwtMaker,
  createProofChecker,
  createProofMaker,
  type IssuingCryptosuite,
  openJwt,
  type ProofReport,
} from '#proofs';
import { documentOf, web } from '../identifiers/support/web.ts';
import { goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const clock = { now: () => new Date('2026-11-24T00:00:00Z') };
const [maker, checker] = [createProofMaker({ loader }), createProofChecker({ loader, clock })];
const [tokens, tokenChecker] = [createJwtMaker({ loader }), createJwtChecker({ loader, clock })];
afterAll(() => Promise.all([checker.close(), tokenChecker.close()]));

const keystore = await createKeystore({
  passphrase: 'a passphrase of the test',
  salt: new Uint8Array(16),
  random: systemRandom,
  cost: 10,
});
const PLACE = 'https://badges.example.ph/institutions/malayang-kolehiyo/did.json';
const END = '2026-11-10T00:00:00Z';
const CREATED = { before: '2026-11-09T23:59:59Z', at: END, after: '2026-11-10T00:00:01Z' };
type Moment = keyof typeof CREATED;

/** Key state x moment of the proof -> what a verifier says. */
const STATES: Record<string, { members: JsonObject; answers: Record<Moment, string> }> = {
  active: { members: {}, answers: { before: 'pass', at: 'pass', after: 'pass' } },
  retired: { members: { expires: END }, answers: { before: 'pass', at: 'key_expired', after: 'key_expired' } },
  compromised: { members: { revoked: END }, answers: { before: 'pass', at: 'key_revoked', after: 'key_revoked' } },
  'retired, then found compromised from an earlier day': {
    members: { expires: '2026-11-20T00:00:00Z', revoked: END },
    answers: { before: 'pass', at: 'key_revoked', after: 'key_revoked' },
  },
  'compromised after it was retired': {
    members: { expires: END, revoked: '2026-11-20T00:00:00Z' },
    answers: { before: 'pass', at: 'key_expired', after: 'key_expired' },
  },
};

async function signerOf(algorithm: KeyAlgorithm): Promise<Signer> {
  const place = { tenant: 'malayang-kolehiyo', keyId: 'key-1-assertion' };
  return keystore.signer({ ...place, ...(await keystore.generate(place.tenant, place.keyId, algorithm)) }, ISSUER);
}

const look = (signer: Signer, members: JsonObject) => {
  const { algorithm, multibase, jwk } = readPublicKey(signer.publicKeyMultibase);
  const key: JsonObject =
    algorithm === 'RSA'
      ? { type: 'JsonWebKey', publicKeyJwk: jwk }
      : { type: 'Multikey', publicKeyMultibase: multibase };
  return web({ [PLACE]: { body: documentOf(ISSUER, { 'key-1-assertion': { ...key, ...members } }) } }).identifiers;
};

/** The reference library of ecdsa-sd-2023 cannot give ids to lists. */
function withoutLists(badge: JsonObject): JsonObject {
  const { result: _, ...subject } = badge.credentialSubject as JsonObject;
  const { resultDescription: __, ...achievement } = subject.achievement as JsonObject;
  return { ...badge, credentialSubject: { ...subject, achievement } };
}

type Verify = (created: string, members: JsonObject) => Promise<ProofReport>;

const suite = (cryptosuite: IssuingCryptosuite, algorithm: KeyAlgorithm, derived = false) =>
  [
    `${cryptosuite} ${algorithm}${derived ? ', derived' : ''}`,
    async (): Promise<Verify> => {
      const signer = await signerOf(algorithm);
      return async (created, members) => {
        const document = derived ? withoutLists(goldenBadge()) : goldenBadge();
        const signed = await maker.sign(document, signer, created, { cryptosuite });
        const selectivePointers = ['/credentialSubject'];
        const shown = derived ? await maker.deriveCredential(signed, { selectivePointers }) : signed;
        const identifiers = look(signer, members);
        const expected = { controller: ISSUER, purpose: 'assertionMethod' } as const;
        return checker.verify(shown, expected, (id, use) => identifiers.resolveMethod(id, use));
      };
    },
  ] as const;

const token = (form: 'ob-jwt' | 'vc+jwt', algorithm: KeyAlgorithm) =>
  [
    `${form} ${algorithm}`,
    async (): Promise<Verify> => {
      const signer = await signerOf(algorithm);
      return async (created, members) => {
        const text = await tokens.sign({ ...goldenBadge(), validFrom: '2026-11-01T00:00:00Z' }, signer, form, created);
        const identifiers = look(signer, members);
        const expected = { controller: ISSUER, purpose: 'assertionMethod' } as const;
        return tokenChecker.verify(openJwt(text), expected, (key, issuer, use) =>
          identifiers.resolveJoseKey(key, issuer, use),
        );
      };
    },
  ] as const;

describe('KP-9: state of the key x moment of the proof x suite', () => {
  let cells = 0;
  afterAll(() => console.log(`KP-9: ${cells} cells`));

  describe.each([
    suite('eddsa-rdfc-2022', 'Ed25519'),
    suite('eddsa-jcs-2022', 'Ed25519'),
    suite('ecdsa-rdfc-2019', 'P-256'),
    suite('ecdsa-rdfc-2019', 'P-384'),
    suite('ecdsa-jcs-2019', 'P-256'),
    suite('ecdsa-jcs-2019', 'P-384'),
    suite('ecdsa-sd-2023', 'P-256', true),
    token('ob-jwt', 'RSA'),
    token('ob-jwt', 'P-256'),
    token('vc+jwt', 'P-256'),
    token('vc+jwt', 'P-384'),
    token('vc+jwt', 'Ed25519'),
  ])('%s', (_, prepare) => {
    it.each(Object.keys(STATES))('%s', async (state) => {
      const { members, answers } = STATES[state]!;
      const verify = await prepare();
      for (const moment of Object.keys(CREATED) as Moment[]) {
        const { outcome, code } = await verify(CREATED[moment], members);
        expect([moment, outcome === 'pass' ? 'pass' : code]).toEqual([moment, answers[moment]]);
        cells++;
      }
    });
  });
});
