import { type Check, inArea } from '../check.ts';
import { type Doc, notVerified, refused, verified } from '../client.ts';
import { TERM, V2 } from '../contexts.ts';
import { createHolder } from '../holder.ts';
import { credential, named, show, subject } from '../samples.ts';
import { ADVANCED } from './data-model-advanced.ts';

/** Members laid over a conforming credential: those that conform, and those that do not. */
export type Clause = { pass?: Doc[]; fail?: Doc[] };

const url = 'https://specimen.example/1';
const each = (member: string, values: unknown[]): Doc[] => values.map((value) => ({ [member]: value }));

const CLAUSES: Record<string, Clause> = {
  '4.3 contexts': {
    pass: each('@context', [
      [V2, TERM],
      [V2, 'https://w3id.org/security/multikey/v1', TERM],
    ]),
    fail: each('@context', [
      ...[undefined, null, [], {}, 4, TERM, [TERM, V2], ['https://w3id.org/security/multikey/v1', V2, TERM]],
      ...[
        [V2, 4, TERM],
        [V2, null, TERM],
        [V2, ['https://w3id.org/security/multikey/v1'], TERM],
        [V2, true, TERM],
      ],
      ...[
        [V2, 'not a url', TERM],
        ['https://www.w3.org/ns/credentials/v2#', TERM],
      ],
    ]),
  },
  '4.4 identifiers': {
    pass: each('id', ['https://specimen.example/credentials/1', 'did:example:credential', 'urn:isbn:9780000000000']),
    fail: [
      ...each('id', [null, 4, '', 'no url', {}, ['urn:x-specimen:1', 'urn:x-specimen:2'], [], true]),
      ...[null, 4, 'no url', ['urn:x-specimen:1', 'urn:x-specimen:2'], {}].map((id) => ({
        credentialSubject: subject({ id }),
      })),
    ],
  },
  '4.5 types': {
    pass: [
      {
        ...{ '@context': [V2, { ...TERM, Degree: 'https://specimen.example/terms#Degree' }] },
        type: ['VerifiableCredential', 'Degree'],
      },
      { type: ['VerifiableCredential', 'https://specimen.example/terms#Degree'] },
      { type: 'VerifiableCredential' },
    ],
    fail: [
      ...each('type', [undefined, null, [], '', 4, {}, ['VerifiablePresentation'], ['VerifiableCredential', null]]),
      ...each('type', [['VerifiableCredential', 'Unmapped'], ['VerifiableCredential', 4], 'Unmapped']),
      ...['credentialStatus', 'termsOfUse', 'evidence', 'refreshService', 'credentialSchema'].flatMap((member) => [
        { [member]: { id: url } },
        { [member]: [{ id: url }] },
      ]),
    ],
  },
  '4.6 names and descriptions': {
    pass: ['name', 'description'].flatMap((member) =>
      each(member, [
        ...['Text', { '@value': 'HTML at CSS', '@language': 'fil' }, { '@value': 'x', '@direction': 'rtl' }],
        [
          { '@value': 'HTML', '@language': 'en' },
          { '@value': 'HTML na', '@language': 'fil', '@direction': 'ltr' },
        ],
      ]),
    ),
    fail: ['name', 'description'].flatMap((member) =>
      each(member, [
        ...[4, true, null, { '@language': 'en' }, { '@value': 4, '@language': 'en' }, { '@value': 'x', url }],
        ...[['x', 4], { '@value': 'x', '@language': 4 }, { '@value': 'x', '@direction': 'up' }],
        [{ '@value': 'x', '@language': 'en', type: 'Text' }],
      ]),
    ),
  },
  '4.7 issuer': {
    fail: each('issuer', [
      null,
      '',
      4,
      'no url',
      [],
      {},
      { name: 'No id' },
      { id: null },
      { id: 'no url' },
      [{ id: url }],
    ]),
  },
  '4.8 credential subject': {
    pass: each('credentialSubject', [
      ...[[subject(), subject({ id: 'did:example:other' })], [subject()], { favouriteColour: 'blue' }],
      { id: 'did:example:subject' },
    ]),
    fail: each('credentialSubject', [undefined, null, {}, [], [{}], [subject(), {}], 'text', 4, [subject(), 'text']]),
  },
  '4.9 validity period': {
    pass: [
      ...each('validFrom', [
        undefined,
        '2026-01-01T08:00:00+08:00',
        '2026-01-01T00:00:00.123Z',
        '2999-01-01T00:00:00Z',
      ]),
      ...each('validUntil', ['2999-01-01T00:00:00-05:30', '2026-01-01T00:00:00Z', '2099-12-31T23:59:59.999999Z']),
    ],
    fail: [
      ...['validFrom', 'validUntil'].flatMap((member) =>
        each(member, [
          ...['', 'tomorrow', '2026-01-01', '2099-13-01T00:00:00Z', '2099-02-30T00:00:00Z', '2099-01-01T25:00:00Z'],
          ...[4, null, {}, '2099-01-01 00:00:00Z', '2099-01-01T00:00:00+25:00', ['2099-01-01T00:00:00Z']],
        ]),
      ),
      { validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
      // One second apart, and only by their zones the wrong way round.
      { validFrom: '2026-01-01T00:00:01Z', validUntil: '2026-01-01T08:00:00+08:00' },
    ],
  },
  ...ADVANCED,
};

/** Every row twice: what is asked of an issuer, and what of a verifier of somebody else's well-signed document. */
export const dataModel: Check[] = Object.entries(CLAUSES).flatMap(([clause, { pass = [], fail = [] }]) => {
  const issuer = inArea(`data model, issuer: ${clause}`);
  const verifier = inArea(`data model, verifier: ${clause}`);
  return [
    ...pass.flatMap((more) => [
      issuer(`issues ${show(more)}`, async (client) => {
        const signed = await client.issued(credential(client, more));
        for (const [name, value] of Object.entries(more)) {
          if (show(signed[name]) !== show(value) && value !== undefined) throw new Error(`${name} was changed`);
        }
      }),
      verifier(`verifies ${show(more)}`, async (client) => {
        const holder = createHolder();
        verified(await client.verify(holder.signAnything(credential({ issuer: holder.did }, more))));
      }),
    ]),
    ...fail.flatMap((more) => [
      issuer(`refuses ${named(more)}`, async (client) => refused(await client.issue(credential(client, more)))),
      verifier(`refuses ${named(more)}`, async (client) => {
        const holder = createHolder();
        notVerified(await client.verify(holder.signAnything(credential({ issuer: holder.did }, more))));
      }),
    ]),
  ];
});
