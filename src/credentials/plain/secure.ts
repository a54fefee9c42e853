import { generateKeyPairSync, sign } from 'node:crypto';
import type { SigningParty } from '#institutions';
import { isObject, type JsonObject, parseStrictJson } from '#kernel';
import { publicKeyOf, type Signer } from '#keystore';
import type { ProofMaker } from '#proofs';
import { type LintToken, redeem } from '../lint.ts';
import type { Instance } from './instances.ts';
import type { PlainCredentialRecord } from './ports.ts';

/** What a signature is made from; all of it is fixed with the intent. */
export type Securing = Pick<PlainCredentialRecord, 'credentialId' | 'unsigned' | 'proofCreated' | 'mandatoryPointers'>;

/**
 * The only place where a credential that is no badge is signed. Without a fresh token for exactly this text there is no
 * call to the key.
 * @returns what is answered: the document with its proofs
 * @throws Error when the token is missing, used, or for another text; Problem as the maker
 */
export async function securePlain(
  token: LintToken,
  row: Securing & { tenant: string },
  by: { proofs: ProofMaker; signing: SigningParty; instance: Instance },
): Promise<JsonObject> {
  redeem(token, row.unsigned, row.tenant, by.signing.did);
  return secure(row, by.signing.signer, by.instance, by.proofs);
}

function secure(row: Securing, signer: Signer, instance: Instance, proofs: ProofMaker): Promise<JsonObject> {
  return proofs.sign(parseStrictJson(row.unsigned) as JsonObject, signer, row.proofCreated);
}

/** Keys of this process that no document publishes: what they sign verifies nowhere. */
const throwaway = new Map<string, Signer>();

/**
 * Signs with a key that is thrown away, so that whatever the maker would refuse is refused before anything is stored.
 * @throws Problem `lint-failed`
 */
export async function rehearsePlain(row: Securing, instance: Instance, proofs: ProofMaker): Promise<void> {
  const { algorithm } = instance.mechanism;
  const signer = throwaway.get(algorithm) ?? throwawaySigner(algorithm);
  throwaway.set(algorithm, signer);
  await secure(row, signer, instance, proofs);
}

const GENERATE = {
  Ed25519: () => generateKeyPairSync('ed25519'),
} as const;

function throwawaySigner(algorithm: keyof typeof GENERATE): Signer {
  const { privateKey, publicKey } = GENERATE[algorithm]();
  const { multibase } = publicKeyOf(publicKey);
  return {
    verificationMethod: `did:key:${multibase}#${multibase}`,
    publicKeyMultibase: multibase,
    sign: async (data) => new Uint8Array(sign(null, data, privateKey)),
  };
}

/** What was signed is what was linted: everything but the proofs, and of the proofs those that were there. */
export function isWhatWasLinted(signed: JsonObject, unsigned: string): boolean {
  const before = parseStrictJson(unsigned);
  if (!isObject(before) || signed.proof === undefined) return false;
  const { proof: made, ...rest } = signed;
  const { proof: had, ...linted } = before;
  const [now, then] = [[made].flat(), [had ?? []].flat()];
  if (now.length !== then.length + 1 || JSON.stringify(now.slice(0, -1)) !== JSON.stringify(then)) return false;
  return JSON.stringify(rest) === JSON.stringify(linted);
}
