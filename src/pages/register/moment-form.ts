import { dayIn, isDay } from '#kernel';
import { fill, type Html, html } from '../html.ts';
import { type Site, when, words } from '../layout.ts';
import { address } from './address.ts';
import { isToday } from './dates.ts';
import type { MomentView } from './views.ts';

/** Choose the day: a plain form. Above it, when it is not today, which day the page shows. */
export function momentForm(site: Site, path: string, moment: MomentView): Html {
  const w = words(site.lang);
  const { at, knownAt, asked } = moment;
  return html`${
    !isToday(moment) &&
    html`<p class="moment"><strong>${fill(w.moment_shown, { at: when(at, site.lang) })}</strong>
${asked.knownOn !== undefined && fill(w.moment_known_shown, { known: when(knownAt, site.lang) })}
<a href="${address(site, path)}">${w.moment_now}</a></p>`
  }
<form class="inline" method="get" action="${path}" aria-label="${w.moment_title}">
<input type="hidden" name="lang" value="${site.lang}">
<div><label for="at">${w.moment_at}</label><input id="at" name="at" type="date" value="${dayOf(asked.at, at)}"></div>
<div><label for="knownOn">${w.moment_known}</label><input id="knownOn" name="knownOn" type="date" value="${asked.knownOn !== undefined && dayOf(asked.knownOn, knownAt)}"></div>
<button type="submit">${w.moment_button}</button>
</form>`;
}

/** In Manila; a field of a day takes no instant. */
function dayOf(asked: string | undefined, instant: string): string {
  if (asked !== undefined && isDay(asked)) return asked;
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : dayIn(date);
}
