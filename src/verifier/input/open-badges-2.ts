import { isObject, type JsonObject, parseStrictJson } from '#kernel';
import { strings } from '../model.ts';

/** Open Badges 1.1 to 2.1 name their context so. */
const CONTEXT =
  /^https?:\/\/(?:w3id\.org\/openbadges\/v[12]|openbadgespec\.org\/v[12]|purl\.imsglobal\.org\/spec\/ob\/v2p\d)/;

/**
 * Whether it is of the editions before 3.0, which are secured otherwise (hosted at its address, or a signed token) and are not
 * verifiable credentials. 1.0 had no context: it is known by the members that nothing else has.
 */
export function isOpenBadges2(document: JsonObject): boolean {
  if (strings(document.type).includes('VerifiableCredential')) return false;
  if (strings(document['@context']).some((one) => CONTEXT.test(one))) return true;
  const { recipient, badge, verify, uid } = document;
  return (
    document['@context'] === undefined &&
    isObject(recipient) &&
    badge !== undefined &&
    (isObject(verify) || uid !== undefined)
  );
}

/** The signed form of 2.0: a compact token whose payload is the assertion. @returns undefined for any other token */
export function openBadges2Token(token: string): JsonObject | undefined {
  const value = parsed(Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString('utf8'));
  return value && isOpenBadges2(value) ? value : undefined;
}

/** What a picture of those editions carries: the assertion, its token, or only its address. Empty for anything else. */
export function openBadges2In(text: string): { document?: JsonObject } {
  if (/^https?:\/\/\S+$/i.test(text)) return { document: { id: text } };
  const document = text.startsWith('{') ? parsed(text) : openBadges2Token(text);
  return document ? { document } : {};
}

/** What is no JSON object, the other readers say. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseStrictJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
