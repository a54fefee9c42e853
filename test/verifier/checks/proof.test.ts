import { describe, expect, it } from 'vitest';
import type { ProofReport, ProofResult } from '#proofs';
import { checkUnread, withOrigin } from '../../../src/verifier/checks/form.ts';
import { checkProof } from '../../../src/verifier/checks/proof.ts';
import { check } from '../../../src/verifier/report.ts';

const good: ProofResult = {
  outcome: 'pass',
  code: 'signature_valid',
  detail: '',
  verificationMethod: 'did:web:school.example#key-1',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-01T00:00:00Z',
};
const bad: ProofResult = { outcome: 'fail', code: 'signature_invalid', detail: 'secret words of the document' };
const passing = (...proofs: ProofResult[]) => checkProof({ outcome: 'pass', code: 'signature_valid', proofs });
const failing = (outcome: 'fail' | 'unknown', code: string, ...proofs: ProofResult[]) =>
  checkProof({ outcome, code, proofs });
const said = ({ check: name, result, code }: { check: string; result: string; code: string }) =>
  `${name} ${result} ${code}`;

describe('a signature', () => {
  it('that holds is described, and nothing else is', () => {
    const found = passing(good);
    expect(said(found)).toBe('proof pass signature_valid');
    expect(found.evidence).toEqual({
      verificationMethod: good.verificationMethod,
      cryptosuite: good.cryptosuite,
      created: good.created,
      proofs: [{ outcome: 'pass', code: 'signature_valid' }],
    });
  });

  it('beside a bad one holds, and both are told', () => {
    const found = passing(bad, good);
    expect(said(found)).toBe('proof warning other_proof');
    expect(found.evidence).toMatchObject({
      verificationMethod: good.verificationMethod,
      proofs: [
        { outcome: 'fail', code: 'signature_invalid' },
        { outcome: 'pass', code: 'signature_valid' },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('is not said to be of the whole when a doubt is on each', () => {
    const key = { provenance: 'address' } as never;
    const found = passing({ ...good, legacy: true }, { ...good, key, created: '2026-02-02T00:00:00Z' });
    expect(said(found)).toBe('proof warning legacy_suite');
    expect(found.evidence.legacy).toBe(true);
    expect(said(passing({ ...good, key }))).toBe('proof warning key_address_only');
    expect(passing({ ...good, key }).evidence.key).toEqual(key);
    expect(passing({ ...good, selective: true }).evidence.selective).toBe(true);
    expect(said(passing({ ...good, selective: true }))).toBe('proof warning selective');
  });

  it('that is good decides what is described, wherever it stands', () => {
    const found = passing({ ...good, legacy: true, created: '2020-01-01T00:00:00Z' }, good);
    expect(said(found)).toBe('proof pass signature_valid');
    expect(found.evidence.created).toBe(good.created);
  });

  it.each([
    ['fail', 'signature_invalid'],
    ['fail', 'no_proof'],
    ['fail', 'something_new'],
    ['unknown', 'base_proof'],
    ['unknown', 'unsupported_cryptosuite'],
    ['unknown', 'did_unreachable'],
  ] as const)('%s %s: the code is kept and the count told', (outcome, code) => {
    const found = failing(outcome, code, bad, bad);
    expect(said(found)).toBe(`proof ${outcome} ${code}`);
    expect(found.evidence).toEqual({ proofs: 2 });
  });

  it('that cannot be read is told apart from one that could not be checked', () => {
    const words = (code: string) => failing('unknown', code).message.en;
    expect(words('unsupported_cryptosuite')).toBe(words('unsupported_jwt'));
    expect(words('unsupported_cryptosuite')).not.toBe(words('did_unreachable'));
    expect(words('base_proof')).not.toBe(words('did_unreachable'));
    expect(failing('fail', 'no_proof').message).not.toEqual(failing('fail', 'something_new').message);
  });

  it('with an outcome that nobody knows stops everything', () => {
    expect(() => checkProof({ outcome: 'maybe', code: 'x', proofs: [] } as unknown as ProofReport)).toThrow('maybe');
  });
});

describe('the form it came in', () => {
  const origin = { foundAt: 'https://school.example/badge' } as never;
  it('that is not read is neither good nor bad', () => {
    expect(checkUnread('cose', origin)).toMatchObject({
      check: 'document',
      result: 'unknown',
      code: 'unsupported',
      evidence: { form: 'cose', foundAt: 'https://school.example/badge' },
    });
    expect(checkUnread('open-badges-2', {} as never)).toMatchObject({ result: 'unknown', code: 'open_badges_2' });
  });

  it('is added to what was found', () => {
    const one = check('document', 'pass', 'conforming', { en: 'x', fil: 'y' }, { at: 1 });
    expect(withOrigin(one, { kind: 'jwt', origin } as never)).toEqual({
      ...one,
      evidence: { at: 1, form: 'jwt', foundAt: 'https://school.example/badge' },
    });
    expect(withOrigin(one, { kind: 'json', origin } as never).evidence).toEqual({
      at: 1,
      foundAt: 'https://school.example/badge',
    });
  });
});
