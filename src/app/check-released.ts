import type { CheckReleased } from '#credentials';
import type { Identifiers } from '#identifiers';
import { isObject, parseStrictJson } from '#kernel';
import { type JwtChecker, openJwt, type ProofChecker } from '#proofs';

/**
 * Looks at a text about to be released as a stranger would: parsed anew, contexts pinned, with the key that the issuer's
 * own document publishes. Finds a wrong key, a late change of the output and a faulty signature.
 */
export function createReleaseCheck(checker: ProofChecker, tokens: JwtChecker, identifiers: Identifiers): CheckReleased {
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
