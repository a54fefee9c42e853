import { fill, type Html, html } from '../html.ts';
import { type Site, when, words } from '../layout.ts';
import type { MomentView } from './views.ts';

const DAY_MS = 86_400_000;

/** The last day of a half-open period that ends at midnight in Manila; another end is an instant. */
export function lastDay(until: string, site: Site): Html {
  const end = new Date(until);
  const midnight = !Number.isNaN(end.getTime()) && until.endsWith('T16:00:00Z');
  if (!midnight) return html`${when(until, site.lang)}`;
  const day = when(new Date(end.getTime() - DAY_MS).toISOString().replace('.000', ''), site.lang);
  return fill(words(site.lang).until_day, { day });
}

/** Nobody chose another moment. */
export const isToday = ({ asked }: Pick<MomentView, 'asked'>): boolean =>
  asked.at === undefined && asked.knownOn === undefined;

/** `today` or `on 1 March 2025`; with `start` as the first word of a sentence. */
export function onDay(site: Site, { at, asked }: MomentView, start = false): Html {
  const w = words(site.lang);
  if (isToday({ asked })) return html`${start ? w.today_start : w.today}`;
  return fill(start ? w.on_day_start : w.on_day, { day: when(at, site.lang) });
}
