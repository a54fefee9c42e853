import { type AccreditationRole, IN_FORCE } from '#accreditation';
import { fill, type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { page, type Site, words } from '../layout.ts';
import { MAY } from '../words/standing.ts';
import { address } from './address.ts';
import { isToday, onDay } from './dates.ts';
import { grantCard } from './grant.ts';
import { history } from './history.ts';
import { momentForm } from './moment-form.ts';
import { awardKinds } from './scope.ts';
import { successionNotice } from './successions.ts';
import type { GrantView, MomentView, PartyView, SuccessionView } from './views.ts';

export interface InstitutionAccreditationsPage {
  institution: PartyView & { slug: string };
  moment: MomentView;
  grants: readonly GrantView[];
  successions: readonly SuccessionView[];
  /** False when there are more grants than are shown. */
  complete: boolean;
}

const ROLES: readonly AccreditationRole[] = ['Award', 'Assess', 'Train', 'Accredit'];

/** What one institution may do on a day, since when, on whose word, and how it came to that. */
export function renderInstitutionAccreditations(site: Site, data: InstitutionAccreditationsPage): string {
  const w = words(site.lang);
  const { institution, moment, grants, successions } = data;
  const path = `/institutions/${institution.slug}/accreditations`;
  const accredited = grants.filter(({ grant }) => grant.verb === 'accredit');
  const inForce = accredited.filter(({ standing }) => IN_FORCE[standing]);
  const others = accredited.filter(({ standing }) => !IN_FORCE[standing]);
  const statements = grants.filter(({ grant }) => grant.verb !== 'accredit');
  const title = fill(w.accreditations_of, { name: institution.name });
  return page(
    site,
    w.accreditations_of.replace('{name}', () => institution.name),
    html`<h1>${title}</h1>
${successionNotice(institution.did, successions, moment.at, site)}
${summary(inForce, data, site)}
${momentForm(site, path, moment)}
${!data.complete && html`<p class="caution">${w.incomplete}</p>`}
<h2>${w.what_it_may} <span class="day">${onDay(site, moment)}</span></h2>
${inForce.length === 0 && html`<p class="note">${w.none}</p>`}
${ROLES.map((role) => {
  const rows = inForce.filter(({ grant }) => grant.role === role);
  return (
    rows.length > 0 &&
    html`<section><h3 class="role">${MAY[role][site.lang]}</h3>${rows.map((one) => grantCard(one, moment, site))}</section>`
  );
})}
${
  others.length > 0 &&
  html`<h2>${w.not_in_force}</h2><p class="note">${fill(w.not_in_force_lead, { when: onDay(site, moment) })}</p>
${ROLES.map((role) => {
  const rows = others.filter(({ grant }) => grant.role === role);
  return (
    rows.length > 0 &&
    html`<section><h3 class="role">${nameOnly('role', role, site.lang)}</h3>${rows.map((one) => grantCard(one, moment, site))}</section>`
  );
})}`
}
${
  statements.length > 0 &&
  html`<section class="statements"><h2>${w.not_accreditation}</h2><p><strong>${w.not_accreditation_lead}</strong></p>
${statements.map((one) => grantCard(one, moment, site, 'h3'))}</section>`
}
${
  (grants.length > 0 || successions.length > 0) &&
  html`<h2>${w.history}</h2><p class="note">${w.history_lead}</p>${history(grants, successions, site, { at: moment.at })}`
}
<p class="note">${w.own_registers_only}</p>
<p class="note"><a href="${address(site, `/institutions/${institution.slug}`)}">${w.about_institution}</a> · <a href="${address(site, '/registry')}">${w.registry_title}</a> · <a href="${jsonPath(path, moment)}">${w.as_rows}</a></p>`,
  );
}

/** The answer first, by role. What stands on an authority that nobody vouches for is not counted in it. */
function summary(
  inForce: readonly GrantView[],
  { institution, moment }: InstitutionAccreditationsPage,
  site: Site,
): Html {
  const w = words(site.lang);
  const counted = inForce.filter(({ backed }) => backed);
  const when = onDay(site, moment, true);
  const { name } = institution;
  if (counted.length === 0) {
    return html`<section class="banner tone-unk" aria-label="${w.standing}"><p>${fill(w.may_nothing, { when, name })}</p></section>`;
  }
  const lines = ROLES.flatMap((role) => {
    const rows = counted.filter(({ grant }) => grant.role === role);
    const [final, provisional] = [rows.filter(isFinal), rows.filter((one) => !isFinal(one))].map((some) =>
      some.length > 0
        ? awardKinds(
            some.flatMap(({ grant }) => grant.scope),
            site.lang,
          )
        : undefined,
    );
    return rows.length > 0
      ? [
          html`<li>${MAY[role][site.lang]}: ${final}${final && provisional && ', '}${provisional && html`${provisional} (${w.provisionally})`}</li>`,
        ]
      : [];
  });
  return html`<section class="banner tone-ok" aria-label="${w.standing}"><p>${fill(isToday(moment) ? w.may_sentence : w.may_sentence_day, { when, name })}</p><ul>${lines}</ul><p class="why">${w.may_limits}</p></section>`;
}

const isFinal = ({ standing }: GrantView): boolean => standing !== 'provisional';

/** Always the document, of the same moment. */
function jsonPath(path: string, { asked }: MomentView): string {
  const query = new URLSearchParams(Object.entries(asked));
  return `${path}.json${query.size > 0 ? `?${query}` : ''}`;
}
