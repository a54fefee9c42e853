import { isObject, type Json, LIMITS, refuseBadFields, type SchemaCheck, schemaCheck } from '#kernel';
import type { Pathway } from './model.ts';
import type { RuleNode } from './rule-model.ts';
import { checkTree } from './rule-schema.ts';
import { DAY, DID, IRI, SYSTEM } from './rules/members.ts';

const period = (more: object) => ({
  type: 'object',
  required: ['from'],
  properties: { from: DAY, until: DAY },
  ...more,
});
const COMMON = {
  id: { type: 'string', format: 'identifier' },
  name: { type: 'string', format: 'line', maxLength: LIMITS.nameChars },
  version: { type: 'string', format: 'line', maxLength: 60 },
  conferrer: DID,
  achievement: IRI,
  realism: { type: 'string', enum: ['Published', 'Illustrative'] },
};
const REQUIRED = ['id', 'name', 'version', 'conferrer'];

/** As evaluation takes it: closed. */
const PLAIN = {
  type: 'object',
  additionalProperties: false,
  required: [...REQUIRED, 'root'],
  properties: {
    ...COMMON,
    effectivePeriod: period({ additionalProperties: false }),
    systems: { type: 'array', uniqueItems: true, items: SYSTEM },
    root: { type: 'object' },
  },
};

/** As it is published; what else the document says is not about the rules. */
const PUBLISHED = {
  type: 'object',
  required: ['type', 'credentialSubject'],
  properties: {
    type: { type: 'array', contains: { const: 'PhPathwayCredential' } },
    credentialSubject: {
      type: 'object',
      required: [...REQUIRED, 'stackingRule'],
      properties: { ...COMMON, effectivePeriod: period({}), stackingRule: { type: 'object' } },
    },
  },
};

let plain: SchemaCheck | undefined;
let published: SchemaCheck | undefined;

/**
 * A pathway from JSON: as evaluation takes it, or the published document, whose proof is not looked at here.
 * @throws Problem `invalid-request` with the pointer of every bad member, into the tree too
 */
export function readPathway(value: Json): { pathway: Pathway; document: boolean } {
  const document = isObject(value) && 'credentialSubject' in value;
  if (!document) {
    plain ??= schemaCheck(PLAIN);
    refuseBadFields(plain(value));
    refuseBadFields(checkTree((value as { root: Json }).root, '/root'));
    return { pathway: value as unknown as Pathway, document };
  }
  published ??= schemaCheck(PUBLISHED);
  refuseBadFields(published(value));
  const subject = value.credentialSubject as unknown as Omit<Pathway, 'root'> & { stackingRule: RuleNode };
  const { id, name, version, conferrer, achievement, effectivePeriod, realism, stackingRule: root } = subject;
  refuseBadFields(checkTree(root as unknown as Json, '/credentialSubject/stackingRule'));
  const pathway: Pathway = {
    ...{ id, name, version, conferrer },
    ...(achievement ? { achievement } : {}),
    ...(effectivePeriod ? { effectivePeriod } : {}),
    ...(realism ? { realism } : {}),
    root,
  };
  return { pathway, document };
}
