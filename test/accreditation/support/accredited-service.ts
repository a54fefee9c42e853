import { createServer } from 'node:net';
import type { GrantInput } from '#accreditation';
import type { Overrides } from '#app';
import { openService, type TestService } from '../../support/service.ts';

export interface Refusal {
  type: string;
  detail: string;
  link?: string;
  errors: { pointer: string; detail: string; code?: string }[];
}

export interface Party {
  slug: string;
  did: string;
  issuer: string;
  authority: string;
}

/** A service whose only trust anchor is its institution `specimen-council`, with a clock that is moved by hand. */
export interface AccreditedService {
  service: TestService;
  now: { at: string };
  council: Party;
  party(slug: string): Promise<Party>;
  /** @returns the id of the grant; @throws for a refusal */
  grant(by: Party, to: Party | string, more?: Partial<GrantInput>): Promise<string>;
  event(by: Party, grantUrl: string, body: object): Promise<void>;
  /** A definition of this institution. */
  achievement(of: Party, more?: object): Promise<string>;
  issue(by: Party, achievementId: string, recipient?: object): Promise<{ status: number; body: Refusal & Issued }>;
  /** How many rows there are of what a refusal must not store. */
  counts(): Promise<Record<string, number>>;
}

interface Issued {
  credentials: { id: string; url: string; credential: object }[];
}

export const NOW = '2026-11-24T03:00:00Z';
export const SCOPE = [{ awardType: ['HeiMicroCredential'], pqfLevelRange: { from: 5, to: 6 } }];

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

export async function openAccredited(
  more: {
    at?: string;
    anchors?: (prefix: string) => string[];
    overrides?: Overrides;
    env?: Record<string, string>;
  } = {},
): Promise<AccreditedService> {
  const now = { at: more.at ?? NOW };
  const tlsPort = String(await freePort());
  const prefix = `did:web:localhost%3A${tlsPort}:institutions:`;
  const anchors = more.anchors?.(prefix) ?? [`${prefix}specimen-council`];
  const service = await openService(
    { clock: { now: () => new Date(now.at) }, ...more.overrides },
    { TATAK_TLS_PORT: tlsPort, TATAK_TRUST_ANCHORS: anchors.join(','), ...more.env },
  );
  const must = async <T>(...args: Parameters<TestService['call']>): Promise<T> => {
    const answer = await service.call<T>(...args);
    if (answer.status >= 300) throw new Error(`${args[0]} ${args[1]}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const party = async (slug: string): Promise<Party> => ({ slug, ...(await service.institution(slug)) });
  return {
    service,
    now,
    council: await party('specimen-council'),
    party,
    async grant(by, to, grant = {}) {
      const accredited = typeof to === 'string' ? to : to.did;
      const body = { accredited, role: 'Award', scope: SCOPE, validFrom: '2026-01-01', ...grant };
      return (await must<{ url: string }>('POST', '/v1/accreditations', { key: by.authority, body })).url;
    },
    async event(by, grantUrl, body) {
      const id = grantUrl.split('/').at(-1);
      await must('POST', `/v1/accreditations/${id}/events`, { key: by.authority, body });
    },
    async achievement(of, terms = {}) {
      const achievement = {
        ...{ name: 'SPECIMEN Data Literacy', description: 'Reads and questions data.' },
        ...{ criteria: { narrative: 'Passes the examination.' }, achievementType: 'MicroCredential' },
        ...{ awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 5, assessmentType: ['WrittenExam'] },
        ...{ credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }], ...terms },
      };
      const { achievementId } = await must<{ achievementId: string }>('POST', '/v1/achievements', {
        key: of.issuer,
        body: { achievement },
      });
      return achievementId;
    },
    issue: (by, achievementId, recipient = {}) =>
      service.call<Refusal & Issued>('POST', '/v1/credentials', {
        key: by.issuer,
        body: { achievementId, recipients: [{ name: 'Amihan', ...recipient }] },
      }),
    async counts() {
      const { reader } = service.app.storage;
      const page = { limit: 100_000 };
      const audit = (await reader.auditEntries(undefined, page)).items;
      const grants = (await reader.accreditations({}, page)).items;
      let events = 0;
      for (const { accreditationId } of grants) events += (await reader.accreditationEvents(accreditationId)).length;
      return { audit: audit.length, grants: grants.length, events };
    },
  };
}
