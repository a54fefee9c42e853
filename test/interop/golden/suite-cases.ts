import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createSignCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createDiscloseCryptosuite, createSignCryptosuite as ecdsaSd } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createSignCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { derive, issue } from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import { publicKeyOf, type Signer } from '#keystore';
import type { IssuingCryptosuite } from '#proofs';
import type { Case } from './cases.ts';
import { badgeOf, CONTENTS } from './contents.ts';
import { CREATED, loader, maker } from './issuers.ts';

type Suite = Exclude<IssuingCryptosuite, 'eddsa-rdfc-2022'>;
const LIBRARY: Record<Suite, () => Cryptosuite> = {
  'eddsa-jcs-2022': eddsaJcs,
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': ecdsaJcs,
  'ecdsa-sd-2023': () => ecdsaSd({ mandatoryPointers: ['/issuer', '/validFrom'] }),
};
const CURVES: readonly (readonly [Suite, 'ed25519' | 'P-256' | 'P-384'])[] = [
  ['eddsa-jcs-2022', 'ed25519'],
  ['ecdsa-rdfc-2019', 'P-256'],
  ['ecdsa-rdfc-2019', 'P-384'],
  ['ecdsa-jcs-2019', 'P-256'],
  ['ecdsa-jcs-2019', 'P-384'],
  ['ecdsa-sd-2023', 'P-256'],
];
const SOME = ['plain', 'a name with ñ', 'a decimal credit', 'a rubric level', 'thirty equal pieces without id'];
const EDITS: Record<string, (signed: JsonObject) => JsonObject> = {
  'another name': (signed) => ({ ...signed, name: 'Something else' }),
  'an undefined member': (signed) => ({ ...signed, notATermOfAnyContext: 'x' }),
  'a member taken away': ({ validFrom: _, ...rest }) => rest,
};
/** What a holder of a badge with selective disclosure shows. */
const SHOWN = ['/id', '/name', '/credentialSubject'];

/** The other suites: by this service and by the reference library, good and broken. */
export async function suiteCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [suite, curve] of CURVES) {
    const { did, signer } = holder(curve);
    for (const what of SOME) {
      const badge = badgeOf(did, CONTENTS[what]!);
      const name = `${suite} ${curve}: ${what}`;
      cases.push({ name: `${name}, by tatak`, document: await byTatak(badge, signer, suite), expected: 'good' });
      cases.push({
        name: `${name}, by the library`,
        document: await byLibrary(badge, signer, suite),
        expected: 'good',
      });
    }
    const good = await byTatak(badgeOf(did, {}), signer, suite);
    for (const [what, edit] of Object.entries(EDITS)) {
      cases.push({ name: `${suite} ${curve}: ${what}`, document: edit(good), expected: 'bad' });
    }
  }
  return cases;
}

async function byTatak(badge: JsonObject, signer: Signer, cryptosuite: Suite): Promise<JsonObject> {
  const signed = await maker.sign(badge, signer, CREATED, { cryptosuite });
  return cryptosuite === 'ecdsa-sd-2023' ? maker.deriveCredential(signed, { selectivePointers: SHOWN }) : signed;
}

async function byLibrary(badge: JsonObject, signer: Signer, cryptosuite: Suite): Promise<JsonObject> {
  const { documentLoader } = loader;
  const algorithm = publicKeyOf(keys.get(signer)!).algorithm;
  const suite = new DataIntegrityProof({
    signer: { id: signer.verificationMethod, algorithm, sign: ({ data }) => signer.sign(data) },
    date: CREATED,
    cryptosuite: LIBRARY[cryptosuite](),
  });
  const now = new Date(CREATED);
  const signed = await issue({ credential: structuredClone(badge), suite, documentLoader, now });
  if (cryptosuite !== 'ecdsa-sd-2023') return signed as JsonObject;
  const disclose = new DataIntegrityProof({ cryptosuite: createDiscloseCryptosuite({ selectivePointers: SHOWN }) });
  return (await derive({ verifiableCredential: signed, suite: disclose, documentLoader })) as JsonObject;
}

const keys = new Map<Signer, KeyObject>();

function holder(curve: (typeof CURVES)[number][1]): { did: string; signer: Signer } {
  const { privateKey, publicKey } =
    curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
  const { multibase } = publicKeyOf(publicKey);
  const hash = { ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384' }[curve];
  const did = `did:key:${multibase}`;
  const signer: Signer = {
    verificationMethod: `${did}#${multibase}`,
    publicKeyMultibase: multibase,
    sign: async (data) => sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
  keys.set(signer, publicKey);
  return { did, signer };
}
