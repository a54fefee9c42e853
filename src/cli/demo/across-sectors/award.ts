/** Badges of three sectors and one from the job, stacked into one award through the REST API, and what becomes of it. */
import { customerExperienceAssociate } from '#pathways';
import { grant } from '../accredit.ts';
import {
  type Actor,
  AUTONOMOUS_UNIVERSITY,
  CONTACT_CENTER,
  COUNCIL,
  INDUSTRY_ASSOCIATION,
  SKILLS_AUTHORITY,
  UPLAND_CENTRE,
} from '../actors.ts';
import { createClient } from '../client.ts';
import { MEMO } from '../instruments.ts';
import { learnerDid } from '../learner.ts';
import type { World } from '../world.ts';
import {
  CONTACT_CENTER_NC2,
  CONVERSATION_DESIGN,
  CX_ASSOCIATE,
  SERVICE_DATA,
  WORKPLACE_CAPSTONE,
} from './definitions.ts';

interface Created {
  achievementId: string;
  url: string;
}
interface Issued {
  credentials: { id: string; url: string }[];
}
interface Holding {
  id: string;
  level?: number;
  route?: string;
  credit: Record<string, string>;
  accredited: { answer: string }[];
}
interface Stored {
  id: string;
  outcome: string;
  input: { holdings: Holding[] };
  report: {
    credentials: { id: string; name: string }[];
    evaluation: {
      placements: { holding: string; node: string }[];
      nodes: { id: string; text: { en: string }; state: string; reason: { en: string } }[];
    };
  };
}
interface Conferral {
  id: string;
  state: string;
  credentialUrl: string;
  findings?: { credential?: string; code: string; text: { en: string } }[];
}

export interface AcrossSectors {
  pathway: string;
  /** Badges in the order of the parts. */
  badges: string[];
  /** Why each counts: its name, who awarded it, what it serves, and what of it was asked. */
  counts: { name: string; by: string; serves: string; facts: string }[];
  /** The credential of the award. */
  award: string;
  /** What it said when a part was revoked, and after how many seconds. */
  flag: { seconds: number; findings: string[] };
}

const DAY = { a: '2026-03-02', b: '2026-06-01', c: '2026-07-01', d: '2026-10-16' };
const NAME = 'Liwayway Ocampo';

/** @throws Error when anything comes out otherwise than it must */
export async function stackAcrossSectors(world: World): Promise<AcrossSectors> {
  const university = world.issuer(AUTONOMOUS_UNIVERSITY);
  const define = (by: Actor, achievement: object) =>
    world.issuer(by).post<Created>('/v1/achievements', { achievement });
  const a = await define(SKILLS_AUTHORITY, CONTACT_CENTER_NC2);
  const b = await define(AUTONOMOUS_UNIVERSITY, SERVICE_DATA);
  const c = await define(INDUSTRY_ASSOCIATION, CONVERSATION_DESIGN);
  const d = await define(CONTACT_CENTER, WORKPLACE_CAPSTONE);
  const whole = await define(AUTONOMOUS_UNIVERSITY, CX_ASSOCIATE);
  await allowOutsideRegisters(world, c, whole);
  const { url: pathway } = await university.post<{ url: string }>('/v1/pathways', {
    ...{ name: 'SPECIMEN Customer Experience Associate', achievement: whole.url, legalInstrument: [MEMO] },
    description:
      'Across sectors: a national certificate, a university and an industry micro-credential, a capstone at work.',
    stackingRule: customerExperienceAssociate({
      ...{
        contactCenter: a.url,
        contactCenterVersions: ['1'],
        serviceData: b.url,
        industry: [c.url],
        workplace: d.url,
      },
      parents: [`${world.url}/achievements/parent-degree`],
      conferrers: [world.did(AUTONOMOUS_UNIVERSITY)],
    }),
  });

  const subjectId = learnerDid();
  const issue = async (by: Actor, { achievementId }: Created, more: object) => {
    const recipients = [{ subjectId, ...more }];
    const { credentials } = await world.issuer(by).post<Issued>('/v1/credentials', { achievementId, recipients });
    return credentials[0]!.url;
  };
  const source = { id: world.did(UPLAND_CENTRE), name: UPLAND_CENTRE.name };
  const badges = [
    await issue(SKILLS_AUTHORITY, a, { awardedDate: DAY.a, source }),
    await issue(AUTONOMOUS_UNIVERSITY, b, { awardedDate: DAY.b }),
    await issue(INDUSTRY_ASSOCIATION, c, { awardedDate: DAY.c }),
    await fromTheJob(world, d, subjectId),
  ];

  const evaluation = await university.post<Stored>('/v1/stored-evaluations', { pathway, credentials: badges });
  if (evaluation.outcome !== 'met')
    throw new Error(`the stack across sectors is ${JSON.stringify(evaluation, null, 2)}`);
  const { same } = await university.post<{ same: boolean }>(`/v1/stored-evaluations/${evaluation.id}/replay`);
  if (!same) throw new Error('a stored evaluation came out otherwise when it was run again');
  const conferral = await university.post<Conferral>('/v1/conferrals', {
    ...{ evaluationId: evaluation.id, achievementId: whole.achievementId, recipient: { name: NAME } },
  });
  if (conferral.state !== 'conferred') throw new Error(`the award is ${conferral.state}`);
  const by = [SKILLS_AUTHORITY, AUTONOMOUS_UNIVERSITY, INDUSTRY_ASSOCIATION, CONTACT_CENTER].map(({ name }) => name);
  const counts = badges.map((url, index) => ({ ...whyItCounts(url, evaluation), by: by[index]! }));
  return {
    ...{ pathway, badges, counts, award: conferral.credentialUrl },
    flag: await flagged(world, conferral, badges[2]!, CONVERSATION_DESIGN.name as string),
  };
}

