import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { merge } from './accredit.ts';
import {
  type Actor,
  ANNULLED_ACADEMY,
  BAYSIDE_INSTITUTE,
  COASTAL_COLLEGE,
  CPD_PROVIDER,
  HARBOUR_CENTRE,
  HIGHER_AUTHORITY,
  LAPSED_INSTITUTE,
  NEW_POLYTECHNIC,
  OLD_POLYTECHNIC,
  OPEN_UNIVERSITY,
  SKILLS_AUTHORITY,
  UPLAND_CENTRE,
} from './actors.ts';
import { ApiError, type Client } from './client.ts';
import { learnerDid } from './learner.ts';
import { issueByTwo } from './two-persons.ts';
import type { World } from './world.ts';

export interface Awards {
  classList: { rows: number; issued: number; urls: string[] };
  /** Badges of one learner toward the national certificate. */
  cocs: string[];
  /** Badges of one learner, of two providers, toward the graduate certificate. */
  courses: string[];
  /** One of the class list, revoked afterwards. */
  revoked: string;
  /** Of a definition whose status can be lifted again. */
  suspended: string;
  /** Units toward the renewal of a licence, of a provider accredited for that profession. */
  cpd: string;
  /** Awarded when the institution was no longer accredited, by a recorded decision. */
  lapsed: string;
  /** Of an academy whose accreditation is annulled afterwards. */
  annulled: string;
  /** Of an institution that has merged into another since. */
  old: string;
  /** Prepared by one person and approved by another, and how the first was refused. */
  byTwo: { url: string; refused: string };
}

interface Issued {
  credentials: { id: string; url: string }[];
}

const AWARDED = '2026-03-14';

export async function issueAwards(world: World): Promise<Awards> {
  const classList = await issueClassList(world);
  const worker = learnerDid();
  const cocs: string[] = [];
  for (const [index, achievementId] of world.cocs.entries()) {
    const centre = index % 2 === 0 ? HARBOUR_CENTRE : UPLAND_CENTRE;
    const recipient = {
      subjectId: worker,
      name: 'Amihan Peñaflor',
      awardedDate: AWARDED,
      source: { id: world.did(centre), name: centre.name },
      trainingProvider: world.did(BAYSIDE_INSTITUTE),
      certificateNumber: `SPECIMEN-${index + 1}`,
    };
    cocs.push(await issueOne(world.issuer(SKILLS_AUTHORITY), achievementId, recipient));
  }
  const student = learnerDid();
  const courses: string[] = [];
  for (const achievementId of world.courses) {
    const recipient = { subjectId: student, name: 'Iñigo D’Souza', awardedDate: AWARDED };
    courses.push(await issueOne(world.issuer(OPEN_UNIVERSITY), achievementId, recipient));
  }
  courses.push(
    await issueOne(world.issuer(COASTAL_COLLEGE), world.elective, { subjectId: student, awardedDate: AWARDED }),
  );
  const award = (actor: Actor, achievementId: string) =>
    issueOne(world.issuer(actor), achievementId, { awardedDate: AWARDED });
  const suspended = await award(COASTAL_COLLEGE, world.workshop);
  const cpd = await award(CPD_PROVIDER, world.cpd);
  const annulled = await award(ANNULLED_ACADEMY, world.annulled);
  const old = await award(OLD_POLYTECHNIC, world.old);
  await merge(world.authority(HIGHER_AUTHORITY), world.did);
  const lapsed = await issueLapsed(world);
  const byTwo = await issueByTwo(world.operator, world.url, NEW_POLYTECHNIC, {
    achievementId: world.byTwo,
    recipients: [{ awardedDate: AWARDED }],
  });
  const revoked = classList.urls[0]!;
  await change(world.issuer(OPEN_UNIVERSITY), revoked, 'revoke', 'Issued in error: the learner had withdrawn');
  await change(world.issuer(COASTAL_COLLEGE), suspended, 'suspend', 'Under review');
  return { classList, cocs, courses, revoked, suspended, cpd, lapsed, annulled, old, byTwo };
}

/** Refused, because no register shows that the institute may; issued by a decision that is recorded. */
async function issueLapsed(world: World): Promise<string> {
  const issue = () => issueOne(world.issuer(LAPSED_INSTITUTE), world.lapsed, { name: 'Cher', awardedDate: AWARDED });
  const issued = await issue().catch((error: unknown) => {
    if (!(error instanceof ApiError && error.type === 'not-accredited')) throw error;
  });
  if (issued) throw new Error('an institution could issue after its accreditation had ended');
  await world.operator.post(`/v1/institutions/${LAPSED_INSTITUTE.slug}/issuing-decisions`, {
    achievementId: world.lapsed,
    reason: 'Demonstration of what a verifier then says',
  });
  return issue();
}

async function issueOne(client: Client, achievementId: string, recipient: object): Promise<string> {
  const { credentials } = await client.post<Issued>('/v1/credentials', { achievementId, recipients: [recipient] });
  return credentials[0]!.url;
}

async function change(issuer: Client, url: string, action: string, reason: string): Promise<void> {
  const id = url.split('/').at(-1)!;
  await issuer.post(`/v1/credentials/${id}/status`, { action, reason });
}

/** The CSV as a registrar uploads it: previewed first, then started, then watched. */
async function issueClassList(world: World): Promise<Awards['classList']> {
  const registrar = world.issuer(OPEN_UNIVERSITY);
  const csv = readFileSync(join(import.meta.dirname, 'class-list.csv'), 'utf8');
  interface Batch {
    batchId: string;
    state: string;
    rows: number;
    invalidRows: number;
    issuedRows: number;
    failedRows: number;
  }
  const query = new URLSearchParams({ achievementId: world.classCourse, awardedDate: AWARDED });
  const preview = await registrar.post<Batch>(`/v1/batches?${query}`, csv, { 'idempotency-key': 'demo-class-list' });
  if (preview.invalidRows > 0) throw new Error(`${preview.invalidRows} rows of the class list are not acceptable`);
  await registrar.post(`/v1/batches/${preview.batchId}/start`, undefined);
  let batch = preview;
  while (batch.state !== 'done') {
    if (batch.state === 'failed' || batch.failedRows > 0)
      throw new Error(`the class list failed: ${JSON.stringify(batch)}`);
    await new Promise((later) => setTimeout(later, 250));
    batch = await registrar.get<Batch>(`/v1/batches/${preview.batchId}`);
  }
  const urls: string[] = [];
  let path: string | undefined = `/v1/batches/${preview.batchId}/rows?limit=200`;
  while (path) {
    const page: { items: { credentialUrl?: string }[]; next?: string } = await registrar.get(path);
    urls.push(...page.items.flatMap((row) => row.credentialUrl ?? []));
    path = page.next && `/v1/batches/${preview.batchId}/rows?limit=200&cursor=${encodeURIComponent(page.next)}`;
  }
  return { rows: batch.rows, issued: batch.issuedRows, urls };
}
