import { type Html, html } from '../html.ts';
import { facts, type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { DELIVERY_FAULTS, DELIVERY_STATES, DISABLED_REASONS, WEBHOOK_STATES, WEBHOOKS } from '../words/webhooks.ts';
import { problemBanner } from './fields.ts';
import { at, consolePage, nextLink } from './frame.ts';
import type { ConsoleProblem, Officer } from './views.ts';

export interface ListedWebhook {
  webhookId: string;
  url: string;
  description?: string;
  eventTypes?: readonly string[];
  state: keyof typeof WEBHOOK_STATES;
  createdAt: string;
  failingSince?: string;
  restUntil?: string;
  disabledAt?: string;
  disabledReason?: keyof typeof DISABLED_REASONS;
}

export interface ListedDelivery {
  eventId: string;
  type: string;
  eventAt: string;
  state: keyof typeof DELIVERY_STATES;
  attempts: number;
  lastStatus?: number;
  lastFault?: string;
  /** While it waits. */
  nextAt?: string;
}

const TONES: Readonly<Record<ListedWebhook['state'] | ListedDelivery['state'], string>> = {
  ...{ active: 'ok', paused: 'unk', disabled: 'bad', pending: 'warn', delivered: 'ok', failed: 'bad' },
};
const PATH = '/console/webhooks';

const pill = (state: keyof typeof TONES, words: string): Html =>
  html`<span class="pill tone-${TONES[state]}">${words}</span>`;

/** `/console/webhooks`: systems that are told, and how each does. @param next query of the next page */
export function renderWebhooks(
  site: Site,
  officer: Officer,
  { webhooks, next }: { webhooks: readonly ListedWebhook[]; next?: string },
): string {
  const { lang } = site;
  const heads = [WEBHOOKS.address, WEBHOOKS.state, WEBHOOKS.events, WEBHOOKS.description];
  const rows = webhooks.map((one) => [
    html`<a href="${at(site, `${PATH}/${one.webhookId}`)}">${one.url}</a>`,
    pill(one.state, WEBHOOK_STATES[one.state][lang]),
    one.eventTypes?.length ?? WEBHOOKS.allEvents[lang],
    one.description,
  ]);
  const labels = heads.map((head) => head[lang]);
  return consolePage(
    site,
    officer,
    WEBHOOKS.title[lang],
    html`<h1>${WEBHOOKS.title[lang]}</h1><p class="lead">${WEBHOOKS.lead[lang]}</p>
${rows.length === 0 ? html`<p>${WEBHOOKS.none[lang]}</p>` : table(WEBHOOKS.title[lang], labels, rows)}
${nextLink(next === undefined ? undefined : at(site, PATH, { cursor: next }), site)}`,
  );
}

/** `/console/webhooks/{webhookId}`: one of them, and what was sent to it, the newest first. */
export function renderWebhook(
  site: Site,
  officer: Officer,
  data: {
    webhook: ListedWebhook;
    deliveries: readonly ListedDelivery[];
    /** The only state that is shown. */
    only?: ListedDelivery['state'];
    problem?: ConsoleProblem;
  },
): string {
  const { lang } = site;
  const { webhook, deliveries, only } = data;
  const path = `${PATH}/${webhook.webhookId}`;
  const { disabledAt, disabledReason, failingSince, restUntil, eventTypes } = webhook;
  const may = officer.role === 'issuer';
  const states = Object.keys(DELIVERY_STATES) as ListedDelivery['state'][];
  return consolePage(
    site,
    officer,
    `${WEBHOOKS.one[lang]}: ${new URL(webhook.url).host}`,
    html`${problemBanner(data.problem, lang, [])}<p class="kicker">${WEBHOOKS.one[lang]}</p><h1>${new URL(webhook.url).host}</h1>
<p>${pill(webhook.state, WEBHOOK_STATES[webhook.state][lang])}</p>
${facts([
  [WEBHOOKS.address[lang], html`<code>${webhook.url}</code>`],
  [WEBHOOKS.description[lang], webhook.description],
  [WEBHOOKS.events[lang], eventTypes?.join(', ') ?? WEBHOOKS.allEvents[lang]],
  [WEBHOOKS.made[lang], when(webhook.createdAt, lang)],
  [WEBHOOKS.failingSince[lang], failingSince && when(failingSince, lang)],
  [WEBHOOKS.restUntil[lang], restUntil && when(restUntil, lang)],
  [
    WEBHOOKS.disabled[lang],
    disabledAt && disabledReason && html`${when(disabledAt, lang)} · ${DISABLED_REASONS[disabledReason][lang]}`,
  ],
])}
${may && webhook.state === 'active' && html`<div class="acts"><form method="post" action="${at(site, path)}"><button class="second" type="submit" name="action" value="test">${WEBHOOKS.test[lang]}</button></form></div>`}
<h2>${WEBHOOKS.deliveries[lang]}</h2>
<p class="note">${WEBHOOKS.only[lang]}: <a href="${at(site, path)}"${only === undefined && html` aria-current="true"`}>${WEBHOOKS.everything[lang]}</a>${states.map((state) => html` · <a href="${at(site, path, { state })}"${only === state && html` aria-current="true"`}>${DELIVERY_STATES[state][lang]}</a>`)}</p>
${deliveries.length === 0 ? html`<p>${WEBHOOKS.noDeliveries[lang]}</p>` : deliveryRows(site, path, deliveries, may)}`,
  );
}

function deliveryRows(site: Site, path: string, deliveries: readonly ListedDelivery[], may: boolean): Html {
  const { lang } = site;
  const heads = [WEBHOOKS.event, WEBHOOKS.happened, WEBHOOKS.state, WEBHOOKS.attempts, WEBHOOKS.answer, WEBHOOKS.next];
  const labels = [...heads.map((head) => head[lang]), ...(may ? [WEBHOOKS.again[lang]] : [])];
  const rows = deliveries.map((one) => [
    html`<code>${one.type}</code><br><small>${one.eventId}</small>`,
    when(one.eventAt, lang),
    pill(one.state, DELIVERY_STATES[one.state][lang]),
    one.attempts,
    one.lastStatus ?? (one.lastFault && DELIVERY_FAULTS[one.lastFault]?.[lang]),
    one.nextAt && when(one.nextAt, lang),
    ...(may
      ? [
          html`<form method="post" action="${at(site, path)}"><input type="hidden" name="action" value="redeliver"><input type="hidden" name="eventId" value="${one.eventId}"><button class="quiet" type="submit">${WEBHOOKS.again[lang]}</button></form>`,
        ]
      : []),
  ]);
  return table(WEBHOOKS.deliveries[lang], labels, rows);
}
