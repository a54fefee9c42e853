import type { Example } from './rule.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const V1 = 'https://www.w3.org/2018/credentials/v1';
const TERMS = {
  SpecimenMembership: 'https://specimen.example/terms/SpecimenMembership',
  specimenGrade: 'https://specimen.example/terms/specimenGrade',
};

/** Plain credentials and a presentation without a fault, on which the examples of the rules are built; new at each call. */
// biome-ignore lint/suspicious/noExplicitAny: examples reach into a JSON document
export const SAMPLES: Record<Example['on'], () => any> = {
  credential: () => ({
    '@context': [V2, { ...TERMS }],
    id: 'urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5a01',
    type: ['VerifiableCredential', 'SpecimenMembership'],
    issuer: { id: 'did:web:issuer.example', name: 'Specimen Society' },
    name: 'Specimen membership',
    validFrom: '2026-06-15T01:00:00Z',
    credentialSubject: { id: 'did:example:subject', specimenGrade: 'B' },
  }),
  'credential-1.1': () => ({
    '@context': [V1, { ...TERMS }],
    id: 'urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5a02',
    type: ['VerifiableCredential', 'SpecimenMembership'],
    issuer: { id: 'did:web:issuer.example' },
    issuanceDate: '2026-06-15T01:00:00Z',
    credentialSubject: { id: 'did:example:subject', specimenGrade: 'B' },
  }),
  presentation: () => ({
    '@context': [V2],
    type: ['VerifiablePresentation'],
    holder: 'did:web:holder.example',
    verifiableCredential: [
      {
        '@context': [V2],
        type: ['VerifiableCredential'],
        issuer: 'did:web:issuer.example',
        credentialSubject: { id: 'did:example:subject' },
      },
    ],
  }),
  'enveloped-credential': () => ({
    '@context': [V2],
    id: 'data:application/vc+jwt,eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln',
    type: 'EnvelopedVerifiableCredential',
  }),
  'enveloped-presentation': () => ({
    '@context': [V2],
    id: 'data:application/vp+jwt,eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln',
    type: 'EnvelopedVerifiablePresentation',
  }),
};
