import { describe, expect, it } from 'vitest';
import type { Answer } from '#accreditation';
import {
  type Check,
  type CheckName,
  type CheckResult,
  decideStanding,
  decideVerdict,
  type StandingReason,
  sentence,
} from '#verifier';

const RESULTS: CheckResult[] = ['pass', 'fail', 'warning', 'unknown', 'not_applicable'];
const DECISIVE: CheckName[] = ['document', 'proof', 'validity', 'status', 'recipient'];
const ANSWERS: Answer[] = ['yes', 'no', 'unknown', 'not_covered'];

function combinations(): { check: CheckName; result: CheckResult }[][] {
  return DECISIVE.reduce<{ check: CheckName; result: CheckResult }[][]>(
    (rows, name) => rows.flatMap((row) => RESULTS.map((result) => [...row, { check: name, result }])),
    [[]],
  );
}

describe('verdict', () => {
  it('follows the rule in all 3,125 combinations, whatever the other checks say', () => {
    let valid = 0;
    for (const row of combinations()) {
      const results = row.map((one) => one.result);
      const [document, proof] = results;
      const expected = results.includes('fail')
        ? 'invalid'
        : results.includes('unknown') || document === 'not_applicable' || proof === 'not_applicable'
          ? 'undetermined'
          : 'valid';
      const others = (['issuer', 'accreditation', 'endorsements'] as const).map((name) => ({
        check: name,
        result: 'fail' as const,
      }));
      expect(decideVerdict([...row, ...others]), JSON.stringify(row)).toBe(expected);
      if (expected === 'valid') valid++;
    }
    // Two mandatory checks may pass or warn, three others may pass, warn or not apply.
    expect(valid).toBe(2 * 2 * 3 * 3 * 3);
  });

  it('a decisive check that was not made is not a pass', () => {
    for (const missing of DECISIVE) {
      const rest = DECISIVE.filter((name) => name !== missing).map((name) => ({
        check: name,
        result: 'pass' as const,
      }));
      expect(decideVerdict(rest)).toBe('undetermined');
    }
    expect(decideVerdict([])).toBe('undetermined');
  });
});

describe('recognition', () => {
  it('is recognised only for yes at the award and a permitting definition', () => {
    const recognised: string[] = [];
    for (const atAward of ANSWERS) {
      for (const now of ANSWERS) {
        for (const permitted of RESULTS) {
          const { recognition } = decideStanding({ atAward, now, permitted });
          if (recognition === 'recognised') recognised.push(`${atAward} ${permitted}`);
          const refused = atAward === 'no' || permitted === 'fail';
          expect(recognition === 'not_recognised').toBe(refused);
        }
      }
    }
    expect(new Set(recognised)).toEqual(new Set(['yes pass']));
    expect(recognised).toHaveLength(ANSWERS.length);
  });

  it('what was not asked is not shown', () => {
    expect(decideStanding(undefined)).toEqual({ recognition: 'not_shown', reason: 'not_asked' });
  });
});

describe('the sentence', () => {
  const make = (more: Partial<Record<CheckName, [CheckResult, string]>>): Check[] =>
    DECISIVE.map((name) => {
      const [result, code] = more[name] ?? ['pass', 'x'];
      return { check: name, result, code, message: { en: '', fil: '' }, evidence: {} };
    });
  const say = (more: Partial<Record<CheckName, [CheckResult, string]>>, reason: StandingReason, specimen = false) => {
    const checks = make(more);
    return sentence(checks, decideVerdict(checks), reason, specimen);
  };

  it.each<[Partial<Record<CheckName, [CheckResult, string]>>, StandingReason, string]>([
    [{}, 'not_covered', 'Genuine, but no register we trust covers this award.'],
    [{}, 'accredited', 'Genuine, and the issuer was accredited for this award when it was made.'],
    [
      {},
      'accredited_then_not_now',
      'Genuine, and the issuer was accredited for this award when it was made, though today it no longer is.',
    ],
    [{}, 'not_accredited', 'Genuine, but the issuer was not accredited for this award when it was made.'],
    [
      { status: ['fail', 'revoked'] },
      'accredited',
      'Revoked by its issuer; the issuer was accredited for this award when it was made.',
    ],
    [
      { status: ['unknown', 'status_unreachable'] },
      'not_covered',
      'Not decided: it is signed by its issuer, but whether it was revoked could not be found out; no register we trust covers this award.',
    ],
    [
      { proof: ['fail', 'signature_invalid'], status: ['unknown', 'not_checked'] },
      'not_asked',
      'Not genuine: no valid signature of the issuer covers this document, so nothing it says can be relied on.',
    ],
    [
      { document: ['unknown', 'unsupported_context'], proof: ['unknown', 'unsupported_context'] },
      'not_asked',
      'Not decided: this verifier cannot read this kind of document yet.',
    ],
  ])('%j, %s', (more, reason, expected) => expect(say(more, reason).en).toBe(expected));

  it('begins with Specimen in both languages', () => {
    expect(say({}, 'not_covered', true)).toEqual({
      en: 'Specimen: genuine, but no register we trust covers this award.',
      fil: 'Specimen: tunay ito, ngunit walang talaang pinagkakatiwalaan namin ang sumasaklaw sa gawad na ito.',
    });
  });

  it('exists for every combination, and never says genuine of what is not valid', () => {
    const reasons: StandingReason[] = [
      'accredited',
      'accredited_then_not_now',
      'not_accredited',
      'not_permitted',
      'not_covered',
      'register_unanswered',
      'permission_unknown',
      'not_asked',
    ];
    for (const row of combinations()) {
      const checks = row.map(
        (one): Check => ({ ...one, code: one.result, message: { en: '', fil: '' }, evidence: {} }),
      );
      const verdict = decideVerdict(checks);
      for (const reason of reasons) {
        const text = sentence(checks, verdict, reason, false);
        expect(text.en).toMatch(/^[A-Z].*\.$/);
        expect(text.fil).toMatch(/^[A-Z].*\.$/);
        expect(text.en.startsWith('Genuine')).toBe(verdict === 'valid');
        expect(text.fil.startsWith('Tunay')).toBe(verdict === 'valid');
      }
    }
  });
});
