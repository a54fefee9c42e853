import { ROLES } from '#accreditation';
import { type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { langQuery, type Site, when } from '../layout.ts';
import { lastDay } from '../register/dates.ts';
import { awardKinds } from '../register/scope.ts';
import { act, endOf, pill } from '../register/standing.ts';
import type { GrantView } from '../register/views.ts';
import { table } from '../table.ts';
import { GRANTS } from '../words/authority.ts';
import { CONSOLE } from '../words/console.ts';
import { STANDING } from '../words/standing.ts';
import type { GrantsPage } from './authority-views.ts';
import { selectField, textField } from './fields.ts';
import { at, consolePage, nextLink } from './frame.ts';
import type { Officer } from './views.ts';

const PATH = '/console/grants';

/** `/console/grants`: what this authority granted, as it stands today. */
export function renderGrants(site: Site, officer: Officer, data: GrantsPage): string {
  const { lang } = site;
  const { typed, grants, next } = data;
  const shown = { lang, typed, problem: undefined };
  const any = ['', CONSOLE.any[lang]] as const;
  const standings = Object.entries(STANDING).filter(([value]) => value !== 'not_recorded');
  return consolePage(
    site,
    officer,
    CONSOLE.grants[lang],
    html`<h1>${CONSOLE.grants[lang]}</h1>
<p class="acts">${officer.role === 'authority' && html`<a class="button" href="${at(site, `${PATH}/new`)}">${GRANTS.record[lang]}</a> `}<a href="/registry/${data.register}${langQuery(lang)}">${GRANTS.publicRegister[lang]}</a></p>
<form class="card" method="get" action="${PATH}" role="search" aria-label="${GRANTS.find[lang]}">${lang === 'fil' && html`<input type="hidden" name="lang" value="fil">`}
${textField({ name: 'q', label: GRANTS.institution[lang], maxLength: 200 }, shown)}
<div class="pair">${selectField({ name: 'standing', label: CONSOLE.state[lang] }, [any, ...standings.map(([value, text]) => [value, text[lang]] as const)], shown)}
${selectField({ name: 'role', label: GRANTS.role[lang] }, [any, ...ROLES.map((role) => [role, nameOnly('role', role, lang)] as const)], shown)}</div>
<button type="submit">${CONSOLE.find[lang]}</button></form>
${grants.length === 0 ? html`<p role="status">${(next === undefined ? GRANTS.none : GRANTS.noneYet)[lang]}</p>` : grantTable(site, CONSOLE.grants[lang], grants, data.now)}
${nextLink(next === undefined ? undefined : at(site, PATH, { ...typed, cursor: next }), site)}`,
  );
}

/** A table of grants, each leading to its page: in the console, or with `elsewhere` its public one. */
export function grantTable(
  site: Site,
  label: string,
  grants: readonly GrantView[],
  now: string,
  elsewhere = false,
): Html {
  const { lang } = site;
  const heads = [GRANTS.institution, CONSOLE.state, GRANTS.what, GRANTS.from, GRANTS.lastDay].map((head) => head[lang]);
  const path = elsewhere ? '/accreditations' : PATH;
  const rows = grants.map((one) => {
    const until = endOf(one, now);
    return [
      html`<a href="${at(site, `${path}/${one.id}`)}">${one.accredited.name}</a>`,
      pill(one, site),
      html`${act(one, site)}: ${awardKinds(one.grant.scope, lang)}`,
      when(one.grant.validFrom, lang),
      until === undefined ? '' : lastDay(until, site),
    ];
  });
  return table(label, heads, rows);
}
