import { refuseImage } from './refusal.ts';

/** By which standard a badge was put into a picture. */
export type BakedEdition = 'open-badges-3' | 'clr-2' | 'open-badges-2';

/** What a picture carries, not yet read: JSON or a compact token, trimmed. */
export interface Baked {
  edition: BakedEdition;
  text: string;
}

/** Instead of the text of a badge of Open Badges 2.0 that is there and was not read: such a badge is only recognised. */
export const UNREAD = 'assertion';

/** PNG keyword -> edition (Open Badges 3.0 5.3.1; the CLR keyword is that of the 1EdTech validator; Open Badges 2.0 baking). */
export const KEYWORDS: Readonly<Record<string, BakedEdition>> = {
  openbadgecredential: 'open-badges-3',
  clrcredential: 'clr-2',
  openbadges: 'open-badges-2',
};

/** SVG namespace -> edition and the local name of the element that carries it (Open Badges 3.0 5.3.2; 2.0 baking). */
export const NAMESPACES: Readonly<Record<string, { edition: BakedEdition; local: string }>> = {
  'https://purl.imsglobal.org/ob/v3p0': { edition: 'open-badges-3', local: 'credential' },
  'https://purl.imsglobal.org/clr/v2p0': { edition: 'clr-2', local: 'credential' },
  'http://openbadges.org': { edition: 'open-badges-2', local: 'assertion' },
};

/**
 * The one badge of a picture. A second one would be read by one reader and not by another (Open Badges 3.0 5.3: exactly one);
 * a copy in the older edition beside it is no second one, it is only read when it is alone.
 * @throws Problem `invalid-image`: `no_badge`, `baked_twice`, `baked_empty`
 */
export function onlyOne(found: readonly Baked[]): Baked {
  const current = found.filter(({ edition }) => edition !== 'open-badges-2');
  const [first, second] = current.length > 0 ? current : found;
  if (!first) throw refuseImage('no_badge', 'there is no badge inside this picture');
  if (second) throw refuseImage('baked_twice', 'there is more than one badge inside this picture');
  if (first.text === '') throw refuseImage('baked_empty', 'the place for the badge inside this picture is empty');
  return first;
}
