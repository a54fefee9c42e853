import type { GivenProofs } from '../request.ts';
import { checkDiVpProof } from './di-vp.ts';
import { checkJwtProof } from './jwt.ts';
import type { ProofContext, ProvenKey } from './model.ts';

/** What all proofs of one request show together. */
export interface Proven {
  /** Distinct keys, in the order of the proofs. */
  holders: string[];
  nonces: string[];
}

/** All of them or none. @throws WalletRefusal `invalid_proof` */
export async function checkProofs(given: GivenProofs, context: ProofContext): Promise<Proven> {
  const proven: ProvenKey[] = [];
  // One after the other: the first that is bad ends the work.
  if (given.type === 'jwt') {
    for (const proof of given.proofs) proven.push(await checkJwtProof(proof, context));
  } else {
    for (const proof of given.proofs) proven.push(await checkDiVpProof(proof, context));
  }
  const holders = new Map<string, string>();
  for (const { key, holder } of proven) if (!holders.has(key)) holders.set(key, holder);
  return { holders: [...holders.values()], nonces: [...new Set(proven.map(({ nonce }) => nonce))] };
}
