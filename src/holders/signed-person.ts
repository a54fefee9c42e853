import { isObject, parseStrictJson } from '#kernel';

/** What a badge says that is the same for everybody who has it, or only says where it stands. */
const OF_THE_AWARD = [
  ...['@context', 'id', 'type', 'name', 'description', 'image', 'issuer', 'validFrom', 'validUntil', 'awardedDate'],
  ...['awardId', 'realism', 'trainingProvider', 'learningRoute', 'credentialStatus', 'credentialSchema', 'proof'],
];
const OF_THE_SUBJECT = ['id', 'type', 'achievement'];

/**
 * Whether the signed text of a badge may say something about one person. Anything that is not known to say nothing does: a name,
 * a salted address (who guesses it can confirm it), results, evidence, the number of a certificate, the key of a wallet.
 */
export function saysOfAPerson(signed: string): boolean {
  const document = parseStrictJson(signed);
  if (!isObject(document)) return true;
  const { credentialSubject: subject, ...rest } = document;
  if (!isObject(subject) || typeof subject.id !== 'string' || !subject.id.startsWith('urn:uuid:')) return true;
  const known = (object: object, members: readonly string[]) =>
    Object.keys(object).every((key) => members.includes(key));
  return !known(rest, OF_THE_AWARD) || !known(subject, OF_THE_SUBJECT);
}
