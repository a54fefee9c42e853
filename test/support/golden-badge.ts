import { createPublicKey, type KeyObject } from 'node:crypto';
import { encode } from 'base58-universal';
import type { MethodResolution } from '#identifiers';
import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import { privateKeyOf, signBytesOf } from '../../src/keystore/private-key.ts';

/** A small extension context, enough for tests of the loader and of `@json` members. */
export const TEST_PH_URL = 'https://badges.example.ph/contexts/ph/v1-draft';
export const TEST_PH_CONTEXT = JSON.stringify({
  '@context': {
    '@protected': true,
    id: '@id',
    type: '@type',
    PhCredential: 'https://badges.example.ph/ns#PhCredential',
    PhRegister: {
      '@id': 'https://badges.example.ph/ns#PhRegister',
      '@context': {
        '@protected': true,
        phData: { '@id': 'https://badges.example.ph/ns#phData', '@type': '@json' },
      },
    },
  },
});

export const ISSUER = 'did:web:badges.example.ph:institutions:malayang-kolehiyo';
export const CREATED = '2026-11-02T08:00:00Z';

/** A fixed Ed25519 key for each seed byte: the same documents in every run. */
export function testKey(seed: number, did: string = ISSUER, fragment = 'key-1-assertion') {
  const privateKey = privateKeyOf(Buffer.alloc(32, seed));
  const publicKeyMultibase = multibaseOf(createPublicKey(privateKey));
  const verificationMethod = `${did}#${fragment}`;
  const signBytes = signBytesOf(privateKey, 'Ed25519');
  const signer: Signer = {
    verificationMethod,
    publicKeyMultibase,
    sign: async (data) => signBytes(data),
  };
  const method = { id: verificationMethod, controller: did, publicKeyMultibase };
  return { signer, method, privateKey };
}

function multibaseOf(key: KeyObject): string {
  const raw = key.export({ format: 'der', type: 'spki' }).subarray(-32);
  return `z${encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
}

/** A resolver that knows exactly these methods; everything else is refused, as a DID document without it would be. */
export function resolverOf(...methods: { id: string; controller: string; publicKeyMultibase: string }[]) {
  const asked: string[] = [];
  const resolve = async (id: string): Promise<MethodResolution> => {
    asked.push(id);
    const method = methods.find((candidate) => candidate.id === id);
    return method
      ? { outcome: 'ok', method, document: { id: method.controller } }
      : { outcome: 'refused', code: 'method_not_listed', detail: id };
  };
  return Object.assign(resolve, { asked });
}

/** A badge as issued: every kind of member that matters to a signature occurs once. */
export function goldenBadge(): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'https://badges.example.ph/credentials/0123456789abcdefghjkmnpqrs',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Solar Array Wiring',
    issuer: {
      id: ISSUER,
      type: ['Profile'],
      name: 'Malayang Kolehiyo (specimen)',
      url: 'https://malayang.example.ph/',
    },
    validFrom: '2026-11-02T08:00:00Z',
    validUntil: '2029-11-02T08:00:00Z',
    awardedDate: '2026-10-30T00:00:00Z',
    credentialSubject: {
      id: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      type: ['AchievementSubject'],
      creditsEarned: 1.5,
      achievement: {
        id: 'https://badges.example.ph/achievements/ach0000000000000000000000k',
        type: ['Achievement'],
        version: '2',
        name: 'Solar Array Wiring',
        description: 'Wires a small photovoltaic array safely, at Niño de la Peña workshops too.',
        achievementType: 'MicroCredential',
        inLanguage: 'en',
        criteria: { narrative: 'Passed a practical assessment of **40 hours** of learning.' },
        image: { id: 'https://badges.example.ph/images/00ff', type: 'Image', caption: 'A sun' },
        tag: ['solar', 'wiring'],
        alignment: [
          {
            type: ['Alignment'],
            targetName: 'Connect modules',
            targetUrl: 'https://framework.example.ph/units/1',
            targetType: 'ceasn:Competency',
          },
          {
            type: ['Alignment'],
            targetName: 'Test insulation',
            targetUrl: 'https://framework.example.ph/units/2',
            targetType: 'ceasn:Competency',
          },
        ],
        resultDescription: [
          {
            id: 'urn:uuid:7a0a8e0e-9e4c-4b52-9c3b-0e6f0a5f1f01',
            type: ['ResultDescription'],
            name: 'Practical grade',
            resultType: 'LetterGrade',
            allowedValue: ['A', 'B', 'C'],
          },
        ],
      },
      result: [
        {
          type: ['Result'],
          resultDescription: 'urn:uuid:7a0a8e0e-9e4c-4b52-9c3b-0e6f0a5f1f01',
          value: 'A',
        },
      ],
    },
    evidence: [
      { id: 'https://malayang.example.ph/evidence/1', type: ['Evidence'], name: 'Photographs', genre: 'Photo' },
    ],
    credentialStatus: {
      id: 'https://badges.example.ph/status/list1#94567',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94567',
      statusListCredential: 'https://badges.example.ph/status/list1',
    },
  };
}

/** The same badge with an id for every node that can have one: nothing to order but its list. */
export function namedBadge(): JsonObject {
  const badge = goldenBadge();
  const subject = badge.credentialSubject as JsonObject;
  const { criteria, alignment } = subject.achievement as { criteria: JsonObject; alignment: JsonObject[] };
  const named = [criteria, ...alignment, ...(subject.result as JsonObject[])];
  for (const [index, one] of named.entries()) one.id = `urn:uuid:7a0a8e0e-9e4c-4b52-9c3b-0e6f0a5f2f0${index}`;
  return badge;
}
