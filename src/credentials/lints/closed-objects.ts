import { type FieldError, isObject, type JsonObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults, hasType, walk } from './walk.ts';

const fault = faults('closed-objects');
/** Classes whose schema forbids further members, and what each may hold. */
const CLOSED: Record<string, readonly string[]> = {
  Image: ['id', 'type', 'caption'],
  IdentityObject: ['type', 'hashed', 'identityHash', 'identityType', 'salt'],
  IdentifierEntry: ['type', 'identifier', 'identifierType'],
};
/** Members that hold an object of such a class, whatever the object says of itself. */
const MEMBERS: Record<string, string> = {
  image: 'Image',
  identifier: 'IdentityObject',
  otherIdentifier: 'IdentifierEntry',
};

export const closedObjects: LintRule = {
  id: 'closed-objects',
  source: 'Open Badges 3.0 JSON schema: additionalProperties false on Image, IdentityObject and IdentifierEntry',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    for (const { pointer, key, value, parent } of walk(document)) {
      if (key === 'identifier' && isEntry(parent)) continue;
      const wanted = MEMBERS[key];
      if (!isObject(value)) {
        if (wanted && !Array.isArray(value)) errors.push(fault(pointer, `must be an object of type ${wanted}`));
        continue;
      }
      if (wanted && value.type !== wanted) errors.push(fault(`${pointer}/type`, `must be the text ${wanted}`));
      const name = wanted ?? Object.keys(CLOSED).find((type) => hasType(value.type, type));
      for (const member of name ? Object.keys(value) : []) {
        if (!CLOSED[name!]!.includes(member)) errors.push(fault(`${pointer}/${member}`, `is not a member of ${name}`));
      }
    }
    return errors;
  },
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
