import { isDeepStrictEqual } from 'node:util';
import { type Json, type JsonObject, Problem } from '#kernel';
import { createContextLoader, createJwtChecker, createJwtMaker, openJwt } from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../../support/golden-badge.ts';
import { mutateJson } from '../mutate-json.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createJwtChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
const { signer, method } = testKey(1);
const maker = createJwtMaker({ loader });
const tokens = await Promise.all(
  [goldenBadge(), { ...goldenBadge(), name: 'Another' }].map((badge) => maker.sign(badge, signer, 'vc+jwt', CREATED)),
);
const signed = tokens.map((text) => openJwt(text).document);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sd = `${part({ alg: 'EdDSA', typ: 'vc+sd-jwt' })}.${part({ ...goldenBadge(), _sd_alg: 'sha-256', _sd: ['x'] })}.AAAA~${part(['salt', 'name', 'x'])}~`;
const claim = `${part({ alg: 'ES256', typ: 'JWT' })}.${part({ iss: ISSUER, nbf: 1, vc: goldenBadge() })}.AAAA`;
const refusal = (error: unknown): boolean =>
  error instanceof Problem && ['malformed-json', 'invalid-request', 'payload-too-large'].includes(error.kind);

/** Tokens: taking apart, and whatever of it the checker looks at. */
export const jwt: Target = {
  name: 'jwt',
  seeds: [...tokens, sd, claim, `${part({ alg: 'none' })}.${part({ iss: ISSUER })}.`].map(utf8),
  dictionary: [
    '.',
    '..',
    '~',
    'eyJ',
    'eyJhbGciOiJub25lIn0',
    '=',
    'e30',
    part({ alg: 'HS256' }),
    part({ crit: ['b64'], b64: false }),
    '\u0000',
  ],
  ciInputs: 500,
  shape(input, random) {
    const [token = '', ...disclosures] = textOf(input).split('~');
    const parts = token.split('.');
    const at = random.int(2);
    try {
      const value = JSON.parse(Buffer.from(parts[at] ?? '', 'base64url').toString('utf8')) as Json;
      parts[at] = part(mutateJson(value, random));
    } catch {
      return input;
    }
    return utf8([parts.join('.'), ...disclosures].join('~'));
  },
  async run(input) {
    const text = textOf(input);
    const opened = accepted(() => openJwt(text), refusal);
    if (!opened) return;
    const token = opened.value;
    must(isDeepStrictEqual(openJwt(token.text), token), 'read again it is another token');
    const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
    const resolve = resolverOf(method);
    const report = await checker.verify(token, expected, async ({ kid }) => resolve(kid ?? method.id));
    must(['pass', 'fail', 'unknown'].includes(report.outcome), 'an outcome that nobody knows');
    if (report.outcome !== 'pass') return;
    must(
      signed.some((document: JsonObject) => isDeepStrictEqual(document, token.document)),
      'passed for another document',
    );
    must(
      tokens.some((one) => one === token.text),
      'passed for another text',
    );
  },
};
