import type { Overrides } from '#app';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../../support/service.ts';

/** One institution behind the real server, and a client of its VC API. */
export interface VcApi extends TestService {
  did: string;
  issuer: string;
  /** A conforming credential of nobody in particular; each call a new `id`. */
  credential(more?: JsonObject): JsonObject;
  issue(body: object, instance?: string, headers?: Record<string, string>): Promise<Answer>;
  /** What was issued. @throws when it was not */
  issued(credential: JsonObject, instance?: string, options?: JsonObject): Promise<JsonObject>;
  verify(verifiableCredential: unknown, options?: JsonObject): Promise<Answer>;
  verifyPresentation(body: object): Promise<Answer>;
  /** A badge by the other door. */
  badge(): Promise<JsonObject>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Answer = { status: number; body: any; text: string };

export const SLUG = 'specimen-standards';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
/** A term of its own, so that nothing of it is undefined. */
export const TERM = { favouriteColour: 'https://specimen.example/terms#favouriteColour' };

let count = 0;

export async function openVcApi(
  overrides: Overrides = {},
  { keys = true, env = {} }: { keys?: boolean; env?: Record<string, string> } = {},
): Promise<VcApi> {
  const service = await openService(overrides, env);
  const { did, issuer } = await service.institution(SLUG, 'Specimen Standards College');
  if (keys) {
    for (const algorithm of ['P-256', 'P-384']) {
      const made = await service.call('POST', `/v1/institutions/${SLUG}/keys`, {
        ...{ key: service.operatorKey, body: { purpose: 'assertion', algorithm, immediately: true } },
      });
      if (made.status !== 201) throw new Error(made.text);
    }
  }
  const api: VcApi = {
    ...service,
    did,
    issuer,
    credential: (more = {}) => ({
      '@context': [V2, TERM],
      id: `urn:uuid:5b0c2a44-4f0e-4f3b-9a53-${String(++count).padStart(12, '0')}`,
      type: ['VerifiableCredential'],
      issuer: did,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:subject', favouriteColour: 'blue' },
      ...more,
    }),
    issue: (body, instance, headers = {}) =>
      service.call(
        'POST',
        instance === undefined
          ? '/vc-api/credentials/issue'
          : `/vc-api/instances/${encodeURIComponent(instance)}/credentials/issue`,
        { key: issuer, body, headers },
      ),
    async issued(credential, instance, options) {
      const done = await api.issue({ credential, ...(options ? { options } : {}) }, instance);
      if (done.status !== 201) throw new Error(done.text);
      return done.body.verifiableCredential;
    },
    verify: (verifiableCredential, options = {}) =>
      service.call('POST', '/vc-api/credentials/verify', { body: { verifiableCredential, options } }),
    async badge() {
      const achievement = {
        ...{ name: 'SPECIMEN Data Literacy', description: 'Reads and questions data.' },
        criteria: { narrative: 'Passes the examination.' },
      };
      const post = async (url: string, body: object) => {
        const done = await service.call<JsonObject>('POST', url, { key: issuer, body });
        if (done.status !== 201) throw new Error(done.text);
        return done.body;
      };
      const { achievementId } = await post('/v1/achievements', { achievement, extension: false });
      const done = await post('/v1/credentials', { achievementId: achievementId!, recipients: [{ name: 'Amihan' }] });
      return (done.credentials as { credential: JsonObject }[])[0]!.credential;
    },
    verifyPresentation: (body) => service.call('POST', '/vc-api/presentations/verify', { body }),
  };
  return api;
}

/** A copy with changes made in place. */
export function changed<T>(document: T, change: (copy: T) => void): T {
  const copy = structuredClone(document);
  change(copy);
  return copy;
}
