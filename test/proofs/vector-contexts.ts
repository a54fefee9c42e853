import { existsSync } from 'node:fs';
import { type ContextLoader, createContextLoader } from '#proofs';
import { TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

/** Where the published vectors lie; they are not part of this repository. */
export const VECTORS = new URL('../../../shared/standards/vectors/', import.meta.url);
export const havingVectors = existsSync(VECTORS);
if (!havingVectors) console.log('published vectors are not beside this checkout: their tests were not run');

const CITIZENSHIP = 'https://w3id.org/citizenship#';
const SCHEMA = 'https://schema.org/';
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime';
const terms = (base: string, names: string[]) => Object.fromEntries(names.map((name) => [name, `${base}${name}`]));

/**
 * Two contexts the W3C vectors use and nobody ships here, written for these tests after the statements of the vectors: that
 * the published hashes come out shows that they say the same.
 */
const WRITTEN_FOR_THE_VECTORS: Record<string, object> = {
  'https://www.w3.org/ns/credentials/examples/v2': {
    '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' },
  },
  'https://w3id.org/citizenship/v4rc1': {
    '@context': {
      ...terms(CITIZENSHIP, [
        'EmploymentAuthorizationDocumentCredential',
        'EmploymentAuthorizationDocument',
        'EmployablePerson',
        'PermanentResidentCardCredential',
        'PermanentResidentCard',
        'PermanentResident',
        'birthCountry',
        'commuterClassification',
        'employmentAuthorizationDocument',
        'lprCategory',
        'lprNumber',
        'permanentResidentCard',
      ]),
      ...terms(SCHEMA, ['Person', 'additionalName', 'familyName', 'gender', 'givenName', 'identifier']),
      image: { '@id': `${SCHEMA}image`, '@type': '@id' },
      birthDate: { '@id': `${SCHEMA}birthDate`, '@type': dateTime },
      residentSince: { '@id': `${CITIZENSHIP}residentSince`, '@type': dateTime },
    },
  },
};

const plain = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });

/** The pinned list, and for these tests the two above. */
export const vectorLoader: ContextLoader = {
  ...plain,
  isPinned: (url) => url in WRITTEN_FOR_THE_VECTORS || plain.isPinned(url),
  kind: (url) => (url in WRITTEN_FOR_THE_VECTORS ? 'other' : plain.kind(url)),
  // Neither defines any.
  jsonTermsIn: (url) => (url in WRITTEN_FOR_THE_VECTORS ? [] : plain.jsonTermsIn(url)),
  documentLoader: async (url) => {
    const document = WRITTEN_FOR_THE_VECTORS[url];
    return document ? { contextUrl: null, documentUrl: url, document } : plain.documentLoader(url);
  },
};
