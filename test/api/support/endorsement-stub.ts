import type { ApiDeps } from '#api';
import type { PlainCredentialRecord, StoredEndorsement } from '#credentials';

/** One endorsement of `abc`, and use cases that answer with it. @param said records a call and answers */
export function stubEndorsements(
  deps: ApiDeps,
  credential: PlainCredentialRecord,
  said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>,
): void {
  const createdAt = '2026-01-01T00:00:00Z';
  const one: StoredEndorsement = { kind: 'profile', endorses: 'did:web:x.example', createdAt, credential };
  Object.assign(deps, {
    endorsements: {
      issue: said('endorsements.issue', one),
      revoke: said('endorsements.revoke', { at: createdAt, published: true }),
      list: async ({ tenant }: { tenant: string }) => ({ items: tenant === 'abc' ? [one] : [] }),
    },
  });
  Object.assign(deps.reader, {
    endorsement: async (asked: string) => (asked === credential.credentialId ? one : undefined),
    endorsementsOf: async () => [],
  });
}
