import { fieldProblem, isObject, type Json, type JsonObject, pointerTokens, shown } from '#kernel';

/**
 * What every derived credential shows, where the document has it, asked for or not: whose it is, from when to when, whether
 * it was revoked, and by which rules it is read. A holder could otherwise hide that a badge is revoked or over.
 */
const ALWAYS = [
  'issuer',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'credentialStatus',
  'credentialSchema',
  'refreshService',
  'termsOfUse',
  'awardedDate',
  'realism',
] as const;

const MAX_POINTERS = 200;

/** Those asked for, and those that are always there. @throws Problem `lint-failed` with the pointer to the bad one */
export function mandatoryPointers(document: JsonObject, asked: readonly string[] = []): string[] {
  assertPointers(document, asked, '/mandatoryPointers');
  const always = ALWAYS.filter((member) => document[member] !== undefined).map((member) => `/${member}`);
  return [...new Set([...asked, ...always])];
}

/**
 * JSON Pointers (RFC 6901) to members that are there. The library follows them by `parseInt` and through prototypes, so
 * that only those come to it which mean the same to both.
 * @param at where the list stands in the request
 * @throws Problem `lint-failed`
 */
export function assertPointers(document: JsonObject, pointers: readonly string[], at: string): void {
  if (pointers.length > MAX_POINTERS) throw fieldProblem('lint-failed', at, `more than ${MAX_POINTERS} pointers`);
  for (const [index, pointer] of pointers.entries()) {
    const reason = typeof pointer === 'string' ? pointerReason(document, pointer) : 'is not a text';
    if (reason) throw fieldProblem('lint-failed', `${at}/${index}`, `${shown(pointer)} ${reason}`, 'bad_pointer');
  }
}

function pointerReason(document: JsonObject, pointer: string): string | undefined {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return 'is not a JSON Pointer to a member';
  const tokens = pointerTokens(pointer);
  if (tokens.includes('@context') || tokens[0] === 'proof') return 'points at what is not a statement';
  let value: Json = document;
  for (const token of tokens) {
    let next: Json | undefined;
    if (Array.isArray(value)) next = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else if (isObject(value) && Number.isNaN(Number.parseInt(token, 10)) && Object.hasOwn(value, token))
      next = value[token];
    if (next === undefined || next === null) return 'does not match the document';
    value = next;
  }
  return undefined;
}
