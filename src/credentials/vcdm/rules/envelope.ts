import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2 } from '#proofs';
import type { ConformityRule, Finding } from '../rule.ts';
import { typesOf } from '../values.ts';

const ENVELOPES = {
  credential: 'EnvelopedVerifiableCredential',
  presentation: 'EnvelopedVerifiablePresentation',
} as const;
const ON = ['enveloped-credential', 'enveloped-presentation'] as const;
const MEMBERS: ReadonlySet<string> = new Set(['@context', 'id', 'type']);
/** `application/jwt` is what the W3C suite and older wallets write; the token says by itself what it is. */
const CONTENT = {
  credential: /^data:application\/(?:vc(?:-ld)?\+(?:jwt|sd-jwt|cose)|jwt)(?:;[^,\s]*)?,\S+$/,
  presentation: /^data:application\/(?:vp(?:-ld)?\+(?:jwt|sd-jwt|cose)|jwt)(?:;[^,\s]*)?,\S+$/,
};

/** Whether it says of itself that it is the envelope of a secured document (VCDM 2.0, 4.13.1 and 4.13.2). */
export function isEnvelope(document: JsonObject): boolean {
  return typesOf(document).some((type) => type === ENVELOPES.credential || type === ENVELOPES.presentation);
}

/** An envelope says nothing itself: a context, a type, and a `data:` URL that is the secured document. Asked of envelopes only. */
export const envelope: ConformityRule = {
  id: 'envelope',
  clause: '4.13',
  check(document, { kind }) {
    const found: Finding[] = [];
    const contexts = [document['@context'] ?? null].flat();
    if (!contexts.includes(CREDENTIALS_V2)) found.push({ pointer: '/@context', detail: 'must hold the base context' });
    const types = typesOf(document);
    if (types.length !== 1 || types[0] !== ENVELOPES[kind]) {
      found.push({ pointer: '/type', detail: `must be ${ENVELOPES[kind]} and nothing else` });
    }
    if (typeof document.id !== 'string' || !CONTENT[kind].test(document.id)) {
      found.push({ pointer: '/id', detail: `must be a data: URL of a secured ${kind}` });
    }
    if (!Object.keys(document).every((key) => MEMBERS.has(key))) {
      found.push({ pointer: '', detail: 'may only have @context, id and type' });
    }
    return found;
  },
  examples: {
    pass: ON.flatMap((on) => [
      { on, title: `${on}`, change: () => {} },
      {
        on,
        title: `${on} with its type in a list and its context without one`,
        change: (d) => {
          d.type = [d.type];
          d['@context'] = d['@context'][0];
        },
      },
    ]),
    fail: ON.flatMap((on) => [
      { on, title: `${on} without context`, change: (d) => delete d['@context'], pointer: '/@context' },
      {
        on,
        title: `${on} with another context only`,
        change: (d) => {
          d['@context'] = ['https://specimen.example/contexts/1'];
        },
        pointer: '/@context',
      },
      { on, title: `${on} without id`, change: (d) => delete d.id, pointer: '/id' },
      ...['https://specimen.example/1', 'data:text/plain,eyJ', 'data:application/vc+jwt,', 5].map((id) => ({
        on,
        title: `${on} with the id ${JSON.stringify(id)}`,
        change: (d: { id: unknown }) => {
          d.id = id;
        },
        pointer: '/id',
      })),
      {
        on,
        title: `${on} with a second type`,
        change: (d) => {
          d.type = [d.type, 'VerifiableCredential'];
        },
        pointer: '/type',
      },
      {
        on,
        title: `${on} with claims of its own`,
        change: (d) => {
          d.issuer = 'did:web:issuer.example';
        },
        pointer: '',
      },
    ]),
  },
};
