import { type CheckReleased, type PlainDeps, plainProfile } from '#credentials';
import type { Identifiers } from '#identifiers';
import { isObject, parseStrictJson } from '#kernel';
import {
  type CredentialDeriver,
  isEnvelope,
  type JwtChecker,
  type LibraryCheck,
  openEnvelope,
  openJwt,
  type ProofChecker,
} from '#proofs';

/** What is asked about keys. */
export type Keys = Pick<Identifiers, 'resolveMethod' | 'resolveJoseKey'>;

/**
 * Looks at a text about to be released as a stranger would: parsed anew, contexts pinned, with the key that the issuer's
 * own document publishes. Finds a wrong key, a late change of the output and a faulty signature.
 */
export function createReleaseCheck(checker: ProofChecker, tokens: JwtChecker, identifiers: Keys): CheckReleased {
  return async (text) => {
    const jwt = text.startsWith('{') ? undefined : openJwt(text);
    const document = jwt ? jwt.document : parseStrictJson(text);
    if (!isObject(document)) return { outcome: 'fail', code: 'not_an_object' };
    const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
    if (typeof issuer !== 'string') return { outcome: 'fail', code: 'no_issuer' };
    if (jwt) {
      return tokens.verify(jwt, { controller: issuer, purpose: 'assertionMethod' }, (key, controller, use) =>
        identifiers.resolveJoseKey(key, controller, use),
      );
    }
    return checker.verify(document, { controller: issuer, purpose: 'assertionMethod' }, (id, use) =>
      identifiers.resolveMethod(id, use),
    );
  };
}

/** The same for a credential that is no badge, by the rules of those; says what became of each proof. */
export function createSignedCheck(
  checker: ProofChecker,
  deriver: CredentialDeriver,
  tokens: JwtChecker,
  identifiers: Identifiers,
): PlainDeps['checkSigned'] {
  return async (text, controller) => {
    const document = parseStrictJson(text);
    if (!isObject(document)) return { outcome: 'fail', code: 'not_an_object', proofs: [] };
    const expected = { controller, purpose: 'assertionMethod' as const, profile: plainProfile(document) };
    const last = [document.proof ?? []].flat().at(-1);
    if (isEnvelope(document)) {
      // Our own tokens name their key by its DID URL.
      return tokens.verify(openEnvelope(document), expected, async ({ kid = '' }, _issuer, use) =>
        identifiers.resolveMethod(kid, use),
      );
    }
    // A base proof is for the holder alone; what anybody is shown is derived of it.
    const seen =
      isObject(last) && last.cryptosuite === 'ecdsa-sd-2023'
        ? await deriver.deriveCredential(document, {
            ...{ selectivePointers: [], profile: 'vc' },
            ...(typeof last.id === 'string' ? { proofId: last.id } : {}),
          })
        : document;
    return checker.verify(seen, expected, (id, use) => identifiers.resolveMethod(id, use));
  };
}

/** What the reference library alone says of a badge of ours; undefined while its key cannot be found. */
export function createReleasedByLibrary(library: LibraryCheck, identifiers: Identifiers) {
  return async (text: string): Promise<boolean | undefined> => {
    const document = parseStrictJson(text);
    const proof = isObject(document) ? document.proof : undefined;
    if (!isObject(document) || !isObject(proof)) return false;
    const resolution = await identifiers.resolveMethod(String(proof.verificationMethod), 'assertionMethod');
    if (resolution.outcome !== 'ok') return undefined;
    const { id, controller, publicKeyMultibase } = resolution.method;
    const verified = await library(
      document,
      { id, controller, publicKeyMultibase },
      new Date(String(document.validFrom)),
    );
    return verified === 'unknown' ? undefined : verified;
  };
}
