import { existsSync, readFileSync } from 'node:fs';
import { compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, Problem } from '#kernel';
import { readPublicJwk, WeakKeyError } from '#keystore';
import { jwkForm } from '../../../src/identifiers/key-form.ts';
import { signatureFinding } from '../../../src/proofs/jose/algorithms.ts';
import { splitCompact } from '../../../src/proofs/jose/compact.ts';
import { headerFinding } from '../../../src/proofs/jose/header.ts';

const folder = new URL('../../../../shared/standards/vectors/wycheproof/', import.meta.url);
/** Agreeing, then stricter by rule, then about encryption. */
const FILES: [string, number, Record<string, number>, number][] = [
  [
    'json_web_signature_test.json',
    365,
    { 'fail algorithm_refused': 8, 'unknown unsupported_algorithm': 26, 'refused base64url': 2 },
    0,
  ],
  ['json_web_key_test.json', 22, { 'fail algorithm_refused': 4 }, 0],
  ['json_web_crypto_test.json', 47, { 'fail algorithm_refused': 2 }, 34],
];

interface Vector {
  tcId: number;
  comment: string;
  jws?: string | JsonObject;
  result: 'valid' | 'invalid';
}
interface Group {
  comment: string;
  public?: JsonObject;
  private?: JsonObject;
  tests: Vector[];
}

/** Valid signatures that are refused, or left undecided, by a rule of ours. */
const STRICTER: Record<string, string> = {
  'fail algorithm_refused': 'an HMAC is no signature of an issuer',
  'unknown unsupported_algorithm': 'RS384, RS512, PS256, PS384, PS512, ES512 are not read: unknown, not wrong',
  'refused base64url': 'a character outside base64url, which the vector wants skipped',
};

const keysOf = (record: JsonObject): JsonObject[] =>
  (Array.isArray(record.keys) ? record.keys : [record]).filter(isObject);

/** What we make of a signature by the key of its group: the steps of the checker that look at neither claims nor issuer. */
function ours(jws: string | JsonObject, record: JsonObject): string {
  if (typeof jws !== 'string') return 'refused not_compact';
  try {
    const { header, signingInput, signature } = splitCompact(jws);
    const wrong = headerFinding('vc+jwt', header, {});
    if (wrong) return `${wrong.outcome} ${wrong.code}`;
    const keys = keysOf(record);
    // As a key set is read: by its name there is one key, or none.
    const named = keys.length === 1 ? keys : keys.filter(({ kid }) => kid === header.kid);
    if (named.length !== 1) return 'fail method_ambiguous';
    const { d: _private, ...jwk } = named[0]!;
    const form = jwkForm(jwk);
    if (form.outcome !== 'ok') return `${form.outcome === 'refused' ? 'fail' : 'unknown'} key_${form.outcome}`;
    const { outcome, code } = signatureFinding(header.alg, readPublicJwk(jwk), signingInput, signature);
    return `${outcome} ${code}`;
  } catch (error) {
    if (error instanceof Problem) return `refused ${error.errors[0]?.code ?? error.kind}`;
    if (error instanceof WeakKeyError) return `fail key_${error.code}`;
    throw error;
  }
}

if (!existsSync(folder)) console.log('published vectors are not beside this checkout: their tests were not run');

describe.runIf(existsSync(folder))('Wycheproof, JSON web signatures (KP-1)', () => {
  it.each(FILES)('%s', async (name, agree, stricter, encryption) => {
    const { testGroups } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { testGroups: Group[] };
    const count = { agree: 0, stricter: new Map<string, number>(), encryption: 0 };
    const wrong: string[] = [];
    for (const group of testGroups) {
      const record = (group.public ?? group.private)!;
      for (const { tcId, comment, jws, result } of group.tests) {
        if (jws === undefined) {
          count.encryption++;
          continue;
        }
        const answer = ours(jws, record);
        const passes = answer === 'pass signature_valid';
        if (passes === (result === 'valid')) count.agree++;
        else if (!passes && answer in STRICTER) count.stricter.set(answer, (count.stricter.get(answer) ?? 0) + 1);
        else wrong.push(`${group.comment} ${tcId} ${comment}: ${result}, here ${answer}`);
        // Whatever passes here passes with the library too.
        if (passes && typeof jws === 'string') {
          const { header } = splitCompact(jws);
          await compactVerify(jws, await importJWK(keysOf(record)[0] as never, String(header.alg)));
        }
      }
    }
    console.log(
      `Wycheproof ${name}: ${count.agree} agree, ${JSON.stringify(Object.fromEntries(count.stricter))} stricter, ${count.encryption} of encryption`,
    );
    expect(wrong).toEqual([]);
    expect({ ...count, stricter: Object.fromEntries(count.stricter) }).toEqual({ agree, stricter, encryption });
  });
});
