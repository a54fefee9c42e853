import { credentialOf, iri, longText, object, typed } from './parts.ts';

/** Open Badges 3.0, EndorsementCredential: it has a name, and its subject is the thing endorsed. */
export const endorsementSchema = credentialOf(
  ['EndorsementCredential'],
  ['name'],
  object(['id', 'type'], { id: iri, type: typed('EndorsementSubject'), endorsementComment: longText }),
);
