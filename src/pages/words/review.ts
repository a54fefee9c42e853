import type { Text } from '#kernel';
import type { Lang } from '../layout.ts';

/**
 * Who has read the words of each language, one place for all of them. English is the language they are written in. Filipino
 * counts as read once a person whose own language it is has read every page and stands here by name.
 */
export const REVIEWED: Readonly<Record<Lang, { reviewed: boolean; by?: string; on?: string }>> = {
  en: { reviewed: true },
  fil: { reviewed: false },
};

/** Shown at the foot of every page in a language that nobody has read. */
export const NOT_REVIEWED: Text = {
  en: 'No native speaker has read these texts yet.',
  fil: 'Hindi pa nasusuri ng katutubong tagapagsalita ang mga tekstong Filipino rito.',
};
