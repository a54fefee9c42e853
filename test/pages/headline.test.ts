import { describe, expect, it } from 'vitest';
import { countWords, HEADLINE_WORDS, headline, type ReportView } from '#pages';
import { type Check, type CheckName, type CheckResult, decideVerdict, type StandingReason, sentence } from '#verifier';

const ISSUER = 'did:web:college.example:institutions:specimen';
const ACCREDITOR = 'did:web:council.example';
const names = new Map([
  [ISSUER, 'Specimen Skills Authority (modelled on TESDA)'],
  [ACCREDITOR, 'Specimen Framework Council'],
]);
const RECOGNITION: Record<string, ReportView['recognition']> = {
  accredited: 'recognised',
  accredited_then_not_now: 'recognised',
  not_accredited: 'not_recognised',
  not_permitted: 'not_recognised',
};
const STANDINGS: StandingReason[] = [
  ...(['accredited', 'accredited_then_not_now', 'not_accredited', 'not_permitted', 'not_covered'] as const),
  ...(['register_unanswered', 'permission_unknown'] as const),
];

function report(
  asked: StandingReason,
  faults: Partial<Record<CheckName, [CheckResult, string]>> = {},
  credential: Partial<NonNullable<ReportView['credential']>> = {},
): ReportView {
  const found = (name: CheckName): [CheckResult, string] => faults[name] ?? ['pass', 'x'];
  const all: CheckName[] = ['document', 'proof', 'validity', 'status', 'recipient', 'accreditation'];
  // Nothing is asked about, or shown of, what is not signed or not read.
  const holds = [found('proof'), found('document')].every(([result]) => result === 'pass');
  const standing = holds ? asked : 'not_asked';
  const checks: Check[] = all.map((check) => ({
    check,
    ...{ result: found(check)[0], code: found(check)[1], message: { en: '', fil: '' } },
    evidence:
      check === 'accreditation'
        ? { parties: [{ role: 'Award', atAward: { matched: [{ accreditor: ACCREDITOR }] } }] }
        : {},
  }));
  const verdict = decideVerdict(checks);
  return {
    ...{ verdict, recognition: RECOGNITION[standing] ?? 'not_shown', standing, specimen: holds, checks },
    sentence: sentence(checks, verdict, standing, holds),
    checkedAt: '2026-11-26T08:00:00Z',
    ...(holds && {
      credential: {
        name: 'VERIFIED ✔ everything',
        issuerId: ISSUER,
        issuerName: 'VERIFIED by everybody',
        awardedDate: '2026-03-13T16:00:00Z',
        awardType: 'CertificateOfCompetency',
        ...credential,
      },
    }),
  };
}

describe('the headline', () => {
  it('names kind, day, awarder and accreditor of what is recognised', () => {
    expect(headline(report('accredited'), names, 'en')).toBe(
      'Specimen: genuine. Certificate of Competency awarded on 14 March 2026 by Specimen Skills Authority (modelled on TESDA), accredited for it on that day.',
    );
    const short = new Map([...names, [ISSUER, 'Specimen College']]);
    expect(headline(report('accredited'), short, 'en')).toBe(
      'Specimen: genuine. Certificate of Competency awarded on 14 March 2026 by Specimen College, accredited for it by Specimen Framework Council on that day.',
    );
    expect(headline(report('accredited'), new Map(), 'en')).toContain(
      'by college.example/institutions/specimen, accredited for it by council.example',
    );
    // Two who share a host are two.
    const other = report('accredited', {}, { issuerId: 'did:web:college.example%3A8443:institutions:other' });
    expect(headline(other, new Map(), 'en')).toContain('by college.example:8443/institutions/other,');
    const address = report('accredited', {}, { issuerId: 'https://college.example/issuers/7' });
    expect(headline(address, new Map(), 'en')).toContain('by college.example/issuers/7,');
  });

  const faults: Partial<Record<CheckName, [CheckResult, string]>>[] = [
    {},
    { status: ['fail', 'revoked'] },
    { status: ['fail', 'suspended'] },
    { validity: ['fail', 'expired'] },
    { validity: ['fail', 'not_yet_valid'] },
    { recipient: ['fail', 'recipient'] },
    { status: ['unknown', 'status_unreachable'] },
    { recipient: ['unknown', 'recipient_not_shown'] },
    { proof: ['fail', 'signature_invalid'] },
    { proof: ['unknown', 'unsupported_suite'] },
    { document: ['fail', 'x'] },
  ];
  it.each(['en', 'fil'] as const)('is one glance, and never in words of the badge (%s)', (lang) => {
    const long = new Map([
      [ISSUER, 'Specimen University of the Very Long Name in the City of Many Words and Campuses'],
    ]);
    for (const standing of STANDINGS) {
      for (const fault of faults) {
        for (const known of [names, long, new Map<string, string>()]) {
          const said = headline(report(standing, fault), known, lang);
          expect(said).not.toContain('VERIFIED');
          expect(said).not.toContain('….');
          expect(countWords(said), `${standing} ${JSON.stringify(fault)}: ${said}`).toBeLessThanOrEqual(HEADLINE_WORDS);
        }
      }
    }
  });

  it('never says genuine of what is not valid, nor leaves out what is not recognised', () => {
    for (const standing of STANDINGS) {
      for (const fault of faults.slice(1))
        expect(headline(report(standing, fault), names, 'en')).not.toMatch(/specimen: genuine/);
      const said = headline(report(standing), names, 'en');
      if (RECOGNITION[standing] !== 'recognised')
        expect(said, standing).toMatch(/not recognised|no register|did not say|unknown/);
    }
  });

  it('says what holds it back before anything else, and names no kind that no register confirms', () => {
    for (const standing of STANDINGS.filter((one) => RECOGNITION[one] !== 'recognised')) {
      for (const fault of faults) {
        expect(headline(report(standing, fault), names, 'en')).not.toContain('Certificate of Competency');
        expect(headline(report(standing, fault), names, 'fil')).not.toContain('Sertipiko');
      }
      expect(headline(report(standing), names, 'en')).toMatch(/^Specimen: genuine, but /);
      expect(headline(report(standing), names, 'fil')).toMatch(/^Specimen: tunay, ngunit /);
    }
  });

  it('does not say of a register without an answer that it has nothing', () => {
    for (const fault of [...faults.slice(1, 4), { status: ['unknown', 'x'] } as const]) {
      const said = (standing: StandingReason) => headline(report(standing, fault as never), names, 'en');
      expect(said('not_covered')).toContain('no trusted register covers it');
      for (const standing of ['register_unanswered', 'permission_unknown'] as const)
        expect(said(standing)).toMatch(/whether (?:accredited|permitted) is unknown/);
    }
  });

  it('takes no kind from the badge that no list has, and no day that is none', () => {
    const unlisted = report('accredited', {}, { awardType: 'VERIFIED' });
    expect(headline(unlisted, names, 'en')).toContain('genuine. Badge awarded on 14 March 2026');
    const dayless = report('not_covered', {}, { awardedDate: 'VERIFIED' });
    expect(headline(dayless, names, 'en')).toBe(dayless.sentence.en);
    const keyed = report('not_covered', {}, { issuerId: 'did:key:z6MkVERIFIED' });
    expect(headline(keyed, names, 'en')).toContain('by an issuer without a name');
  });
});
