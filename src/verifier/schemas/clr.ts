import { achievement, credentialOf, identityObject, iri, object, oneOrMany, text, typed } from './parts.ts';

const association = object(
  ['type', 'associationType', 'sourceId', 'targetId'],
  {
    type: typed('Association'),
    associationType: {
      enum: [
        ...['exactMatchOf', 'isChildOf', 'isParentOf', 'isPartOf', 'isPeerOf', 'isRelatedTo', 'precedes', 'replacedBy'],
      ],
    },
    sourceId: iri,
    targetId: iri,
  },
  { additionalProperties: false },
);

/** Only the outside: each member is judged by itself. An envelope has no issuer and is no member (CLR 2.0, ClrSubject). */
const member = object(['@context', 'type', 'issuer', 'credentialSubject', 'proof'], { type: oneOrMany(text) });

/** A Comprehensive Learner Record 2.0: it holds credentials and says nothing of its own but how their achievements relate. */
export const clrSchema = credentialOf(
  ['ClrCredential'],
  ['name'],
  object(
    ['type', 'verifiableCredential'],
    {
      id: iri,
      type: typed('ClrSubject'),
      identifier: oneOrMany(identityObject),
      achievement: oneOrMany(achievement),
      association: oneOrMany(association, 1_000),
      verifiableCredential: { anyOf: [member, { type: 'array', items: member, minItems: 1, maxItems: 1_000 }] },
    },
    { anyOf: [{ required: ['id'] }, { required: ['identifier'] }] },
  ),
  { partial: { type: 'boolean' } },
);
