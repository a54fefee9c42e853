/** From the job into a stack: the capstone of a cross-sector pathway (framework.md 7.2 P4, part D), through the real API. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { customerExperienceAssociate } from '#pathways';
import { type AccreditedService, openAccredited, type Party } from '../accreditation/support/accredited-service.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';

interface Answer {
  id: string;
  url: string;
  type?: string;
  state: string;
  credentialId?: string;
  errors?: { pointer: string; code?: string }[];
  credentials: { id: string; url: string; credential: JsonObject }[];
  assessments: { feedback: { summary: { en: string; fil: string }; missing: { text: { en: string } }[] } }[];
  verdict: string;
  recognition: string;
  credential: JsonObject;
  outcome: string;
  evaluation: { used: { holding: string; node: string }[]; missing: { node: string }[] };
}

const HOLDER = 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-6d1c7f8e9a0b';
const OFFICIAL = join(import.meta.dirname, '..', '..', '..', 'shared', 'standards', 'ob-v3p0');
let on: AccreditedService;
let log: ResponseLog;
let parties: Record<'skills' | 'centre' | 'university' | 'association' | 'employer' | 'polytechnic', Party>;
let definitions: Record<'a' | 'b' | 'c' | 'd', { id: string; url: string }>;
let pathway: string;
let stack: string[];
const keys: Record<'coordinator' | 'assessor', string> = { coordinator: '', assessor: '' };

const post = (key: string | undefined, url: string, body: object) =>
  on.service.call<Answer>('POST', url, { body, ...(key === undefined ? {} : { key }) });
const must = async (...of: Parameters<typeof post>): Promise<Answer> => {
  const answer = await post(...of);
  if (answer.status >= 300) throw new Error(`${of[1]}: ${answer.status} ${answer.text}`);
  return answer.body;
};

async function define(by: Party, terms: object): Promise<{ id: string; url: string }> {
  const id = await on.achievement(by, { credit: undefined, ...terms });
  return { id, url: `${on.service.publicUrl}/achievements/${id}` };
}

async function issued(by: Party, achievementId: string, recipient: object): Promise<string> {
  const { status, body } = await on.issue(by, achievementId, { subjectId: HOLDER, ...recipient });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.credentials[0]!.url;
}

beforeAll(async () => {
  on = await openAccredited({
    overrides: {
      onServer: (server) => {
        log = validateResponses(server);
      },
    },
  });
  const party = async (name: string) => on.party(`specimen-${name}`);
  parties = {
    ...{ skills: await party('skills-authority'), centre: await party('assessment-centre') },
    ...{ university: await party('university'), polytechnic: await party('polytechnic') },
    ...{ association: await party('industry-association'), employer: await party('contact-centre') },
  };
  const { skills, centre, university, polytechnic, association } = parties;
  keys.coordinator = await on.service.key(polytechnic.slug, 'issuer', 'P-1');
  keys.assessor = await on.service.key(polytechnic.slug, 'approver', 'P-2');
  const NC = [{ awardType: ['NationalCertificate'] }];
  await on.grant(on.council, skills, { role: 'Award', scope: NC });
  await on.grant(on.council, centre, { role: 'Assess', scope: NC });
  await on.grant(on.council, university);
  await on.grant(on.council, association, { scope: [{ awardType: ['IndustryCertification'] }] });
  // The polytechnic may award what was learned in the enterprise, and nothing else.
  await on.grant(on.council, polytechnic, {
    scope: [{ awardType: ['HeiMicroCredential'], learningRoute: ['EBET'], site: [parties.employer.did] }],
  });

  definitions = {
    // The units are of the regulation by title only (framework source S39): their codes were not to be had.
    a: await define(skills, {
      ...{ name: 'SPECIMEN Contact Center Services NC II', awardType: 'NationalCertificate', regime: 'TESDA' },
      ...{ achievementType: 'Certification', pqfLevel: 2, notionalHours: '144' },
      ...{ credit: [{ system: 'TESDA-HOUR', value: '144' }] },
      unitOfCompetency: [{ code: 'SPECIMEN-1', title: 'Core unit', category: 'Core' }],
    }),
    b: await define(university, {
      ...{ name: 'SPECIMEN Service Data Analysis', pqfLevel: 6, notionalHours: '54' },
      credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
    }),
    c: await define(association, {
      ...{ name: 'SPECIMEN Contact Centre Practice', awardType: 'IndustryCertification', regime: 'Industry' },
      ...{ pqfLevel: 3, pqfLevelStatus: 'ProviderClaimed', notionalHours: '24' },
    }),
    d: await define(polytechnic, {
      ...{ name: 'SPECIMEN Workplace Capstone', description: 'Forty hours in a contact centre.', notionalHours: '40' },
      ...{ participationMode: 'WorkBased', assessmentType: ['WorkplaceObservation', 'Portfolio', 'Interview'] },
      learningOutcome: [
        { text: 'Resolves complaints of customers in one call.' },
        { text: 'Reports what calls show about a service.' },
      ],
    }),
  };
  const { url } = await must(university.issuer, '/v1/pathways', {
    name: 'SPECIMEN Customer Experience Associate',
    realism: 'Illustrative',
    stackingRule: customerExperienceAssociate({
      ...{ contactCenter: definitions.a.url, contactCenterVersions: ['1'], serviceData: definitions.b.url },
      ...{
        industry: [definitions.c.url],
        workplace: definitions.d.url,
        parents: ['https://specimen.example/degrees/1'],
      },
      conferrers: [university.did],
    }),
  });
  pathway = url;
  stack = [
    await issued(skills, definitions.a.id, {
      awardedDate: '2026-03-02',
      source: { id: centre.did, name: 'Specimen Assessment Centre' },
    }),
    await issued(university, definitions.b.id, { awardedDate: '2026-06-01' }),
    await issued(association, definitions.c.id, { awardedDate: '2026-07-01' }),
  ];
}, 120_000);
afterAll(() => on?.service.close());

const openCase = (route = 'EBET') =>
  must(keys.coordinator, '/v1/prior-learning', {
    ...{ achievementId: definitions.d.id, route, candidate: { subjectId: HOLDER, name: 'Canary Amihan' } },
    trainingProvider: parties.employer.did,
    workplaceEvidence: [
      {
        ...{ name: 'Log of the capstone', evidenceType: 'Log', description: 'Calls handled, day by day.' },
        ...{ from: '2026-10-05', to: '2026-10-16', hours: '40', attestedBy: 'Floor supervisor' },
        employer: { name: 'Specimen Contact Centre', id: parties.employer.did },
      },
    ],
  });
const judgements = (last: object) => [
  { outcome: '/learningOutcome/0', judged: 'Competent', evidence: [0, 1], method: ['WorkplaceObservation'] },
  { outcome: '/learningOutcome/1', judged: 'Competent', evidence: [0], method: ['PortfolioReview'], ...last },
];
const assessment = (last: object = {}) => ({
  ...{ assessedOn: '2026-11-20', assessor: 'Workplace assessor W-0007' },
  source: { id: parties.employer.did, name: 'Specimen Contact Centre' },
  judgements: judgements(last),
});
function satisfiesOfficialSchema(badge: JsonObject): void {
  if (!existsSync(OFFICIAL)) {
    console.log('official schemas are not beside this checkout: that part was not run');
    return;
  }
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const file = join(OFFICIAL, 'schema-published', 'ob_v3p0_achievementcredential_schema.json');
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  expect(validate(badge), JSON.stringify(validate.errors)).toBe(true);
}

const evaluate = (credentials: string[]) => must(undefined, '/v1/evaluations', { pathway, credentials });

describe('a learner from the job', () => {
  it('is missing the capstone before', async () => {
    const report = await evaluate(stack);
    expect(report.outcome).toBe('unmet');
    expect(report.evaluation.missing.map(({ node }) => node)).toEqual(['d', 'upper']);
  });

  it('enters a stack like one from a university', async () => {
    const { id } = await openCase();
    const url = `/v1/prior-learning/${id}`;
    await must(keys.coordinator, `${url}/evidence`, {
      workplaceEvidence: [
        {
          ...{ name: 'Observation of calls', evidenceType: 'ObservationRecord', description: 'Ten calls observed.' },
          ...{ from: '2026-10-12', to: '2026-10-12', url: 'https://evidence.example/1.pdf', sha256: 'cd'.repeat(32) },
        },
      ],
    });
    const own = await post(keys.coordinator, `${url}/assessments`, assessment());
    expect([own.status, own.body.type]).toEqual([403, 'urn:tatak:problem:same-person']);
    expect((await must(keys.assessor, `${url}/assessments`, assessment())).state).toBe('recognised');
    const awarded = await must(keys.coordinator, `${url}/award`, { include: ['period'] });
    const capstone = awarded.credentials[0]!;
    expect(JSON.stringify(capstone.credential)).not.toMatch(/Canary|supervisor|P-1|P-2|p-1|p-2/);

    const report = await must(undefined, '/v1/verifications', { url: capstone.url });
    expect([report.verdict, report.recognition]).toEqual(['valid', 'recognised']);
    expect(report.credential).toMatchObject({
      ...{ learningRoute: 'EBET', assessor: 'Workplace assessor W-0007', source: { id: parties.employer.did } },
      evidence: [
        { evidenceType: 'Log', narrative: 'From 2026-10-05 to 2026-10-16, 40 hours.' },
        { evidenceType: 'ObservationRecord', id: 'https://evidence.example/1.pdf' },
        { genre: 'Assessment record' },
      ],
    });

    satisfiesOfficialSchema(capstone.credential);

    const met = await evaluate([...stack, capstone.url]);
    expect(met.outcome).toBe('met');
    const slots = Object.fromEntries(met.evaluation.used.map(({ holding, node }) => [node, holding]));
    expect(slots.d).toBe(capstone.url);
    expect(met.evaluation.used.map(({ holding }) => holding).sort()).toEqual([...stack, capstone.url].sort());
  });

  it('who is not competent yet gets no credential, and is told what to show', async () => {
    const before = (await on.service.call<{ items: object[] }>('GET', '/v1/credentials', { key: keys.coordinator }))
      .body;
    const { id } = await openCase();
    const url = `/v1/prior-learning/${id}`;
    const record = assessment({ judged: 'NotYetCompetent', evidence: undefined });
    record.judgements[0] = { ...record.judgements[0]!, evidence: [0] };
    const decided = await must(keys.assessor, `${url}/assessments`, record);
    expect(decided.state).toBe('not_recognised');
    const { summary, missing } = decided.assessments[0]!.feedback;
    expect(summary.en).toContain('Not recognised yet');
    expect(summary.fil).toContain('Hindi pa kinikilala');
    expect(missing[0]!.text.en).toContain('Reports what calls show about a service.');
    expect((await post(keys.coordinator, `${url}/award`, {})).status).toBe(409);
    const after = (await on.service.call<{ items: object[] }>('GET', '/v1/credentials', { key: keys.coordinator }))
      .body;
    expect(after.items).toEqual(before.items);
    expect((await evaluate(stack)).outcome).toBe('unmet');
  });

  it('by a route the institution is not accredited for is refused when it is awarded (IS-10)', async () => {
    const { id } = await openCase('RPL');
    const url = `/v1/prior-learning/${id}`;
    const record = assessment();
    record.judgements[0] = { ...record.judgements[0]!, evidence: [0] };
    await must(keys.assessor, `${url}/assessments`, record);
    const { status, body } = await post(keys.coordinator, `${url}/award`, {});
    expect([status, body.type, body.errors?.[0]?.code]).toEqual([
      403,
      'urn:tatak:problem:not-accredited',
      expect.stringContaining('scope'),
    ]);
    const read = await on.service.call<Answer>('GET', url, { key: keys.coordinator });
    expect([read.body.state, read.body.credentialId]).toEqual(['recognised', undefined]);
  });

  it('has no way around a case: the route alone is refused', async () => {
    const recipient = { learningRoute: 'EBET', source: { id: parties.employer.did, name: 'Specimen Contact Centre' } };
    const { status, body } = await on.issue(parties.polytechnic, definitions.d.id, recipient);
    expect([status, body.type, body.errors.map(({ pointer }) => pointer)]).toEqual([
      ...[400, 'urn:tatak:problem:lint-failed'],
      ['/recipients/0/assessor', '/recipients/0/evidence'],
    ]);
  });

  it('SC-5: nothing answered otherwise than openapi.yaml says', () => {
    expect([...new Set(log.violations)]).toEqual([]);
  });
});
