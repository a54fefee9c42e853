import type { Json, JsonObject } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('absolute-iris');
/** Members whose text is an address or identifier, in the contexts a badge may use. */
const IRI_MEMBERS = new Set([
  'id',
  'issuer',
  'url',
  'targetUrl',
  'resultDescription',
  'achievedLevel',
  'requiredLevel',
  'statusListCredential',
  'awardId',
  'trainingProvider',
  'awardingBody',
]);
/** A closed list: any other scheme could be a prefix or term of a context, and be expanded to something else. */
const SCHEME = /^(?:https?:\/\/[^/?#]|urn:[a-z0-9]|did:[a-z0-9]+:)/;
const FORBIDDEN = /[\s\u0000-\u0020\u007f-\u00a0\ufeff<>"{}|\\^`]/;

/** Whether text can stand where an id is expected without being read as something else by any library. */
export function isSafeIri(text: Json | undefined): text is string {
  if (typeof text !== 'string' || !SCHEME.test(text) || FORBIDDEN.test(text) || !text.isWellFormed()) return false;
  // The library that signs refuses what the platform cannot read; it would do so only after the intent is stored.
  return URL.canParse(text);
}

export const absoluteIris: LintRule = {
  id: 'absolute-iris',
  source: 'RFC 3987 section 2.2; VC Data Model 2.0 section 4.4 (ids are absolute URLs); no blank node identifiers',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value, parent }) => {
    if (!IRI_MEMBERS.has(key) || typeof value === 'object' || isDescription(key, parent)) return undefined;
    return isSafeIri(value) ? undefined : fault(pointer, 'is not an absolute https, http, urn or did identifier');
  }),
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.id = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';
      },
    ],
    fail: [
      'credentials/1',
      '_:b0',
      'xsd:date',
      'ex://thing',
      'https://x.example/a b',
      'https://x.example/a\u00a0b',
      'https://x.example/<b>',
      'HTTPS://x.example/',
      'https://',
      'http://[::1',
      'https://x.example:99999/',
    ].map((text) => ({
      change: (d) => {
        d.credentialSubject.id = text;
      },
      pointer: '/credentialSubject/id',
    })),
  },
};

/** `resultDescription` of an achievement holds objects; only in a result is it an id. */
function isDescription(key: string, parent: JsonObject | Json[]): boolean {
  return key === 'resultDescription' && Array.isArray(parent);
}
