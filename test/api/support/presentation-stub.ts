import type { ApiDeps } from '#api';
import type { RequestView } from '#presentation-requests';
import type { Report } from '#verifier';

const at = '2026-01-01T00:00:00Z';
const ID = '0123456789abcdefghjkmnpqrs';

/** A request that was answered with one badge. */
export function stubPresentationRequests(report: Report): ApiDeps['presentationRequests'] {
  const view = (stage: 'waiting' | 'answered'): RequestView => ({
    request: {
      ...{ requestId: ID, nonce: ID, state: ID, status: stage === 'waiting' ? 'pending' : 'answered' },
      question: { holderBinding: 'preferred', badges: [{ name: 'SPECIMEN A' }] },
      query: { credentials: [], credential_sets: [] },
      ...{ createdAt: at, expiresAt: at, forgetAt: at },
      ...(stage === 'answered' ? { answeredAt: at } : {}),
    },
    links: { same: 'openid4vp://?request_uri=same', other: 'openid4vp://?request_uri=other' },
    stage,
    ...(stage === 'answered' ? { answer: { badges: [{ report, holder: 'did:key:z6Mk' }] } } : {}),
  });
  return {
    create: async () => ({ view: view('waiting'), transaction: ID }),
    requestObject: async () => 'a.b.c',
    respond: async () => ({}),
    view: async () => view('answered'),
    didDocument: async () => ({ id: 'did:web:localhost' }),
  };
}
