import { fill, type Html, html } from '../html.ts';
import { when } from '../layout.ts';
import { mayList, type PlatformMay } from '../platform-consent.ts';
import { PLATFORM } from '../words/platform.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';

/** An application that the learner let in. */
export interface MyConnection {
  id: string;
  /** As it calls itself. */
  name: string;
  host: string;
  may: readonly PlatformMay[];
  since: string;
  until: string;
}

export function connectedApplications(of: FormOf, connections: readonly MyConnection[]): Html | undefined {
  if (connections.length === 0) return undefined;
  const { lang } = of;
  return html`<h2 id="connected">${PLATFORM.connected[lang]}</h2><p class="note">${PLATFORM.connectedLead[lang]}</p>
<ul class="plain">${connections.map(
    (one) => html`<li class="card"><h3>${one.name}</h3><p class="code">${one.host}</p>
<p>${PLATFORM.may[lang]}:</p>${mayList(one.may, lang)}
<p class="note">${fill(PLATFORM.since[lang], { since: when(one.since, lang), until: when(one.until, lang) })}</p>
${actionForm(of, 'disconnect', html`${PLATFORM.disconnect[lang]}<span class="visually-hidden"> ${one.name}</span>`, hidden('connection', one.id), false)}</li>\n`,
  )}</ul>`;
}