/**
 * An industry body is accredited by nobody, and the award as a whole has no level yet, so no register covers either: the operator
 * records that they may be issued, and a verifier says that no register shows it.
 */
async function allowOutsideRegisters({ operator, did, authority }: World, c: Created, whole: Created): Promise<void> {
  await operator.post(`/v1/institutions/${INDUSTRY_ASSOCIATION.slug}/issuing-decisions`, {
    ...{ achievementId: c.achievementId, reason: 'Industry certifications are accredited by nobody (illustrative)' },
  });
  await grant(authority(COUNCIL), did, {
    ...{ by: COUNCIL, to: AUTONOMOUS_UNIVERSITY, role: 'Award', validFrom: '2026-01-01' },
    ...{ scope: { achievement: [whole.url] }, legalInstrument: [MEMO] },
    models:
      'Modelled on a consortium that lists who confers a shared award (S3). No such consortium or instrument was verified.',
  });
}

/** Workplace evidence, an assessor's record, an award: opened by one person, assessed by another one. */
async function fromTheJob(
  { operator, url, did }: World,
  { achievementId }: Created,
  subjectId: string,
): Promise<string> {
  const key = async (role: string, person: string) => {
    const body = { institution: CONTACT_CENTER.slug, role, person, label: `demo ${role}` };
    return createClient(url, (await operator.post<{ secret: string }>('/v1/api-keys', body)).secret);
  };
  const trainer = await key('issuer', 'trainer-0031');
  const assessor = await key('approver', 'assessor-0007');
  const employer = { name: CONTACT_CENTER.name, id: did(CONTACT_CENTER) };
  const opened = await trainer.post<{ id: string; outcomes: { outcome: string }[] }>('/v1/prior-learning', {
    ...{ achievementId, route: 'EBET', candidate: { subjectId, name: NAME }, trainingProvider: did(CONTACT_CENTER) },
    workplaceEvidence: [
      {
        ...{ name: 'Log of forty hours', evidenceType: 'Log', description: 'Contacts handled, by day and kind.' },
        ...{ from: '2026-10-05', to: '2026-10-16', hours: '40', attestedBy: 'Floor supervisor', employer },
      },
      {
        ...{ name: 'Observation of two shifts', evidenceType: 'ObservationRecord', employer },
        ...{ description: 'Observed at work against the outcomes.', attestedBy: 'Quality analyst' },
        ...{ from: '2026-10-14', to: '2026-10-15' },
      },
    ],
  });
  await assessor.post(`/v1/prior-learning/${opened.id}/assessments`, {
    ...{ assessedOn: DAY.d, assessor: 'Workplace assessor SPECIMEN-0007' },
    judgements: opened.outcomes.map(({ outcome }) => ({
      ...{ outcome, judged: 'Competent', evidence: [0, 1], method: ['WorkplaceObservation', 'Interview'] },
    })),
  });
  const { credentials } = await trainer.post<Issued>(`/v1/prior-learning/${opened.id}/award`, { awardedDate: DAY.d });
  return credentials[0]!.url;
}

function whyItCounts(url: string, { report, input }: Stored): { name: string; serves: string; facts: string } {
  const { credentials, evaluation } = report;
  const served = new Set(evaluation.placements.filter(({ holding }) => holding === url).map(({ node }) => node));
  const serves = evaluation.nodes.filter(({ id }) => served.has(id)).map(({ text }) => text.en);
  if (serves.length === 0) throw new Error(`${url} serves nothing`);
  const { level, route, credit, accredited } = input.holdings.find(({ id }) => id === url)!;
  const shown = accredited.some(({ answer }) => answer === 'yes')
    ? 'accredited on its day'
    : 'no register shows its awarder';
  const hours = `${credit['NOTIONAL-HOUR']} hours at level ${level}`;
  return {
    name: credentials.find(({ id }) => id === url)!.name,
    serves: serves.join(' '),
    facts: [hours, shown, ...(route ? [`learned at work (${route})`] : [])].join(', '),
  };
}

const WAIT = { tries: 120, ms: 500 };

/** A part is revoked by who awarded it; the registrar finds the award under review. */
async function flagged(world: World, { id }: Conferral, part: string, name: string): Promise<AcrossSectors['flag']> {
  const university = world.issuer(AUTONOMOUS_UNIVERSITY);
  await world.issuer(INDUSTRY_ASSOCIATION).post(`/v1/credentials/${part.split('/').at(-1)}/status`, {
    ...{ action: 'revoke', reason: 'The examination was declared void' },
  });
  const began = Date.now();
  for (let tries = 0; tries < WAIT.tries; tries++) {
    const { state, findings } = await university.get<Conferral>(`/v1/conferrals/${id}`);
    if (state === 'under_review') {
      return {
        seconds: (Date.now() - began) / 1000,
        findings: findings!.map(({ credential, text }) => (credential === part ? `${name}: ${text.en}` : text.en)),
      };
    }
    await new Promise((later) => setTimeout(later, WAIT.ms));
  }
  throw new Error('the award was not flagged within a minute');
}
