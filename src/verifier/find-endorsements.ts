import { isObject, type Json, type JsonObject } from '#kernel';
import { strings } from './model.ts';

/** One endorsement, and the thing whose member it is. */
export interface FoundEndorsement {
  on: 'credential' | 'achievement' | 'issuer' | 'profile' | 'endorsement' | 'other';
  pointer: string;
  /** Id of the thing that carries it; what it must speak of. */
  carrier: Json | undefined;
  /** The signed document, or a compact token. */
  value: Json;
  /** List in force where it stands, for one that leaves its own out. */
  context: Json | undefined;
}

/** Members that hold whole credentials, each judged by itself. */
const ELSEWHERE = new Set(['verifiableCredential', 'proof', '@context']);

/**
 * Every endorsement of a document: on the credential, its achievement, its issuer and any other profile, and on endorsements
 * themselves (Open Badges 3.0, 9.1 step 6; the reference validator looks for `$..endorsement` and `$..endorsementJwt`).
 */
export function findEndorsements(document: JsonObject): FoundEndorsement[] {
  const found: FoundEndorsement[] = [];
  const walk = (value: Json, pointer: string, context: Json | undefined, on: FoundEndorsement['on']): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, `${pointer}/${index}`, context, on);
      return;
    }
    if (!isObject(value)) return;
    const inForce = value['@context'] ?? context;
    for (const [key, member] of Object.entries(value)) {
      if (ELSEWHERE.has(key)) continue;
      const at = `${pointer}/${key}`;
      if (key === 'endorsement' || key === 'endorsementJwt') {
        for (const [index, one] of list(member).entries()) {
          found.push({ on, pointer: `${at}/${index}`, carrier: value.id, value: one, context: inForce });
        }
      }
      walk(member, at, inForce, kindOf(key, at, member));
    }
  };
  walk(document, '', undefined, 'credential');
  return found;
}

function kindOf(key: string, pointer: string, member: Json): FoundEndorsement['on'] {
  if (pointer === '/issuer') return 'issuer';
  if (key === 'achievement') return 'achievement';
  if (key === 'endorsement') return 'endorsement';
  const profile = list(member).some((one) => isObject(one) && strings(one.type).includes('Profile'));
  return profile ? 'profile' : 'other';
}

function list(value: Json | undefined): Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}
