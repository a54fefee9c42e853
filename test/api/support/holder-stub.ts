import type { ApiDeps } from '#api';
import type { HostConnection, Transfer } from '#consumer';
import type { ImportSummary } from '#imports';
import { Problem } from '#kernel';

const at = '2026-01-01T00:00:00Z';
const boundBy = { kind: 'email' as const, value: 'amihan@students.example', provenAt: at };

/** Cookie of the one session there is. */
export const HOLDER_COOKIE = `tatak-holder=${'A'.repeat(43)}`;

/** One learner with one badge, whatever their cookie says. */
export function stubHolders(deps: ApiDeps, id: string): void {
  const session = {
    ...{ sessionId: id, tokenSha256: 'aa', createdAt: at, expiresAt: '2026-01-01T12:00:00Z' },
    identifiers: [boundBy],
  };
  const badge = {
    ...{ tenant: 'abc', credentialId: id, awardId: 'urn:uuid:1', edition: 1, subjectId: 'urn:uuid:2' },
    ...{ state: 'active' as const, issuedAt: at, boundBy, as: 'learner' as const },
    recipient: { subjectId: 'urn:uuid:2' },
  };
  const token = 'A'.repeat(43);
  const chosen = { name: 'hidden', comparison: 'answered', page: 'shown' } as const;
  deps.releases ??= {
    of: async () => chosen,
    choose: async () => ({ tenant: 'abc', credentialId: id, ...chosen, chosenAt: at }),
  };
  const about = { kind: 'credential' as const, institution: 'abc', object: id };
  const plan = { steps: [{ ...about, becomes: 'digest' as const }], confirmation: '0'.repeat(64) };
  deps.privacy ??= {
    export: async () => ({ madeAt: at, identifiers: [boundBy], items: [{ ...about, data: {} }] }),
    plan: async () => plan,
    erase: async () => plan,
  };
  const imported: ImportSummary = {
    ...{ importId: id, keeperKind: 'email', keeperValue: boundBy.value, format: 'ob3-json', mediaType: 'text/plain' },
    ...{ receivedSha256: 'aa', identity: 'aa', validFrom: '', subject: { identifiers: [] }, source: 'url' },
    ...{ receivedAt: at, arrivalVerdict: 'valid', reportSha256: 'aa', verdict: 'valid', verifiedAt: at },
    sentence: { en: 'Genuine.', fil: 'Totoo.' },
  };
  deps.imports ??= {
    take: async () => ({ outcome: 'created', imported }),
    list: async () => ({ items: [imported], total: 1 }),
    read: async (_, importId) => {
      if (importId !== id) throw new Problem('not-found', 'no');
      return { ...imported, received: Buffer.from('{}') };
    },
    remove: async () => {},
    countable: async () => [],
    looked: async () => {},
  };
  deps.guardians ??= { letActAlone: async () => {}, sweepOnce: async () => false };
  const transfer: Transfer = {
    ...{ transferId: id, connectionId: id, kind: 'pull', credentialId: id, form: 'document', state: 'waiting' },
    ...{ attempts: 0, tries: 0, dueAt: at, pages: 0, badges: [], createdAt: at },
  };
  const description = {
    ...{ title: 'SPECIMEN Host', apiUrl: 'https://badges.example/ims/ob/v3p0', scopes: [] },
    ...{ registrationUrl: 'https://badges.example/r', authorizationUrl: 'https://badges.example/a' },
    ...{ tokenUrl: 'https://badges.example/t', refreshUrl: 'https://badges.example/t' },
  };
  const hostConnection: HostConnection = {
    ...{ connectionId: id, hostId: id, keeperKind: 'email', keeperValue: boundBy.value, scope: '', tokens: '' },
    ...{ accessExpiresAt: at, connectedAt: at, fence: 0 },
  };
  const host = {
    ...{ hostId: id, discoveryUrl: 'https://badges.example/ims/ob/v3p0/discovery', description, clientId: 'c' },
    ...{ clientSecret: '', scope: '', registeredAt: at },
  };
  deps.consumer ??= {
    begin: async () => ({ authorizationUrl: 'https://badges.example/a', host: description, scope: 'a', may: ['pull'] }),
    finish: async () => ({ lang: 'en' }),
    list: async () => [{ connection: hostConnection, host, transfers: [transfer] }],
    async pull({ connectionId }) {
      if (connectionId !== id) throw new Problem('not-found', 'no');
      return transfer;
    },
    async push({ connectionId }) {
      if (connectionId !== id) throw new Problem('not-found', 'no');
      return { ...transfer, kind: 'push' };
    },
    async disconnect({ connectionId }) {
      if (connectionId !== id) throw new Problem('not-found', 'no');
      return { revoked: true };
    },
  };
  deps.holders ??= {
    open: async () => ({ token, session }),
    session: async (given) => (given === token ? session : undefined),
    renew: async () => token,
    sendCode: async () => {},
    confirmCode: async () => 'right',
    keyChallenge: async () => ({ challenge: 'tatak-challenge-1', domain: deps.publicUrl, expiresAt: at }),
    addKey: async () => ({ kind: 'did', value: 'did:key:z6Mk', provenAt: at }),
    badges: async () => [badge],
    badgesOf: async () => [badge],
    credentials: async () => [id],
    end: async () => {},
  };
}
