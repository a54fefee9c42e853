import { endorse, grant } from './accredit.ts';
import {
  ACTORS,
  type Actor,
  ANNULLED_ACADEMY,
  COASTAL_COLLEGE,
  COUNCIL,
  CPD_PROVIDER,
  INDUSTRY_ASSOCIATION,
  LAPSED_INSTITUTE,
  NEW_POLYTECHNIC,
  OLD_POLYTECHNIC,
  OPEN_UNIVERSITY,
  SKILLS_AUTHORITY,
} from './actors.ts';
import { type Client, createClient } from './client.ts';
import { CSS_CORE, cocDefinition, courseDefinition, cpdActivity, EDDE_CORE, microCredential } from './definitions.ts';
import { GRANTS } from './grants.ts';
import { certificatePathway, nationalCertificatePathway } from './pathways.ts';

/** Everything the demonstration set up, by name. */
export interface World extends Parties {
  cocs: string[];
  courses: string[];
  elective: string;
  classCourse: string;
  workshop: string;
  cpd: string;
  lapsed: string;
  annulled: string;
  old: string;
  byTwo: string;
  pathways: { nationalCertificate: string; certificate: string };
  /** Of the academy, to be annulled. */
  academyGrant: string;
}

/** Who takes part, and the keys each works with. */
interface Parties {
  url: string;
  operator: Client;
  did(actor: Actor): string;
  issuer(actor: Actor): Client;
  authority(actor: Actor): Client;
}

interface Created {
  achievementId: string;
  url: string;
}

/** Institutions with keys, accreditations, definitions and pathways: all through the REST API. */
export async function buildWorld(url: string, operatorKey: string): Promise<World> {
  const parties = await registerActors(url, operatorKey);
  const { did, issuer, authority } = parties;
  let academyGrant = '';
  for (const row of GRANTS) {
    const id = await grant(authority(row.by), did, row);
    if (row.to === ANNULLED_ACADEMY) academyGrant = id;
  }

  const define = (actor: Actor, achievement: Record<string, unknown>, statusPurpose?: string) =>
    issuer(actor).post<Created>('/v1/achievements', { achievement, ...(statusPurpose ? { statusPurpose } : {}) });
  const cocs: Created[] = [];
  for (const [index, unit] of CSS_CORE.entries())
    cocs.push(await define(SKILLS_AUTHORITY, cocDefinition(unit, index + 1)));
  const courses: Created[] = [];
  for (const code of EDDE_CORE) courses.push(await define(OPEN_UNIVERSITY, courseDefinition(code)));
  const elective = await define(
    COASTAL_COLLEGE,
    microCredential('Learning Analytics Practice', 'An elective of three units from another provider.', 7),
  );
  await endorse(authority(INDUSTRY_ASSOCIATION), did, elective.url);
  const classCourse = await define(
    OPEN_UNIVERSITY,
    microCredential('Digital Facilitation', 'Facilitating learning groups online; class list of the demonstration.'),
  );
  const workshop = await define(
    COASTAL_COLLEGE,
    microCredential('Reef Survey Methods', 'Its status can be suspended and reinstated.'),
    'suspension',
  );
  const cpd = await define(
    CPD_PROVIDER,
    cpdActivity('Auditing Small Enterprises', 'Eight credit units for accountants.', 'Accountancy'),
  );
  const lapsed = await define(
    LAPSED_INSTITUTE,
    microCredential('Community Data Basics', 'Awarded after the accreditation had ended.'),
  );
  const annulled = await define(
    ANNULLED_ACADEMY,
    microCredential('Online Tutoring', 'Awarded before the accreditation was annulled from its start.'),
  );
  const old = await define(
    OLD_POLYTECHNIC,
    microCredential('Workshop Safety', 'Awarded before the institution merged into another.'),
  );
  const byTwo = await define(
    NEW_POLYTECHNIC,
    microCredential('Laboratory Management', 'Prepared by one person and approved by another.'),
  );

  const nationalCertificate = await issuer(SKILLS_AUTHORITY).post<{ url: string }>(
    '/v1/pathways',
    nationalCertificatePathway(cocs.map((row) => row.url)),
  );
  const certificate = await issuer(OPEN_UNIVERSITY).post<{ url: string }>(
    '/v1/pathways',
    certificatePathway(
      courses.map((row) => row.url),
      elective.url,
    ),
  );
  return {
    ...parties,
    cocs: cocs.map((row) => row.achievementId),
    courses: courses.map((row) => row.achievementId),
    elective: elective.achievementId,
    classCourse: classCourse.achievementId,
    workshop: workshop.achievementId,
    cpd: cpd.achievementId,
    lapsed: lapsed.achievementId,
    annulled: annulled.achievementId,
    old: old.achievementId,
    byTwo: byTwo.achievementId,
    pathways: { nationalCertificate: nationalCertificate.url, certificate: certificate.url },
    academyGrant,
  };
}

/** Each with the keys it needs: whoever grants or endorses works as an authority. */
async function registerActors(url: string, operatorKey: string): Promise<Parties> {
  const operator = createClient(url, operatorKey);
  const dids = new Map<string, string>();
  const clients = new Map<string, Client>();
  const granting = new Set<Actor>([...GRANTS.map(({ by }) => by), INDUSTRY_ASSOCIATION]);
  for (const actor of ACTORS) {
    const { slug, psgcCode, ...rest } = actor;
    const profile = { ...rest, ...(psgcCode ? { address: { addressCountryCode: 'PH', psgcCode } } : {}) };
    const { did } = await operator.post<{ did: string }>('/v1/institutions', { slug, profile });
    dids.set(slug, did);
    for (const role of granting.has(actor) ? ['issuer', 'authority'] : ['issuer']) {
      const made = await operator.post<{ secret: string }>('/v1/api-keys', { institution: slug, role, label: 'demo' });
      clients.set(`${role} ${slug}`, createClient(url, made.secret));
    }
  }
  return {
    url,
    operator,
    did: ({ slug }) => dids.get(slug)!,
    issuer: ({ slug }) => clients.get(`issuer ${slug}`)!,
    authority: ({ slug }) => clients.get(`authority ${slug}`)!,
  };
}

/** Known before anything exists: the DID of the council on this address. */
export function anchorDid(tlsPort: number): string {
  return `did:web:localhost%3A${tlsPort}:institutions:${COUNCIL.slug}`;
}
