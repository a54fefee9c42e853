import type { SigningParty } from '#institutions';
import { isObject, type JsonObject, parseStrictJson } from '#kernel';
import { CREDENTIALS_V2, type JwtMaker, openEnvelope, type ProofMaker } from '#proofs';
import { type LintToken, redeem } from '../lint.ts';
import { plainProfile } from './draw-up.ts';
import type { Instance, Mechanism } from './instances.ts';
import type { PlainCredentialRecord } from './ports.ts';

/** What a signature is made from; all of it is fixed with the intent. */
export type Securing = Pick<PlainCredentialRecord, 'credentialId' | 'unsigned' | 'proofCreated' | 'mandatoryPointers'>;

export interface Makers {
  proofs: ProofMaker;
  tokens: JwtMaker;
  /** A signer whose signatures verify nowhere. */
  throwaway(algorithm: Mechanism['algorithm']): Signer;
}

type Signer = SigningParty['signer'];

/**
 * The only place where a credential that is no badge is signed. Without a fresh token for exactly this text there is no
 * call to the key.
 * @returns what is answered: the document with its proofs, or its envelope
 * @throws Error when the token is missing, used, or for another text; Problem as the makers
 */
export async function securePlain(
  token: LintToken,
  row: Securing & { tenant: string },
  by: Makers & { signing: SigningParty; instance: Instance },
): Promise<JsonObject> {
  const document = redeem(token, row.unsigned, row.tenant, by.signing.did);
  return secure(document, row, by.signing.signer, by.instance, by);
}

async function secure(
  document: JsonObject,
  row: Securing,
  signer: Signer,
  instance: Instance,
  makers: Makers,
): Promise<JsonObject> {
  const { mechanism, existing } = instance;
  const { securing: cryptosuite } = mechanism;
  if (cryptosuite === 'vc+jwt') {
    return envelopeOf(await makers.tokens.sign(document, signer, cryptosuite, row.proofCreated, 'vc'));
  }
  return makers.proofs.sign(document, signer, row.proofCreated, {
    ...{ cryptosuite, existing, profile: plainProfile(document) },
    // Another proof can be chained to one that has a name.
    ...(existing === 'refuse' ? {} : { proofId: `urn:tatak:proof:${row.credentialId}` }),
    ...(row.mandatoryPointers ? { mandatoryPointers: row.mandatoryPointers } : {}),
  });
}

/** VCDM 2.0 section 4.13.1. */
const envelopeOf = (token: string): JsonObject => ({
  '@context': [CREDENTIALS_V2],
  id: `data:application/vc+jwt,${token}`,
  type: 'EnvelopedVerifiableCredential',
});

/**
 * Signs with a key that is thrown away, so that whatever the makers would refuse is refused before anything is stored.
 * @throws Problem `lint-failed`
 */
export async function rehearsePlain(row: Securing, instance: Instance, makers: Makers): Promise<void> {
  const document = parseStrictJson(row.unsigned) as JsonObject;
  await secure(document, row, makers.throwaway(instance.mechanism.algorithm), instance, makers);
}

/** What was signed is what was linted: everything but the proofs, and of the proofs those that were there. */
export function isWhatWasLinted(signed: JsonObject, unsigned: string): boolean {
  const before = parseStrictJson(unsigned);
  if (!isObject(before)) return false;
  if (signed.type === 'EnvelopedVerifiableCredential') {
    return JSON.stringify(openEnvelope(signed).document) === JSON.stringify(before);
  }
  const { proof: made, ...rest } = signed;
  const { proof: had, ...linted } = before;
  const [now, then] = [[made ?? []].flat(), [had ?? []].flat()];
  if (now.length !== then.length + 1 || JSON.stringify(now.slice(0, -1)) !== JSON.stringify(then)) return false;
  return JSON.stringify(rest) === JSON.stringify(linted);
}
