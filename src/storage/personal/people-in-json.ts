import { guardianOn } from '#credentials';
import { wardIdOf } from '#holders';
import { emailKey, isObject, present } from '#kernel';
import type { Scope } from './scope.ts';

/**
 * Whether this is a recipient of the scope: by address, or by number at an institution and no address; while a guardian acts, by
 * the guardian's address.
 */
export function isTheirs(value: unknown, tenant: string, { emails, numbers, day, ward }: Scope): boolean {
  if (!isObject(value)) return false;
  const { email, studentNumber, guardianEmail, guardianUntil } = texts(value);
  const guardian = guardianOn(present({ guardianEmail, guardianUntil }), day);
  if (guardian || ward) {
    if (!guardian || !ward?.guardians.includes(emailKey(guardian.email))) return false;
    return wardIdOf(present({ email, studentNumber }), tenant) === ward.wardId;
  }
  if (email !== undefined) return emails.includes(emailKey(email));
  return numbers.some((one) => one.tenant === tenant && one.studentNumber === studentNumber);
}

/** The members that are texts and not empty: what is kept may never have been looked at. */
const texts = (value: object): Record<string, string> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member === 'string' && member !== ''));

/** The recipients in a text that are of the scope. */
export function theirsIn(text: string, tenant: string, scope: Scope): { pointer: string; value: object }[] {
  const found: { pointer: string; value: object }[] = [];
  walk(JSON.parse(text), '', (value, pointer) => {
    if (isTheirs(value, tenant, scope)) found.push({ pointer, value: value as object });
  });
  return found;
}

/** The same text with nobody at this pointer: what is said of a person there becomes an empty recipient. */
export function withoutPerson(text: string, at: string): string {
  const document: unknown = JSON.parse(text);
  walk(document, '', (value, pointer) => {
    if (pointer !== at) return;
    for (const key of Object.keys(value as object)) delete (value as Record<string, unknown>)[key];
  });
  return JSON.stringify(document);
}

function walk(value: unknown, pointer: string, visit: (value: unknown, pointer: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value, pointer);
  for (const [key, member] of Object.entries(value)) walk(member, `${pointer}/${key}`, visit);
}
