import { type Html, html } from '../html.ts';
import type { Site } from '../layout.ts';
import type { MomentView, PartyView } from './views.ts';

/** An address of this site that keeps the language and, where one is given, the moment. */
export function address(site: Site, path: string, more: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  if (site.lang === 'fil') query.set('lang', 'fil');
  return query.size > 0 ? `${path}?${query}` : path;
}

/** A party with the way to its accreditations; somebody of another service is only named. */
export function party(site: Site, who: PartyView, moment?: MomentView): Html {
  if (who.slug === undefined) return html`<span class="code">${who.name}</span>`;
  const path = `/institutions/${who.slug}/accreditations`;
  return html`<a href="${address(site, path, moment?.asked)}">${who.name}</a>`;
}

/** An authority with the way to its register. */
export function authority(site: Site, who: PartyView, moment?: MomentView): Html {
  if (who.slug === undefined) return html`<span class="code">${who.name}</span>`;
  return html`<a href="${address(site, `/registry/${who.slug}`, moment?.asked)}">${who.name}</a>`;
}
