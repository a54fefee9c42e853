import type { EquivalenceInput } from '#equivalences';
import type { JsonObject } from '#kernel';
import type { StackReport } from '#verifier';
import { openService, type TestService } from '../../support/service.ts';

export const TODAY = '2026-06-15';
const TEXT = { en: 'Example', fil: 'Halimbawa' };

/** A university that decides, a college whose awards it decides about, and a learner of both. */
export interface DecidingWorld {
  service: TestService;
  /** Sets the clock to eight in the morning of a day in Manila. */
  on(day: string): void;
  university: { did: string; key: string; auditor: string };
  college: { did: string; key: string };
  /** Achievements: what the college awards, what it is to stand for. */
  micro: string;
  course: string;
  /** A credential of the micro-credential for the learner; its address. */
  award(achievement?: string): Promise<string>;
  post<T = Shown>(path: string, body: unknown, key?: string): Promise<{ status: number; body: T }>;
  /** Of the micro-credential as the course for 3 units, complete. */
  input(more?: Partial<EquivalenceInput>): EquivalenceInput;
  draft(more?: Partial<EquivalenceInput>): Promise<Shown>;
  decide(more?: Partial<EquivalenceInput>): Promise<Shown>;
  /** A published pathway with these children; its address. */
  pathway(...children: JsonObject[]): Promise<string>;
  evaluate(body: JsonObject): Promise<StackReport>;
}

export interface Shown {
  id: string;
  url: string;
  state: string;
  standing: string;
  revision: number;
  decision: EquivalenceInput;
  events: { type: string; day: string; reason: string }[];
  appealOpen: boolean;
  validUntil?: string;
  edition?: number;
  credential?: JsonObject & { credentialSubject: JsonObject };
}

export const node = (kind: string, id: string, more: JsonObject): JsonObject => ({
  ...{ id, kind, text: TEXT, source: 'this test', binding: 'Mandatory', realism: 'Illustrative' },
  ...more,
});

export async function decidingWorld(env: Record<string, string> = {}): Promise<DecidingWorld> {
  let now = new Date(`${TODAY}T00:00:00Z`);
  const service = await openService({ clock: { now: () => now } }, env);
  const university = await service.institution('specimen-university', 'Specimen Open University');
  const college = await service.institution('specimen-college', 'Specimen Coastal College');
  const auditor = await service.key('specimen-university', 'auditor');
  const must = async <T>(key: string, path: string, body: unknown): Promise<T> => {
    const { status, body: answer, text } = await service.call<T>('POST', path, { key, body });
    if (status >= 300) throw new Error(`${path}: ${text}`);
    return answer;
  };
  const achievement = async (key: string, name: string) =>
    (
      await must<{ url: string }>(key, '/v1/achievements', {
        achievement: { name: `SPECIMEN ${name}`, description: name, criteria: { narrative: 'Assessed.' } },
      })
    ).url;
  const micro = await achievement(college.issuer, 'Designing online assessment');
  const course = await achievement(university.issuer, 'EDDE 205 Assessment in distance education');
  const subjectId = 'urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a10';

  const world: DecidingWorld = {
    service,
    on(day) {
      now = new Date(`${day}T00:00:00Z`);
    },
    university: { did: university.did, key: university.authority, auditor },
    college: { did: college.did, key: college.issuer },
    micro,
    course,
    async award(of = micro) {
      const key = of === course ? university.issuer : college.issuer;
      const { credentials } = await must<{ credentials: { url: string }[] }>(key, '/v1/credentials', {
        achievementId: of.split('/').at(-1),
        recipients: [{ subjectId, name: 'Amihan Santos' }],
      });
      return credentials[0]!.url;
    },
    async post(path, body, key = university.authority) {
      return service.call('POST', path, { key, body });
    },
    input: (more = {}) => ({
      from: { achievement: micro, title: 'Designing online assessment' },
      to: { mode: 'specified', achievement: course, title: 'EDDE 205' },
      credit: { system: 'HE-UNIT-16', value: '3' },
      validFrom: '2026-01-01',
      panel: { name: 'Credit Transfer Panel', members: ['Dean of the faculty', 'Subject expert', 'Registrar'] },
      legalInstrument: [{ kind: 'JMC', number: '1', series: '2023', date: '2023-04-14' }],
      outcomeMatching: [
        { from: 'Designs an online test', to: 'Constructs assessment for distance learners', match: 'full' },
        {
          ...{ from: 'Moderates marking', match: 'partial' },
          ...{ to: 'Assures the quality of assessment', note: 'Moderation of essays is done in the course.' },
        },
        { from: 'Uses one vendor’s platform', match: 'none', note: 'Not an outcome of the course.' },
      ],
      evidence: [{ name: 'Syllabus', url: 'https://college.example/syllabus', sha256: 'ab'.repeat(32) }],
      appeal: { how: 'Write to the registrar within 15 days of the notice.', until: '2026-12-31' },
      ...more,
    }),
    async draft(more) {
      return must(university.authority, '/v1/equivalences', world.input(more));
    },
    async decide(more) {
      const { id, revision } = await world.draft(more);
      return must(university.authority, `/v1/equivalences/${id}/decision`, { revision });
    },
    async pathway(...children) {
      const root = node('allOf', 'root', { children });
      const body = { name: 'SPECIMEN Certificate', stackingRule: root };
      return (await must<{ url: string }>(university.authority, '/v1/pathways', body)).url;
    },
    async evaluate(body) {
      return must('', '/v1/evaluations', body);
    },
  };
  return world;
}
