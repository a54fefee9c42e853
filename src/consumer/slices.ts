import { isObject } from '#kernel';

/** What a page of getCredentials holds, as the characters that came: a proof over JWS or JCS survives nothing less. */
export interface CredentialsPage {
  /** Texts of the members of `credential`. */
  documents: string[];
  /** Members of `compactJwsString`; undefined for one that is no text. */
  tokens: (string | undefined)[];
}

/**
 * Cuts the credentials out of an answer of getCredentials (OB 3.0, GetOpenBadgeCredentialsResponse) without writing them again.
 * @returns undefined when it is none
 */
export function credentialsOf(bytes: Uint8Array): CredentialsPage | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // From here on it is well-formed: what follows only has to find where things begin and end.
    if (!isObject(JSON.parse(text))) return undefined;
  } catch {
    return undefined;
  }
  const found: Record<string, string[]> = {};
  for (const { name, value } of membersOf(text)) {
    if (name !== 'credential' && name !== 'compactJwsString') continue;
    // Of two equal names nobody knows which is meant.
    if (found[name] || !value.startsWith('[')) return undefined;
    found[name] = partsOf(value).map((one) => one.trim());
  }
  const tokens = (found.compactJwsString ?? []).map((one) =>
    one.startsWith('"') ? String(JSON.parse(one)) : undefined,
  );
  return { documents: found.credential ?? [], tokens };
}

/** @param text of an object */
function membersOf(text: string): { name: string; value: string }[] {
  return partsOf(text.trim()).map((part) => {
    const member = part.trim();
    const end = endOfString(member, 0);
    const name = JSON.parse(member.slice(0, end)) as string;
    return { name, value: member.slice(member.indexOf(':', end) + 1).trim() };
  });
}

/** What stands between the commas of an array or an object. @param text well-formed, from its bracket on */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 1;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at) - 1;
    else if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    else if (sign === ',' && depth === 1) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  const last = text.slice(from, -1);
  return last.trim() === '' ? parts : [...parts, last];
}

/** @param at of the first quote @returns after the last */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}
