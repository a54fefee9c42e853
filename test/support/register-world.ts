import type { Overrides } from '#app';
import { openService, type TestService } from './service.ts';

/** A service whose registers hold a history of three years, recorded at the times it says. All actors are fictitious,
 * and so are their memoranda; what is cited of real bodies exists. */
export interface RegisterWorld {
  service: TestService;
  did(slug: string): string;
  /** Ids of grants by name. */
  grants: Record<
    'courses' | 'micro' | 'training' | 'assess' | 'expired' | 'provisional' | 'endorsed' | 'withdrawn',
    string
  >;
}

const ACTORS: [slug: string, name: string][] = [
  ['specimen-framework-council', 'Specimen Framework Council'],
  ['specimen-higher-education-authority', 'Specimen Higher Education Authority'],
  ['specimen-skills-authority', 'Specimen Skills Authority'],
  ['specimen-software-association', 'Specimen Software Association'],
  ['specimen-coastal-college', 'Specimen Coastal College of Peñafrancia'],
  ['specimen-upland-institute', 'Specimen Upland Institute'],
];

let nextPort = 10_000 + (process.pid % 1_200) * 8;

/** @param anchored whether the council is a trust anchor */
export async function registerWorld(anchored = true, overrides: Overrides = {}): Promise<RegisterWorld> {
  let now = new Date('2023-11-06T01:00:00Z');
  const port = nextPort;
  nextPort += 2;
  const didOf = (slug: string) => `did:web:localhost%3A${port + 1}:institutions:${slug}`;
  const service = await openService(
    { clock: { now: () => now }, ...overrides },
    {
      TATAK_PORT: String(port),
      TATAK_TLS_PORT: String(port + 1),
      ...(anchored ? { TATAK_TRUST_ANCHORS: didOf('specimen-framework-council') } : {}),
    },
  );
  const keys = new Map<string, string>();
  for (const [slug, name] of ACTORS) {
    const made = await service.institution(slug, name);
    if (made.did !== didOf(slug)) throw new Error(made.did);
    keys.set(slug, made.authority);
  }
  const at = (text: string) => {
    now = new Date(text);
  };
  const post = async <T>(by: string, path: string, body: unknown): Promise<T> => {
    const { status, body: answer, text } = await service.call<T>('POST', path, { key: keys.get(by)!, body });
    if (status !== 201) throw new Error(`${path}: ${text}`);
    return answer;
  };
  const grant = async (by: string, to: string, body: Record<string, unknown>) =>
    (await post<{ id: string }>(by, '/v1/accreditations', { accredited: didOf(to), ...body })).id;
  const event = (by: string, id: string, body: Record<string, unknown>) =>
    post(by, `/v1/accreditations/${id}/events`, body);

  const [council, higher, skills, association, college, upland] = ACTORS.map(([slug]) => slug) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const HEI = ['HeiMicroCredential', 'HeiCourse', 'GraduateCertificate'];
  const TVET = ['NationalCertificate', 'CertificateOfCompetency', 'TvetMicroCredential'];
  await grant(council, higher, {
    role: 'Accredit',
    scope: [{ awardType: HEI }],
    validFrom: '2023-11-06',
    legalInstrument: { kind: 'InstitutionalMemo', number: '1', series: '2023' },
  });
  await grant(council, skills, {
    role: 'Accredit',
    scope: [{ awardType: TVET }],
    validFrom: '2023-11-06',
    legalInstrument: { kind: 'InstitutionalMemo', number: '1', series: '2023' },
  });

  at('2024-05-20T02:30:00Z');
  const courses = await grant(higher, college, {
    role: 'Award',
    scope: [
      {
        awardType: ['HeiCourse'],
        pqfLevelRange: { from: 6, to: 7 },
        psced: [{ code: '1', edition: '2017' }],
        maxCredit: { system: 'HE-UNIT-18', value: '12' },
      },
    ],
    validFrom: '2024-06-01',
    validUntil: '2027-06-01',
    decisionDate: '2024-05-17',
    legalInstrument: {
      kind: 'InstitutionalMemo',
      number: '12',
      series: '2024',
      date: '2024-05-17',
      url: 'https://authority.example/memo-12-2024',
    },
    condition: ['A yearly report on completion is due every 31 July.'],
  });
  const expired = await grant(skills, college, {
    role: 'Train',
    scope: [{ awardType: ['TvetMicroCredential'], unitOfCompetency: ['ICT724202', 'ICT724203'] }],
    validFrom: '2024-07-01',
    validUntil: '2025-07-01',
    legalInstrument: { kind: 'TesdaCircular', number: '077', series: '2024' },
  });
  const training = await grant(skills, college, {
    role: 'Train',
    scope: [
      {
        awardType: ['NationalCertificate'],
        trainingRegulation: [{ title: 'Computer Systems Servicing NC II', version: '2007' }],
        psgc: ['0517'],
      },
      { awardType: ['TvetMicroCredential'], participationMode: ['Online'], learningRoute: ['EBET', 'RPL'] },
    ],
    validFrom: '2024-08-01',
    legalInstrument: [
      { kind: 'TesdaCircular', number: '077', series: '2024' },
      { kind: 'InstitutionalMemo', number: '31', series: '2024' },
    ],
  });

  at('2025-02-12T06:10:00Z');
  await event(higher, courses, {
    type: 'suspended',
    effectiveAt: '2025-02-15',
    reason: 'The yearly report for 2024 was not submitted.',
    legalInstrument: { kind: 'InstitutionalMemo', number: '5', series: '2025' },
  });
  at('2025-04-03T01:00:00Z');
  await event(higher, courses, {
    type: 'reinstated',
    effectiveAt: '2025-04-01',
    reason: 'The report was submitted and accepted.',
  });
  const withdrawn = await grant(skills, college, {
    role: 'Assess',
    scope: [{ awardType: ['CertificateOfCompetency'], site: ['https://coastal.example/sites/annex'] }],
    validFrom: '2025-04-10',
    legalInstrument: { kind: 'InstitutionalMemo', number: '8', series: '2025' },
  });
  const endorsed = await grant(association, college, {
    verb: 'endorse',
    role: 'Train',
    scope: [{ awardType: ['IndustryCertification'], psfSector: ['PSF-ICT'], profession: ['Software tester'] }],
    validFrom: '2025-05-01',
    legalInstrument: { kind: 'InstitutionalMemo', number: '14', series: '2025' },
  });
  at('2025-09-15T03:00:00Z');
  await event(skills, withdrawn, {
    type: 'withdrawn',
    effectiveAt: '2025-09-01',
    reason: 'The assessment equipment at the annex was moved to the main campus.',
  });
  const assess = await grant(skills, college, {
    role: 'Assess',
    scope: [{ awardType: ['CertificateOfCompetency', 'NationalCertificate'], pqfLevelRange: { from: 2, to: 2 } }],
    validFrom: '2025-09-15',
    legalInstrument: { kind: 'InstitutionalMemo', number: '19', series: '2025' },
  });
  const provisional = await grant(higher, college, {
    role: 'Award',
    provisional: true,
    scope: [{ awardType: ['GraduateCertificate'], pqfLevelRange: { from: 7, to: 7 } }],
    validFrom: '2026-08-01',
    legalInstrument: { kind: 'InstitutionalMemo', number: '3', series: '2026' },
    condition: [
      'Two full-time teaching staff until the final decision.',
      'No more than 40 learners in the first intake.',
    ],
  });
  const micro = await grant(higher, college, {
    role: 'Award',
    scope: [{ awardType: ['HeiMicroCredential'], pqfLevelRange: { from: 5, to: 6 } }],
    validFrom: '2025-10-01',
    legalInstrument: { kind: 'CMO', number: '1', series: '2025' },
  });
  await grant(higher, upland, {
    role: 'Award',
    scope: [{ awardType: ['HeiMicroCredential'] }],
    validFrom: '2025-10-01',
    legalInstrument: { kind: 'CMO', number: '1', series: '2025' },
  });
  await grant(council, college, {
    verb: 'list',
    role: 'Award',
    scope: [{ awardType: ['HeiMicroCredential'] }],
    validFrom: '2025-10-01',
  });

  at('2026-06-20T02:00:00Z');
  await post(higher, '/v1/successions', {
    predecessor: didOf(upland),
    successor: didOf(college),
    kind: 'Merger',
    mayAward: true,
    effectiveAt: '2026-06-01',
    reason: 'Merged by resolution of both boards.',
    legalInstrument: { kind: 'BorResolution', number: '44', series: '2026' },
  });
  at('2026-11-16T02:00:00Z');
  return {
    service,
    did: didOf,
    grants: { courses, micro, training, assess, expired, provisional, endorsed, withdrawn },
  };
}
