/**
 * Loaded before the service: signing gives a proof of the right shape at once, and every check passes. What a request costs
 * beside its proofs is seen so; nothing of it is a figure of the service.
 */
import { registerHooks } from 'node:module';

const STUBS: [RegExp, string][] = [
  [
    /\/src\/proofs\/make\.ts$/,
    `export const createProofMaker = () => ({
      deriveCredential: () => { throw new Error('not here'); },
      sign: async (document, signer, created) => ({ ...document, proof: {
        type: 'DataIntegrityProof', created, verificationMethod: signer.verificationMethod, cryptosuite: 'eddsa-rdfc-2022',
        proofPurpose: 'assertionMethod', proofValue: 'z' + '1'.repeat(87),
      } }),
    });`,
  ],
  [
    /\/src\/app\/check-released\.ts$/,
    `export const createReleaseCheck = () => async () => ({ outcome: 'pass', code: 'ok' });
     export const createReleasedByLibrary = () => async () => true;
     export const createSignedCheck = () => async () => ({ outcome: 'pass', code: 'ok', proofs: [] });`,
  ],
];

registerHooks({
  load(url, context, next) {
    const stub = STUBS.find(([of]) => of.test(url));
    return stub ? { format: 'module', source: stub[1], shortCircuit: true } : next(url, context);
  },
});
