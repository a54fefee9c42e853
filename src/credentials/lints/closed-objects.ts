import { type FieldError, isObject, type JsonObject } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults, hasType } from './walk.ts';

const fault = faults('closed-objects');
/** Classes whose schema forbids further members, and what each may hold. */
const CLOSED: Record<string, readonly string[]> = {
  Image: ['id', 'type', 'caption'],
  IdentityObject: ['type', 'hashed', 'identityHash', 'identityType', 'salt'],
  IdentifierEntry: ['type', 'identifier', 'identifierType'],
};
const CLASSES = Object.keys(CLOSED);
/** Members that hold an object of such a class, whatever the object says of itself. */
const MEMBERS = new Map<string, string>(
  Object.entries({
    image: 'Image',
    identifier: 'IdentityObject',
    otherIdentifier: 'IdentifierEntry',
  }),
);

export const closedObjects: LintRule = {
  id: 'closed-objects',
  source: 'Open Badges 3.0 JSON schema: additionalProperties false on Image, IdentityObject and IdentifierEntry',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value, parent }) => {
    if (key === 'identifier' && isEntry(parent)) return undefined;
    const wanted = MEMBERS.get(key);
    if (!isObject(value)) {
      return wanted && !Array.isArray(value) ? fault(pointer, `must be an object of type ${wanted}`) : undefined;
    }
    const errors: FieldError[] = [];
    if (wanted && value.type !== wanted) errors.push(fault(`${pointer}/type`, `must be the text ${wanted}`));
    const name = wanted ?? CLASSES.find((type) => hasType(value.type, type));
    if (name === undefined) return undefined;
    for (const member of Object.keys(value)) {
      if (!CLOSED[name]!.includes(member)) errors.push(fault(`${pointer}/${member}`, `is not a member of ${name}`));
    }
    return errors.length > 0 ? errors : undefined;
  }),
  examples: {
    pass: [
      (d) => {
        d.issuer.otherIdentifier = [{ type: 'IdentifierEntry', identifier: '07001', identifierType: 'sisSourcedId' }];
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.image = 'https://x.example/a.png';
        },
        pointer: '/credentialSubject/achievement/image',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.image.name = 'x';
        },
        pointer: '/credentialSubject/achievement/image/name',
      },
      {
        change: (d) => {
          d.credentialSubject.identifier[0].type = ['IdentityObject'];
        },
        pointer: '/credentialSubject/identifier/0/type',
      },
    ],
  },
};

/** `identifier` of an IdentifierEntry is text. */
function isEntry(parent: unknown): boolean {
  return isObject(parent) && hasType((parent as JsonObject).type, 'IdentifierEntry');
}
