const PERSON = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/;

/** Whether a text can name the person who holds a key: an identifier such as a staff number, in ASCII, never a name. */
export const isPerson = (text: unknown): text is string => typeof text === 'string' && PERSON.test(text);

/**
 * The form in which persons are compared and kept beside what they did: `S-17`, `s-17` and ` S-17 ` are one person, so
 * that nobody becomes two by spelling.
 */
export const canonicalPerson = (text: string): string => text.normalize('NFC').trim().toLowerCase();
