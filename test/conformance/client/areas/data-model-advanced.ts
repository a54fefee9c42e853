import { createHash } from 'node:crypto';
import type { Doc } from '../client.ts';
import { TERM, V2 } from '../contexts.ts';
import { subject } from '../samples.ts';
import type { Clause } from './data-model.ts';

const url = 'https://specimen.example/1';
const other = 'https://specimen.example/2';
const schema = (more: Doc = {}): Doc => ({ id: url, type: 'JsonSchema', ...more });
const each = (member: string, values: unknown[]): Doc[] => values.map((value) => ({ [member]: value }));
const terms = (more: Doc): unknown[] => [V2, { ...TERM, ...more }];
const POLICY = { Policy: 'https://specimen.example/terms#Policy' };
const policy = (more: Doc = {}): Doc => ({ type: 'Policy', ...more });

const sha256 = createHash('sha256').update('a resource').digest();
const sri = `sha256-${sha256.toString('base64')}`;
const multibase = `u${Buffer.concat([Buffer.from([0x12, 0x20]), sha256]).toString('base64url')}`;
/** Of the base context, as the data model prints it. */
const BASE_SHA256 = Buffer.from('59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734', 'hex');

/** Clauses 4.10 to 5 of VCDM 2.0. */
export const ADVANCED: Record<string, Clause> = {
  '4.10 status': {
    fail: [
      ...each('credentialStatus', ['text', 4, null, [], {}, { id: url }, { type: 4, id: url }]),
      ...each('credentialStatus', [
        ...[
          { type: 'Unmapped', id: url },
          { type: 'BitstringStatusListEntry', id: 'no url' },
        ],
        { type: 'BitstringStatusListEntry', id: [url, other] },
      ]),
    ],
  },
  '4.11 data schemas': {
    pass: each('credentialSchema', [
      schema(),
      [schema(), schema({ id: other })],
      schema({ type: 'JsonSchemaCredential' }),
    ]),
    fail: each('credentialSchema', [
      ...[{ type: 'JsonSchema' }, { id: url }, schema({ id: 'no url' }), schema({ id: 4 }), url, [], null],
      [schema(), { type: 'JsonSchema' }],
    ]),
  },
  '5.2 protected terms': {
    fail: [
      ...['issuer', 'validFrom', 'validUntil', 'credentialSubject', 'credentialStatus', 'name', 'proof', 'evidence'],
      ...['VerifiableCredential', 'VerifiablePresentation', 'id', 'type'],
    ].map((term) => ({ '@context': terms({ [term]: 'https://specimen.example/terms#other' }) })),
  },
  '5.2 undefined terms': {
    fail: [
      { credentialSubject: subject({ undefinedName: 'x' }) },
      { undefinedName: 'x' },
      { credentialSubject: subject({ favouriteColour: { undefinedName: 'x' } }) },
      { '@context': [V2, TERM, 'https://elsewhere.specimen.example/context'] },
    ],
  },
  '5.3 related resources': {
    pass: each('relatedResource', [
      ...[
        { id: url, digestSRI: sri },
        { id: url, digestMultibase: multibase },
      ],
      [
        { id: url, digestSRI: sri, mediaType: 'application/json' },
        { id: other, digestSRI: sri, digestMultibase: multibase },
      ],
      { id: V2, digestSRI: `sha256-${BASE_SHA256.toString('base64')}` },
      { id: V2, digestMultibase: `u${Buffer.concat([Buffer.from([0x12, 0x20]), BASE_SHA256]).toString('base64url')}` },
    ]),
    fail: each('relatedResource', [
      ...[url, [url], [], {}, null, { id: url }, { digestSRI: sri }, { id: 'no url', digestSRI: sri }],
      ...[
        { id: url, digestSRI: 'md5-AAAA' },
        { id: url, digestSRI: 4 },
        { id: url, digestMultibase: 'zzz' },
      ],
      [
        { id: url, digestSRI: sri },
        { id: url, digestSRI: sri },
      ],
      // The one resource that everybody has: a digest that is not its digest.
      { id: V2, digestSRI: sri },
      { id: V2, digestMultibase: multibase },
    ]),
  },
  '5.4 refreshing': {
    pass: [
      {
        '@context': terms({ Refresh: 'https://specimen.example/terms#Refresh' }),
        refreshService: [
          { id: url, type: 'Refresh' },
          { id: other, type: 'Refresh' },
        ],
      },
    ],
    fail: each('refreshService', [{ id: url }, { type: 'Unmapped', id: url }, 'text', null, []]),
  },
  '5.5 terms of use': {
    pass: [policy(), policy({ id: url }), [policy(), policy({ id: other })]].map((termsOfUse) => ({
      ...{ '@context': terms(POLICY), termsOfUse },
    })),
    fail: [
      ...[{}, { id: url }, policy({ id: 'no url' }), 'text', [policy(), {}]].map((termsOfUse) => ({
        ...{ '@context': terms(POLICY), termsOfUse },
      })),
    ],
  },
  '5.6 evidence': {
    pass: [policy(), [policy({ id: url }), policy()]].map((evidence) => ({ '@context': terms(POLICY), evidence })),
    fail: [{}, { id: url }, 'text', policy({ id: 'no url' }), [policy(), 'text']].map((evidence) => ({
      ...{ '@context': terms(POLICY), evidence },
    })),
  },
};
