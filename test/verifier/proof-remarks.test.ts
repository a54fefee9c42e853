import { describe, expect, it } from 'vitest';
import type { ProofReport, ProofResult } from '#proofs';
import { checkProof } from '../../src/verifier/checks/proof.ts';

const good: ProofResult = { outcome: 'pass', code: 'signature_valid', detail: '' };
const report = (...proofs: ProofResult[]): ProofReport => ({ outcome: 'pass', code: 'signature_valid', proofs });

describe('what is said of a signature that holds', () => {
  it.each<[string, ProofResult[], string, string]>([
    ['plain', [good], 'pass', 'signature_valid'],
    ['an older form', [{ ...good, legacy: true }], 'warning', 'legacy_suite'],
    ['parts hidden', [{ ...good, selective: true }], 'warning', 'selective'],
    ['an older form beside a plain one', [{ ...good, legacy: true }, good], 'pass', 'signature_valid'],
    ['a bad one beside it', [good, { ...good, outcome: 'fail', code: 'signature_invalid' }], 'warning', 'other_proof'],
  ])('%s', (_name, proofs, result, code) => {
    const check = checkProof(report(...proofs));
    expect(check).toMatchObject({ result, code });
    expect(check.message.fil).not.toBe(check.message.en);
  });

  it('the copy of the holder is neither valid nor forged', () => {
    const check = checkProof({
      outcome: 'unknown',
      code: 'base_proof',
      proofs: [{ ...good, outcome: 'unknown', code: 'base_proof' }],
    });
    expect(check).toMatchObject({ result: 'unknown', code: 'base_proof' });
  });
});
