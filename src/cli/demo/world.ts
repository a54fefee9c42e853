import {
  ACTORS,
  type Actor,
  COASTAL_COLLEGE,
  COUNCIL,
  GRANTS,
  LAPSED_INSTITUTE,
  OPEN_UNIVERSITY,
  SKILLS_AUTHORITY,
} from './actors.ts';
import { type Client, createClient } from './client.ts';
import { CSS_CORE, cocDefinition, courseDefinition, EDDE_CORE, microCredential } from './definitions.ts';
import { certificatePathway, nationalCertificatePathway } from './pathways.ts';

/** Everything the demonstration set up, by name. */
export interface World {
  url: string;
  did(actor: Actor): string;
  issuer(actor: Actor): Client;
  cocs: string[];
  courses: string[];
  elective: string;
  classCourse: string;
  workshop: string;
  lapsed: string;
  pathways: { nationalCertificate: string; certificate: string };
}

interface Created {
  achievementId: string;
  url: string;
}

/** Institutions with keys, accreditations, definitions and pathways: all through the REST API. */
export async function buildWorld(url: string, operatorKey: string): Promise<World> {
  const operator = createClient(url, operatorKey);
  const dids = new Map<string, string>();
  const issuers = new Map<string, Client>();
  const authorities = new Map<string, Client>();
  for (const { slug, ...profile } of ACTORS) {
    const institution = await operator.post<{ did: string }>('/v1/institutions', { slug, profile });
    dids.set(slug, institution.did);
    for (const [role, clients] of [
      ['issuer', issuers],
      ['authority', authorities],
    ] as const) {
      const made = await operator.post<{ secret: string }>('/v1/api-keys', { institution: slug, role, label: 'demo' });
      clients.set(slug, createClient(url, made.secret));
    }
  }
  const did = (actor: Actor) => dids.get(actor.slug)!;
  const issuer = (actor: Actor) => issuers.get(actor.slug)!;

  for (const { by, to, role, awardType, pqfLevelRange, validFrom, validUntil } of GRANTS) {
    await authorities.get(by.slug)!.post('/v1/accreditations', {
      accredited: did(to),
      role,
      scope: [{ awardType, ...(pqfLevelRange ? { pqfLevelRange } : {}) }],
      validFrom,
      ...(validUntil ? { validUntil } : {}),
    });
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
  const classCourse = await define(
    OPEN_UNIVERSITY,
    microCredential('Digital Facilitation', 'Facilitating learning groups online; class list of the demonstration.'),
  );
  const workshop = await define(
    COASTAL_COLLEGE,
    microCredential('Reef Survey Methods', 'Its status can be suspended and reinstated.'),
    'suspension',
  );
  const lapsed = await define(
    LAPSED_INSTITUTE,
    microCredential('Community Data Basics', 'Awarded after the accreditation had ended.'),
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
    url,
    did,
    issuer,
    cocs: cocs.map((row) => row.achievementId),
    courses: courses.map((row) => row.achievementId),
    elective: elective.achievementId,
    classCourse: classCourse.achievementId,
    workshop: workshop.achievementId,
    lapsed: lapsed.achievementId,
    pathways: { nationalCertificate: nationalCertificate.url, certificate: certificate.url },
  };
}

/** Known before anything exists: the DID of the council on this address. */
export function anchorDid(tlsPort: number): string {
  return `did:web:localhost%3A${tlsPort}:institutions:${COUNCIL.slug}`;
}
