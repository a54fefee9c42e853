import type { Lang } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';

/** Where errors about what is signed of a person point. */
export const SIGNED = ['/include', '/recipients/0/include'];

/** What of a person goes into the signed document, as a list of the members of `include`. */
export const signedOptions = (lang: Lang) =>
  [
    ['', CONSOLE.signedNone[lang]],
    ['name', CONSOLE.signedName[lang]],
    ['hashedEmail', CONSOLE.signedHash[lang]],
    ['name,hashedEmail', CONSOLE.signedBoth[lang]],
  ] as const;
