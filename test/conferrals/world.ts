import { openService, type TestService } from '../support/service.ts';

export interface Made {
  achievementId: string;
  url: string;
}
interface Issued {
  credentials: { id: string; url: string }[];
}
export interface Stored {
  id: string;
  url: string;
  outcome: string;
  inputSha256: string;
  outputSha256: string;
  subjectId: string;
  input: Record<string, unknown>;
  report: { evaluation: unknown; credentials: { verdict: string }[] };
  sources: { kind: string; id: string; sha256: string }[];
}
export interface Conferral {
  id: string;
  state: string;
  evaluationId: string;
  approvalId?: string;
  credentialId: string;
  credentialUrl: string;
  checkNote?: string;
  findings?: { credential?: string; code: string; text: { en: string; fil: string } }[];
  components: { credential: string; awardId: string; sha256: string; state?: string }[];
  credential: {
    evidence: { id: string; genre: string; digestMultibase: string; description: string }[];
    credentialSubject: { id: string };
  };
}
export interface ProblemBody {
  type: string;
  detail: string;
  pointer?: string;
}

export const SUBJECT = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const TEXT = { en: 'All three parts', fil: 'Ang tatlong bahagi' };

/** Three institutions, one of which confers what the badges of all three add up to. */
export interface ConferralWorld {
  service: TestService;
  university: { did: string; issuer: string };
  college: { did: string; issuer: string };
  company: { did: string; issuer: string };
  /** One definition of each institution, and the qualification. */
  parts: Made[];
  qualification: Made;
  pathway: string;
  issue(part: 0 | 1 | 2, subjectId?: string): Promise<string>;
  evaluate(
    credentials: unknown[],
    more?: object,
    key?: string,
  ): Promise<{ status: number; body: Stored & ProblemBody }>;
  confer(evaluationId: string, more?: object, key?: string): Promise<{ status: number; body: Conferral & ProblemBody }>;
  read(conferralId: string): Promise<Conferral>;
  change(url: string, action: string): Promise<void>;
  /** A badge of each institution. */
  three(subjectId: string): Promise<string[]>;
  /** The conferral once it is in this state; an error when it is not within 30 s. */
  until(conferralId: string, state: string): Promise<Conferral>;
  close(): Promise<void>;
}

export async function conferralWorld(
  rule: (parts: readonly string[]) => object[] = requireAll,
  env: Record<string, string> = {},
): Promise<ConferralWorld> {
  const service = await openService({}, env);
  const university = await service.institution('specimen-university');
  const college = await service.institution('specimen-college');
  const company = await service.institution('specimen-company');
  const issuers = [university.issuer, college.issuer, company.issuer] as const;

  async function post<T>(key: string, path: string, body: unknown): Promise<T> {
    const answer = await service.call<T>('POST', path, { key, body });
    if (answer.status > 299) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  }
  const define = (key: string, name: string) =>
    post<Made>(key, '/v1/achievements', {
      achievement: {
        name,
        description: 'For tests.',
        criteria: { narrative: 'Passed.' },
        achievementType: 'MicroCredential',
      },
    });
  const parts: Made[] = [];
  for (const [at, key] of issuers.entries()) parts.push(await define(key, `SPECIMEN Part ${at + 1}`));
  const qualification = await define(university.issuer, 'SPECIMEN Qualification');
  const { url: pathway } = await post<{ url: string }>(university.issuer, '/v1/pathways', {
    name: 'SPECIMEN Pathway of three',
    achievement: qualification.url,
    legalInstrument: [{ kind: 'InstitutionalMemo', number: '1', series: '2026' }],
    stackingRule: { ...node('root', 'allOf'), children: rule(parts.map(({ url }) => url)) },
  });
  const holders = new Map<string, string>();

  const world: ConferralWorld = {
    ...{ service, university, college, company, parts, qualification, pathway },
    async issue(part, subjectId = SUBJECT) {
      const { achievementId } = parts[part]!;
      const { credentials } = await post<Issued>(issuers[part]!, '/v1/credentials', {
        ...{ achievementId, recipients: [{ subjectId }] },
      });
      holders.set(credentials[0]!.url, issuers[part]!);
      return credentials[0]!.url;
    },
    evaluate: (credentials, more = {}, key = university.issuer) =>
      service.call('POST', '/v1/stored-evaluations', { key, body: { pathway, credentials, ...more } }),
    confer: (evaluationId, more = {}, key = university.issuer) =>
      service.call('POST', '/v1/conferrals', {
        key,
        body: { evaluationId, achievementId: qualification.achievementId, ...more },
      }),
    async read(conferralId) {
      const answer = await service.call<Conferral>('GET', `/v1/conferrals/${conferralId}`, { key: university.issuer });
      return answer.body;
    },
    async change(url, action) {
      const id = url.split('/').at(-1)!;
      await post(holders.get(url)!, `/v1/credentials/${id}/status`, { action, reason: 'For tests' });
    },
    three: async (subjectId) => [
      await world.issue(0, subjectId),
      await world.issue(1, subjectId),
      await world.issue(2, subjectId),
    ],
    async until(conferralId, state) {
      for (let tries = 0; tries < 120; tries++) {
        const now = await world.read(conferralId);
        if (now.state === state) return now;
        await new Promise((later) => setTimeout(later, 250));
      }
      throw new Error(`not ${state} within 30 s: ${JSON.stringify(await world.read(conferralId))}`);
    },
    close: () => service.close(),
  };
  return world;
}

export const node = (id: string, kind: string) => ({
  ...{ id, kind, text: TEXT, source: 'illustrative', binding: 'Mandatory', realism: 'Illustrative' },
});

const requireAll = (parts: readonly string[]) => [
  { ...node('parts', 'requireAll'), items: parts.map((achievement) => ({ achievement })) },
];
