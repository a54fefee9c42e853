import { isDeepStrictEqual } from 'node:util';
import { compactVerify } from 'jose';
import { fieldProblem, isObject, type JsonObject, Problem, parseDateTimeStamp } from '#kernel';
import { type KeyAlgorithm, type PublicKey, readPublicKey } from '#keystore';
import { canonicalize } from '../canonical/canonicalize.ts';
import { CanonicalizationError } from '../canonical/outcome.ts';
import { assertNoUnsafeContext, type ContextProfile, profileOf } from '../context-policy.ts';
import type { ContextLoader } from '../contexts.ts';
import { assertNoProto } from '../harden.ts';
import { ALGORITHM_OF } from './algorithms.ts';
import { claimFinding, numericDate } from './claims.ts';
import { baseContext, TOKEN_CLAIMS } from './document.ts';
import { formOf } from './form.ts';
import { readableForm } from './gate.ts';
import { headerFinding } from './header.ts';
import { takeApart } from './open.ts';
import type { IssuedJwtForm, JwtMaker } from './ports.ts';
import { signCompact } from './sign-compact.ts';

interface FormRule {
  typ: string;
  keys: readonly KeyAlgorithm[];
  claims(document: JsonObject, created: string): JsonObject;
}

const FORMS: Readonly<Record<IssuedJwtForm, FormRule>> = {
  // Open Badges 3.0, 8.2.4: RS256 is what every verifier reads, ES256 what that of 1EdTech reads as well.
  'ob-jwt': { typ: 'JWT', keys: ['RSA', 'P-256'], claims: openBadgeClaims },
  // VC-JOSE-COSE 3.1: no claim of the token but who signed when; both are terms of the context of version 2.
  'vc+jwt': {
    typ: 'vc+jwt',
    keys: ['Ed25519', 'P-256', 'P-384'],
    claims: (document, created) => ({ iss: issuerId(document), iat: numericDate(created)! }),
  },
};

/**
 * Makes signed tokens of linted credentials of version 2. A proof in the document is wrapped as it is: embed first, then
 * sign (Open Badges 3.0, 8.2). What leaves was read and verified again, by the library `jose` and by our own rules.
 */
export function createJwtMaker({ loader }: { loader: ContextLoader }): JwtMaker {
  return {
    async sign(document, signer, form, created, profile = profileOf(document)) {
      const rule = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
      if (!rule) throw new RangeError(`there is no token form ${form}`);
      if (numericDate(created) === undefined || created.includes('.')) {
        throw new RangeError(`created must be a whole-second UTC instant: ${created}`);
      }
      const key = readPublicKey(signer.publicKeyMultibase);
      if (!rule.keys.includes(key.algorithm)) {
        const kinds = rule.keys.join(', ');
        throw fieldProblem(
          'lint-failed',
          '',
          `${form} is signed with ${kinds}, and the key is ${key.algorithm}`,
          'key_wrong_kind',
        );
      }
      assertCarriable(document, form, profile, loader);
      await assertTerms(document, loader);
      const header = { alg: ALGORITHM_OF[key.algorithm], typ: rule.typ, kid: signer.verificationMethod };
      const text = await signCompact(header, { ...document, ...rule.claims(document, created) }, signer);
      await assertReadsAs(text, document, { form, created, key });
      return text;
    },
  };
}

/** @throws Problem `lint-failed` with the pointer of what a token cannot hold, or would hold with another meaning */
function assertCarriable(
  document: JsonObject,
  form: IssuedJwtForm,
  profile: ContextProfile,
  loader: ContextLoader,
): void {
  assertNoProto(document);
  if (baseContext(document) !== 'v2') {
    throw fieldProblem('lint-failed', '/@context/0', 'only credentials of version 2 are signed as tokens', 'context');
  }
  const taken = Object.keys(document).find(
    (name) => TOKEN_CLAIMS.has(name) || name === 'vc' || name === 'vp' || name.startsWith('_sd'),
  );
  if (taken !== undefined) {
    throw fieldProblem('lint-failed', `/${taken}`, `${taken} is a name of the token itself`, 'claim_name');
  }
  if (issuerId(document) === '')
    throw fieldProblem('lint-failed', '/issuer', 'the issuer has no id', 'issuer_without_id');
  // A reader takes any other credential for `vc+jwt`, whose claims mean something else.
  if (form === 'ob-jwt' && formOf({ typ: 'JWT' }, document, false) !== 'ob-jwt') {
    throw fieldProblem('lint-failed', '/type', 'this form is for Open Badges', 'not_a_badge');
  }
  assertNoUnsafeContext(readableForm(document), profile, loader);
}

/** At work factor 1, as everything that is issued. */
async function assertTerms(document: JsonObject, loader: ContextLoader): Promise<void> {
  try {
    await canonicalize(loader, readableForm(document));
  } catch (error) {
    if (!(error instanceof CanonicalizationError)) throw error;
    throw fieldProblem('lint-failed', error.pointer, error.message, error.code);
  }
}

/** Open Badges 3.0, 8.2.4.1. A badge of somebody without an id has no `sub`, and seconds have no fractions. */
function openBadgeClaims(document: JsonObject, created: string): JsonObject {
  const { id, credentialSubject, validFrom, validUntil } = document;
  const sub = isObject(credentialSubject) ? credentialSubject.id : undefined;
  if (typeof id !== 'string')
    throw fieldProblem('lint-failed', '/id', 'the credential has no id', 'credential_without_id');
  if (typeof sub !== 'string') {
    const detail = 'a badge as a token needs one subject with an id: the token names the subject';
    throw fieldProblem('lint-failed', '/credentialSubject/id', detail, 'subject_without_id');
  }
  const nbf = wholeSeconds(validFrom, '/validFrom');
  const exp = validUntil === undefined ? undefined : wholeSeconds(validUntil, '/validUntil');
  return { iss: issuerId(document), jti: id, sub, nbf, iat: numericDate(created)!, ...(exp !== undefined && { exp }) };
}

function wholeSeconds(value: unknown, pointer: string): number {
  const instant = parseDateTimeStamp(value);
  if (!instant) throw fieldProblem('lint-failed', pointer, 'is not a date and time with offset', 'date-times');
  if (instant.getTime() % 1_000 !== 0) {
    throw fieldProblem('lint-failed', pointer, 'a token holds whole seconds only', 'fractional_second');
  }
  return instant.getTime() / 1_000;
}

/** @throws Problem `signing-stopped`: something between the document and the text is broken */
async function assertReadsAs(
  text: string,
  document: JsonObject,
  { form, created, key }: { form: IssuedJwtForm; created: string; key: PublicKey },
): Promise<void> {
  const { opened } = takeApart(text);
  const wrong =
    headerFinding(opened.form, opened.header, opened.claims) ??
    claimFinding(opened.form, opened.claims, opened.document, { now: () => new Date(created) });
  if (wrong || opened.form !== form || !isDeepStrictEqual(opened.document, JSON.parse(JSON.stringify(document)))) {
    throw new Problem(
      'signing-stopped',
      `the token does not read as what was to be signed: ${wrong?.code ?? opened.form}`,
    );
  }
  await compactVerify(text, key.key, { algorithms: [ALGORITHM_OF[key.algorithm]] }).catch((cause: unknown) => {
    throw new Problem('signing-stopped', 'the token does not verify with another implementation', { cause });
  });
}

function issuerId({ issuer }: JsonObject): string {
  const id = isObject(issuer) ? issuer.id : issuer;
  return typeof id === 'string' ? id : '';
}
