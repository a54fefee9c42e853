import type { JsonObject } from '#kernel';
import { LIMITS } from '#kernel';
import { type CompactJws, readCompact } from './compact.ts';
import { applyDisclosures } from './disclosures.ts';
import { documentOf } from './document.ts';
import { formOf } from './form.ts';
import type { OpenedJwt } from './ports.ts';
import { refuse } from './refusal.ts';

/** Everything of a token that the checker needs beside what its reader sees. */
export interface TakenApart {
  opened: OpenedJwt;
  jws: CompactJws;
  /** See `Disclosed`. */
  hiddenAtRoot: number;
  /** The key binding token, and what its `sd_hash` is over. */
  binding?: { jws: CompactJws; boundTo: string };
}

/**
 * Takes a compact token apart without any cryptography: form, claims, document. Nothing of it is verified.
 * @throws Problem `malformed-json` with the member; `invalid-request` with a code of `OpeningCode`
 */
export function openJwt(text: string): OpenedJwt {
  return takeApart(text).opened;
}

/** @throws as `openJwt` */
export function takeApart(text: string): TakenApart {
  if (text.length > LIMITS.jwtBytes) throw refuse('too_large', `a token is at most ${LIMITS.jwtBytes} characters long`);
  const token = withoutSpace(text);
  const [first, ...others] = token.split('~');
  const jws = readCompact(first!);
  const selective = others.length > 0;
  // RFC 9901, 4: what follows the last tilde is empty, or the key binding token.
  const last = others.pop() ?? '';
  const binding = last === '' ? undefined : { jws: readCompact(last), boundTo: token.slice(0, -last.length) };
  const { claims, hiddenAtRoot } = selective
    ? applyDisclosures(jws.claims, others)
    : { claims: jws.claims as JsonObject, hiddenAtRoot: 0 };
  const form = formOf(jws.header, claims, selective);
  const opened: OpenedJwt = {
    form,
    header: jws.header,
    claims,
    document: documentOf(form, claims),
    text: token,
    ...(binding && { keyBinding: { header: binding.jws.header, claims: binding.jws.claims } }),
  };
  return { opened, jws, hiddenAtRoot, ...(binding && { binding }) };
}

/** Only what RFC 8259 calls white space: a look-alike of a space is part of the text, and wrong there. */
function withoutSpace(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && ' \t\r\n'.includes(text[from]!)) from++;
  while (to > from && ' \t\r\n'.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
}
