/** Vocabularies whose terms have names in pinned contexts, by which every reader goes. */
const VOCABULARIES = [
  'https://www.w3.org/2018/credentials#',
  'https://www.w3.org/ns/credentials/status#',
  'https://purl.imsglobal.org/spec/',
  'https://w3id.org/tatak/ph/v1#',
];
/** Prefixes that pinned contexts define for them. */
const COMPACT = /^(?:cred|ph):(?!\/\/)/;

/**
 * Whether an address stands for what a pinned context has a name for, in the document's list or not. To the proof both are
 * the same; a badge whose type is written so would be read as a credential of another kind.
 */
export const hasOwnName = (iri: string): boolean =>
  COMPACT.test(iri) || VOCABULARIES.some((one) => iri.startsWith(one));
