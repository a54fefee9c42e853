import { isDeepStrictEqual } from 'node:util';
import type { ResolvedMethod } from '#identifiers';
import { type Clock, type Disposable, formatInstant, isObject, Problem, systemClock } from '#kernel';
import { type PublicKey, readPublicJwk, readPublicKey, WeakKeyError } from '#keystore';
import { createVerifyingCanonicalizer, type VerifyingCanonicalizer } from '../canonical/canonicalize.ts';
import type { ContextLoader } from '../contexts.ts';
import { type Finding, fail, unknown } from '../finding.ts';
import { keyEnd } from '../key-end.ts';
import type { ProofResult } from '../ports.ts';
import { signatureFinding } from './algorithms.ts';
import { audienceFinding, claimFinding, ownerFinding, signedAt } from './claims.ts';
import { TOKEN_CLAIMS } from './document.ts';
import { termFinding, tokenContextFinding } from './gate.ts';
import { headerFinding, keyReference } from './header.ts';
import { bindingFinding } from './key-binding.ts';
import { type TakenApart, takeApart } from './open.ts';
import type { JwtChecker, JwtForm, KeyReference, OpenedJwt, ResolveJoseKey } from './ports.ts';

type Expected = Parameters<JwtChecker['verify']>[1];

/**
 * Checks signed tokens (RFC 7515, RFC 7519; Open Badges 3.0 8.2.4, VC-JOSE-COSE, VCDM 1.1 6.3.1, RFC 9901). Whatever the
 * token says of itself can only narrow: key, algorithm and purpose come from the issuer's document.
 * `close` ends the worker thread; it does not keep the process alive.
 */
export function createJwtChecker(options: {
  loader: ContextLoader;
  clock?: Clock;
  canonicalizer?: VerifyingCanonicalizer;
}): JwtChecker & Disposable {
  const { loader, clock = systemClock, canonicalizer = createVerifyingCanonicalizer(loader) } = options;
  return {
    close: () => canonicalizer.close(),
    async verify(jwt, expected, resolveKey) {
      const { outcome, code, detail, ...more } = await judge(jwt, expected, resolveKey, {
        ...{ loader, clock, canonicalizer },
      });
      return { outcome, code, detail, proofs: [{ outcome, code, detail, ...about(jwt), ...more }] };
    },
  };
}

interface Means {
  loader: ContextLoader;
  clock: Clock;
  canonicalizer: VerifyingCanonicalizer;
}

type Judgement = Finding & Pick<ProofResult, 'verificationMethod' | 'selective'>;

/** Cheap steps first; the network only when the token could still be the issuer's. */
async function judge(jwt: OpenedJwt, expected: Expected, resolveKey: ResolveJoseKey, means: Means): Promise<Judgement> {
  // 1. What is judged is the text; whoever holds its parts cannot have exchanged one.
  const token = reopened(jwt);
  if ('outcome' in token) return token;
  const { form, header, claims, document } = token.opened;

  // 2. Form.
  if (token.jws.signature.length === 0) return fail('unsecured', 'the token has no signature');
  const wrong =
    headerFinding(form, header, claims) ??
    claimFinding(form, claims, document, means.clock) ??
    ownerFinding(document, expected.controller, claims) ??
    unreadClaims(form, claims) ??
    (isPresentation(form) && !token.binding ? audienceFinding(claims, expected) : undefined);
  if (wrong) return wrong;

  // 3. Whose key it claims to be, and whether the document can be read at all.
  const reference = keyReference(header, expected.controller);
  if ('outcome' in reference) return reference;
  const unreadable = tokenContextFinding(document, expected.profile, means.loader);
  if (unreadable) return unreadable;

  // 4. The key, from the issuer and never from the token.
  const resolution = await resolveKey(reference, expected.controller, expected.purpose);
  if (resolution.outcome !== 'ok') {
    return { ...resolution, outcome: resolution.outcome === 'refused' ? 'fail' : 'unknown' };
  }
  const key = keyOf(resolution.method, reference, expected.controller);
  if ('outcome' in key) return key;
  const ended = keyEnd(resolution.method, signedAt(claims));
  if (ended) return ended;

  // 5. The signature, then that of the holder.
  const signed = signatureFinding(header.alg, key, token.jws.signingInput, token.jws.signature);
  if (signed.outcome !== 'pass') return signed;
  const unbound = bindingFinding(token, expected);
  if (unbound) return unbound;

  // 6. Everything in it has a meaning, and nothing that decides is kept back.
  const meaningless = await termFinding(document, means.canonicalizer);
  if (meaningless) return meaningless;
  // A status or an end of validity could be among what the holder did not show.
  if (token.hiddenAtRoot > 0)
    return unknown('undisclosed_members', 'members of the credential itself were not disclosed');
  const { id } = resolution.method;
  const selective = token.hidden > 0 ? { selective: true as const } : {};
  return { ...signed, detail: `signed by ${id}`, verificationMethod: id, ...selective };
}

function reopened(jwt: OpenedJwt): TakenApart | Finding {
  let token: TakenApart;
  try {
    token = takeApart(jwt.text);
  } catch (error) {
    if (error instanceof Problem) return fail('token_malformed', error.message);
    throw error;
  }
  const same = token.opened.form === jwt.form && isDeepStrictEqual(token.opened.document, jwt.document);
  return same ? token : fail('document_mismatch', 'the document is not the one in the token');
}

/** Beside a document in its claim, what nobody reads could be anything, a status too. */
function unreadClaims(form: JwtForm, claims: OpenedJwt['claims']): Finding | undefined {
  if (form !== 'vc-claim-jwt' && form !== 'vp-claim-jwt') return undefined;
  const other = Object.keys(claims).find((name) => name !== 'vc' && name !== 'vp' && !TOKEN_CLAIMS.has(name));
  return other === undefined ? undefined : unknown('unsupported_claim', `the claim ${other.slice(0, 60)} is not read`);
}

/** Resolved is not yet right: the same rules as for embedded proofs. */
function keyOf(method: ResolvedMethod, { kid, jwk }: KeyReference, controller: string): PublicKey | Finding {
  if (method.controller !== controller || (kid?.startsWith('did:') && method.id !== kid)) {
    return fail('method_not_issuer', `${method.id} is controlled by ${method.controller}`);
  }
  try {
    const key = readPublicKey(method.publicKeyMultibase);
    if (jwk && readPublicJwk(jwk).multibase !== key.multibase) {
      return fail('method_not_issuer', 'the issuer lists another key than the one in the header');
    }
    return key;
  } catch (error) {
    if (!(error instanceof WeakKeyError)) throw error;
    return (UNREAD_KEY.has(error.code) ? unknown : fail)('key_malformed', error.message);
  }
}

/** Nothing is wrong with such a key. */
const UNREAD_KEY: ReadonlySet<string> = new Set(['unknown_kind']);

const isPresentation = (form: JwtForm): boolean => form.startsWith('vp');

/** Repeats what the token says of itself. */
function about({ header, claims }: OpenedJwt): Partial<ProofResult> {
  const at = isObject(claims) ? signedAt(claims) : undefined;
  return {
    ...(typeof header.kid === 'string' && { verificationMethod: header.kid }),
    ...(typeof header.alg === 'string' && { cryptosuite: header.alg }),
    ...(at && { created: formatInstant(at) }),
  };
}
