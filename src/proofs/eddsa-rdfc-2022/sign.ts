import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { fieldProblem, type Json, type JsonObject, Problem, parseDateTimeStamp } from '#kernel';
import type { Signer } from '#keystore';
import { canonicalize } from '../canonical/canonicalize.ts';
import { CanonicalizationError } from '../canonical/outcome.ts';
import { assertNoUnsafeContext, profileOf } from '../context-policy.ts';
import type { ContextLoader } from '../contexts.ts';
import { assertNoProto } from '../harden.ts';
import { ed25519Bytes, verifyEd25519 } from '../multikey.ts';
import type { ProofMaker } from '../ports.ts';
import { assertPortableNquads, assertPortableNumbers } from './portable.ts';

/**
 * Makes `eddsa-rdfc-2022` proofs by the reference library, with our loader, our budgets and work factor 1, so that
 * every default verifier can check what is issued. The signature is verified before it is returned.
 */
export function createEddsaRdfc2022({ loader }: { loader: ContextLoader }): ProofMaker {
  return {
    async sign(document, signer, created) {
      assertSignable(document, created, loader);
      const suite = new DataIntegrityProof({
        signer: { id: signer.verificationMethod, algorithm: 'Ed25519', sign: ({ data }) => signChecked(signer, data) },
        date: created,
        cryptosuite: { ...cryptosuite, canonize: (input) => canonicalForm(loader, input as Json) },
      });
      try {
        // The library writes into what it is given; the caller's document stays as it was linted.
        const credential = structuredClone(document);
        const signed = await issue({
          credential,
          suite,
          documentLoader: loader.documentLoader,
          now: new Date(created),
        });
        return signed as JsonObject;
      } catch (error) {
        if (error instanceof Problem) throw error;
        if (error instanceof CanonicalizationError) {
          throw fieldProblem('lint-failed', error.pointer, error.message, error.code);
        }
        throw new Problem('lint-failed', error instanceof Error ? error.message : 'not a credential', { cause: error });
      }
    },
  };
}

function assertSignable(document: JsonObject, created: string, loader: ContextLoader): void {
  if (parseDateTimeStamp(created) === undefined || !/^[^.]{19}Z$/.test(created)) {
    throw new RangeError(`created must be a whole-second UTC instant: ${created}`);
  }
  assertNoProto(document);
  if ('proof' in document) throw fieldProblem('lint-failed', '/proof', 'the document already has a proof');
  assertNoUnsafeContext(document, profileOf(document), loader);
  assertPortableNumbers(document);
}

async function canonicalForm(loader: ContextLoader, input: Json): Promise<string> {
  const nquads = await canonicalize(loader, input);
  assertPortableNquads(nquads);
  return nquads;
}

/** A signer that answers with anything but a signature of this data by its published key must not be used again. */
async function signChecked(signer: Signer, data: Uint8Array): Promise<Uint8Array> {
  const key = ed25519Bytes(signer.publicKeyMultibase);
  const signature = await signer.sign(data);
  if (!key || signature.length !== 64 || !verifyEd25519(key, data, signature)) {
    throw new Problem('signing-stopped', `the signer of ${signer.verificationMethod} returned a wrong signature`);
  }
  return signature;
}
