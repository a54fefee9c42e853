import { randomUUID } from 'node:crypto';
import type { Client, Doc } from './client.ts';
import { TERM, V2 } from './contexts.ts';

export const subject = (more: Doc = {}): Doc => ({ id: 'did:example:subject', favouriteColour: 'blue', ...more });

/** A conforming credential of nobody in particular; `undefined` takes a member away. */
export function credential({ issuer }: Pick<Client, 'issuer'>, more: Doc = {}): Doc {
  const whole = {
    '@context': [V2, TERM],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential'],
    issuer,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: subject(),
    ...more,
  };
  return JSON.parse(JSON.stringify(whole)) as Doc;
}

export function presentation(more: Doc = {}): Doc {
  return JSON.parse(JSON.stringify({ '@context': [V2, TERM], type: ['VerifiablePresentation'], ...more })) as Doc;
}

export function changed(document: Doc, change: (copy: Doc) => void): Doc {
  const copy = structuredClone(document);
  change(copy);
  return copy;
}

/** A title that can be read back. */
export const show = (value: unknown): string => JSON.stringify(value) ?? 'absent';

/** Members and their values; those taken away have no text of their own. */
export const named = (members: Doc): string =>
  Object.entries(members)
    .map(([name, value]) => `${name} ${show(value)}`)
    .join(', ');
