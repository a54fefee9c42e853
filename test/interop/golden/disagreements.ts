import type { Answer } from './judges.ts';

export interface Apart {
  /** The names of the documents. */
  documents: RegExp;
  tatak: Answer;
  digitalbazaar: Answer;
  verifierCore: Answer;
  because: string;
}

/** Where the three do not answer alike, and why. The first row that fits a document holds for it. */
export const DISAGREEMENTS: readonly Apart[] = [
  {
    documents: /^mutation: change \d at \/@context\//,
    ...{ tatak: 'other', digitalbazaar: 'bad', verifierCore: 'bad' },
    because: 'a context that is not known cannot be read here, which says nothing about the badge',
  },
  {
    documents: /^mutation: change \d at \/proof\/(type|cryptosuite)$/,
    ...{ tatak: 'other', digitalbazaar: 'bad', verifierCore: 'bad' },
    because: 'a kind of proof that is not known is no answer here; the others call the credential false',
  },
  {
    documents: /^ecdsa-sd-2023 .*, by (tatak|the library)$/,
    ...{ tatak: 'other', digitalbazaar: 'good', verifierCore: 'bad' },
    because: 'no end and no status are shown, and a holder could have hidden both: the library says good all the same',
  },
  {
    documents: /^(eddsa-jcs|ecdsa-\w+)-20\d\d .*, by (tatak|the library)$/,
    ...{ tatak: 'good', digitalbazaar: 'good', verifierCore: 'bad' },
    because: 'verifier-core knows no suite but eddsa-rdfc-2022 and Ed25519Signature2020',
  },
  {
    documents: /^broken: the contexts turned round$/,
    ...{ tatak: 'bad', digitalbazaar: 'bad', verifierCore: 'other' },
    because: 'verifier-core throws on a list whose first context is not that of credentials',
  },
  {
    documents: /^date: not yet valid$/,
    ...{ tatak: 'bad', digitalbazaar: 'bad', verifierCore: 'other' },
    because: 'verifier-core gives neither a signature nor a date result for a badge from the future',
  },
  {
    documents: /^status: a list of a stranger$/,
    ...{ tatak: 'other', digitalbazaar: 'bad', verifierCore: 'good' },
    because: 'verifier-core does not mind who signed the list, so that anybody could clear a revocation',
  },
  {
    documents: /^status: (a list (past|not yet|in the issuer|changed|for another|that is cut)|no list|a page)/,
    ...{ tatak: 'other', digitalbazaar: 'bad', verifierCore: 'other' },
    because: 'nobody calls it good: the library has no third answer, verifier-core reports an error of its own',
  },
];

export const apartOn = (name: string): Apart | undefined => DISAGREEMENTS.find(({ documents }) => documents.test(name));
