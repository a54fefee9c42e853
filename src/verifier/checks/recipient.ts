import { createHash, timingSafeEqual } from 'node:crypto';
import type { IdentityModel } from '../model.ts';
import { type Check, check } from '../report.ts';

/** Whom the caller names. Without a type it follows from the text: an address with `@` is an e-mail address. */
export interface RecipientClaim {
  identifier: string;
  identityType?: string;
}

/**
 * Does it belong to the person named (Open Badges 3.0, 9.1 step 5). A badge that carries nothing of the kind the caller
 * gave neither confirms nor denies. The caller's text is not repeated in the report.
 */
export function checkRecipient(
  { id, identifiers }: { id?: string; identifiers: IdentityModel[] },
  claim: RecipientClaim | undefined,
): Check {
  if (!claim) {
    const message = { en: 'Nobody was named.', fil: 'Walang pinangalanang tao.' };
    return check('recipient', 'not_applicable', 'not_asked', message);
  }
  const given = claim.identifier.trim();
  const isIri = /^(?:did|urn|https?):/i.test(given);
  const type = claim.identityType ?? (!isIri && given.includes('@') ? 'emailAddress' : undefined);
  const evidence = { compared: type ?? (isIri ? 'id' : 'any'), identifiers: identifiers.length };

  const sameKind = isIri ? identifiers : identifiers.filter((one) => type === undefined || one.identityType === type);
  if ((id !== undefined && equal(id, given)) || sameKind.some((one) => matches(one, given))) {
    const message = { en: 'It belongs to the person named.', fil: 'Pag-aari ito ng taong pinangalanan.' };
    return check('recipient', 'pass', 'matches', message, evidence);
  }
  // Text without a type is taken for a name: against an address or a number, no match says nothing.
  const kind = type ?? 'name';
  const judged = sameKind.filter((one) => readable(one) && (isIri || one.identityType === kind));
  const comparable = judged.length > 0 || (isIri && id !== undefined && schemeOf(id) === schemeOf(given));
  if (!comparable) {
    const message = {
      en: 'The badge carries nothing it could be compared with, so it is not known whether it belongs to the person named.',
      fil: 'Walang laman ang badge na maihahambing dito, kaya hindi alam kung pag-aari ito ng taong pinangalanan.',
    };
    return check('recipient', 'unknown', 'recipient_not_stated', message, evidence);
  }
  const message = { en: 'It belongs to somebody else.', fil: 'Iba ang may-ari nito.' };
  return check('recipient', 'fail', 'other_recipient', message, evidence);
}

/** Open Badges 3.0, 5.4.3 (IdentityHash). A hash of another kind neither confirms nor denies. */
const HASHES: readonly string[] = ['sha256', 'md5'];

function readable({ hashed, identityHash }: IdentityModel): boolean {
  return !hashed || HASHES.includes(identityHash.split('$', 1)[0]!);
}

function matches(identity: IdentityModel, given: string): boolean {
  const isEmail = identity.identityType === 'emailAddress';
  const composed = given.normalize('NFC');
  // E-mail addresses differ by case only in theory; issuers sign what was typed.
  const forms = isEmail ? [given, given.toLowerCase()] : [given, composed];
  if (!identity.hashed) {
    const stated = isEmail ? identity.identityHash.toLowerCase() : identity.identityHash.normalize('NFC');
    return equal(stated, isEmail ? given.toLowerCase() : composed);
  }
  const [algorithm, hex = ''] = identity.identityHash.split('$');
  if (!algorithm || !HASHES.includes(algorithm)) return false;
  return forms.some((form) => {
    const digest = createHash(algorithm)
      .update(`${form}${identity.salt ?? ''}`, 'utf8')
      .digest('hex');
    return equal(hex.toLowerCase(), digest);
  });
}

/** In constant time: compares digests of equal length. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}

function schemeOf(iri: string): string {
  return iri.split(':').slice(0, 2).join(':').toLowerCase();
}
