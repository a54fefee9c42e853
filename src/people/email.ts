const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * The form in which addresses are stored and compared: trimmed, in lower case, so that nobody has two accounts by spelling.
 * ASCII only, without quotes or comments: what every mail server takes, and nothing that reads like another address.
 * @returns undefined for a text that is none
 */
export function canonicalEmail(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 320) return undefined;
  // Before the case is folded: some letters of other scripts become ASCII then (U+212A is `k`), and name another mailbox.
  if (/[^\x20-\x7e]/.test(text.trim())) return undefined;
  const email = text.trim().toLowerCase();
  return email.length <= 254 && EMAIL.test(email) && !/^\.|\.\.|\.@/.test(email) ? email : undefined;
}
