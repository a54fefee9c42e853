import { fill, type Html, html } from '../html.ts';
import { facts, type Site, when } from '../layout.ts';
import { instrument } from '../register/instruments.ts';
import { awardKinds } from '../register/scope.ts';
import { act } from '../register/standing.ts';
import { DEPENDS, EVENT_ACTS, EVENT_CONSEQUENCES, GRANTS } from '../words/authority.ts';
import { CONSOLE } from '../words/console.ts';
import type { DependentView, GrantEventType, GrantPage } from './authority-views.ts';
import { typedText } from './fields.ts';
import { at } from './frame.ts';
import { grantTable } from './grants.ts';
import type { Typed } from './views.ts';

const FIELDS = ['effectiveAt', 'reason', 'kind', 'number', 'series', 'date', 'url'] as const;

/** The step between the wish and the deed: what would follow for whom. */
export function askGrantEvent(
  site: Site,
  { grant: view, typed, moment }: GrantPage,
  { type, effectiveAt, depends }: NonNullable<GrantPage['confirm']>,
): Html {
  const { lang } = site;
  const path = at(site, `/console/grants/${view.id}`);
  const hidden = FIELDS.filter((name) => typedText(typed, name)).map((name) => [name, typedText(typed, name)] as const);
  const good = type === 'activated' || type === 'reinstated';
  const sentence = view.grant.verb === 'accredit' ? EVENT_CONSEQUENCES[type] : DEPENDS.noAccreditation;
  return html`<p class="kicker">${EVENT_ACTS[type][lang]}</p><h1>${CONSOLE.sure[lang]}</h1>
<section class="banner tone-${good ? 'ok' : 'warn'}"><p>${sentence[lang]}</p></section>
<div class="card">${facts([
    [GRANTS.institution[lang], view.accredited.name],
    [GRANTS.what[lang], html`${act(view, site)}: ${awardKinds(view.grant.scope, lang)}`],
    [
      GRANTS.effectiveAt[lang],
      html`${when(effectiveAt, lang)}${effectiveAt <= view.grant.validFrom && html` <span class="note">(${DEPENDS.fromItsBeginning[lang]})</span>`}`,
    ],
    [GRANTS.reason[lang], typedText(typed, 'reason')],
    [GRANTS.instrument[lang], cited(typed, site)],
  ])}</div>
${depends && dependents(site, view.grant, type, depends, moment.at)}
<form method="post" action="${path}">${[...hidden, ['type', type] as const, ['confirmed', 'yes'] as const].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="acts"><button type="submit">${EVENT_ACTS[type][lang]}</button> <a href="${path}">${GRANTS.back[lang]}</a></p></form>`;
}

function cited(typed: Typed, site: Site): Html | false {
  const kind = typedText(typed, 'kind');
  const rest = (['number', 'series', 'date', 'url'] as const).flatMap((name) => {
    const text = typedText(typed, name).trim();
    return text ? [[name, text] as const] : [];
  });
  return kind !== '' && instrument({ kind, ...Object.fromEntries(rest) }, site);
}

function dependents(
  site: Site,
  grant: GrantPage['grant']['grant'],
  type: GrantEventType,
  data: DependentView,
  now: string,
): Html {
  const { lang } = site;
  if (grant.verb !== 'accredit') return html``;
  return html`<h2>${DEPENDS.title[lang]}</h2>
${grant.role === 'Accredit' && below(site, data, now)}
${(grant.role === 'Award' || grant.role === 'Accredit') && awards(site, type, data)}
${(grant.role === 'Train' || grant.role === 'Assess') && html`<p>${DEPENDS[grant.role][lang]}</p>`}`;
}

function below(site: Site, { grants, count, complete }: DependentView, now: string): Html {
  const { lang } = site;
  if (count === 0) return html`<p>${DEPENDS.noGrants[lang]}</p>`;
  const more = count > grants.length || !complete;
  return html`<h3>${fill(DEPENDS.grants[lang], { count: `${count}${complete ? '' : '+'}` })}</h3><p>${DEPENDS.grantsLead[lang]}</p>
${grantTable(site, DEPENDS.grantsLabel[lang], grants, now, true)}${more && html`<p class="note">${DEPENDS.moreGrants[lang]}</p>`}`;
}

function awards(site: Site, type: GrantEventType, { awards: rows, uncounted }: DependentView): Html {
  const { lang } = site;
  const format = new Intl.NumberFormat(lang === 'fil' ? 'fil-PH' : 'en-GB');
  const shown = (count: number, complete: boolean) =>
    complete ? format.format(count) : fill(DEPENDS.atLeast[lang], { count: format.format(count) });
  // What changes stands first.
  const counted = rows.map(
    ({ party, complete, ...row }) =>
      html`<li><strong>${party.name}</strong>${facts([
        [DEPENDS.after[lang], shown(row.after, complete)],
        [DEPENDS.since[lang], shown(row.awards, complete)],
        [DEPENDS.standing[lang], shown(row.standing, complete)],
      ])}</li>\n`,
  );
  return html`<h3>${DEPENDS.awards[lang]}</h3>
${rows.length > 0 && html`<ul class="plain depends">${counted}</ul><p>${(type === 'annulled' ? DEPENDS.awardsVoid : DEPENDS.awardsKept)[lang]}</p><p class="note">${DEPENDS.countedNote[lang]}</p>`}
${rows.length === 0 && uncounted.length === 0 && html`<p>${DEPENDS.nobody[lang]}</p>`}
${uncounted.length > 0 && html`<p>${fill(DEPENDS.uncounted[lang], { names: uncounted.map(({ name }) => name).join(', ') })}</p>`}`;
}
