import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from './check.ts';
import { V2 } from './contexts.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents and answers of every shape
export type Doc = Record<string, any>;

export interface Answer {
  status: number;
  body: Doc;
  text: string;
  headers: Headers;
}

/** A VC API over HTTP and nothing else: what it is made of is not known here. */
export interface Client {
  base: string;
  /** The `issuer` that the service fills in. */
  issuer: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  issue(credential: unknown, instance?: string, options?: Doc): Promise<Answer>;
  /** @throws when it is not issued */
  issued(credential: unknown, instance?: string, options?: Doc): Promise<Doc>;
  verify(verifiableCredential: unknown, options?: Doc): Promise<Answer>;
  present(verifiablePresentation: unknown, options?: Doc): Promise<Answer>;
}

/**
 * @param base address of the service, without `/vc-api`
 * @param key sent as a bearer token where given
 * @throws when the service does not issue at all
 */
export async function connect(base: string, key?: string): Promise<Client> {
  const client: Client = {
    base,
    issuer: '',
    async call(method, path, body, headers = {}) {
      const raw = typeof body === 'string';
      for (;;) {
        const response = await fetch(base + path, {
          method,
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
        });
        const text = await response.text();
        // A refusal for haste says nothing about the document.
        if (response.status === 429) {
          await sleep(1000 * Number(response.headers.get('retry-after') ?? 1));
          continue;
        }
        const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
        return { status: response.status, body: json ? JSON.parse(text) : {}, text, headers: response.headers };
      }
    },
    issue: (credential, instance, options) =>
      client.call(
        'POST',
        instance === undefined
          ? '/vc-api/credentials/issue'
          : `/vc-api/instances/${encodeURIComponent(instance)}/credentials/issue`,
        { credential, ...(options === undefined ? {} : { options }) },
      ),
    async issued(credential, instance, options) {
      const answer = await client.issue(credential, instance, options);
      assert(answer.status === 201, 'not issued', answer);
      return answer.body.verifiableCredential;
    },
    verify: (verifiableCredential, options = {}) =>
      client.call('POST', '/vc-api/credentials/verify', { verifiableCredential, options }),
    present: (verifiablePresentation, options = {}) =>
      client.call('POST', '/vc-api/presentations/verify', { verifiablePresentation, options }),
  };
  const first = await client.issued({
    ...{ '@context': [V2], type: ['VerifiableCredential'] },
    credentialSubject: { id: 'did:example:subject', name: 'Maria Specimen' },
  });
  client.issuer = typeof first.issuer === 'string' ? first.issuer : first.issuer.id;
  return client;
}

/** Refused with a status that says so: 4xx, and never for want of a key. */
export function refused(answer: Answer): void {
  const { status } = answer;
  assert(status >= 400 && status < 500 && status !== 401 && status !== 403, 'not refused', answer);
  assert(/problem\+json/.test(answer.headers.get('content-type') ?? ''), 'not a problem document', answer);
}

/** A verifier's no, as the suites read it: a status of 4xx, or `errors` in the answer. */
export function notVerified(answer: Answer): void {
  const no = answer.body.verified !== true && (answer.status >= 400 || answer.body.errors?.length > 0);
  assert(no && answer.status < 500, 'verified', answer);
}

export function verified(answer: Answer): void {
  const { verified: yes, errors = [] } = answer.body;
  assert(answer.status === 200 && yes === true && errors.length === 0, 'not verified', answer);
}
