import { type AccreditationRole, VERBS } from '#accreditation';
import { LABELS } from '#framework';
import { type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { facts, type Lang, type Site } from '../layout.ts';
import { scopeInWords } from '../register/scope.ts';
import { act } from '../register/standing.ts';
import type { GrantView } from '../register/views.ts';
import { GRANTS } from '../words/authority.ts';
import { CONSOLE } from '../words/console.ts';
import { ACT } from '../words/standing.ts';
import type { GrantFormPage } from './authority-views.ts';
import {
  areaField,
  choiceField,
  choicesField,
  type Field,
  problemBanner,
  type Shown,
  selectField,
  textField,
} from './fields.ts';
import { at, consolePage } from './frame.ts';
import { instrumentFields, instrumentForm } from './instrument-fields.ts';
import type { Officer } from './views.ts';

/** To accredit others needs more than a form asks: how far it may be handed on. */
const ROLES: readonly AccreditationRole[] = ['Award', 'Assess', 'Train'];

/** Fields of a new grant, but those of its instruments. */
export type GrantField =
  | 'accredited'
  | 'verb'
  | 'role'
  | 'awardType'
  | 'pqfFrom'
  | 'pqfTo'
  | 'trainingRegulation'
  | 'validFrom'
  | 'lastDay'
  | 'decisionDate'
  | 'condition'
  | 'provisional';

function fieldsOf(lang: Lang): Record<GrantField, Field> {
  const field = (name: GrantField, more: Partial<Field> = {}): Field => ({ name, label: GRANTS[name][lang], ...more });
  return {
    accredited: field('accredited', { required: true, maxLength: 2_048, note: GRANTS.accreditedNote[lang] }),
    verb: field('verb', { note: GRANTS.verbNote[lang] }),
    role: field('role'),
    awardType: field('awardType', { pointers: ['/scope/0/awardType'] }),
    pqfFrom: field('pqfFrom', { pointers: ['/scope/0/pqfLevelRange/from'] }),
    pqfTo: field('pqfTo', { pointers: ['/scope/0/pqfLevelRange/to'] }),
    trainingRegulation: field('trainingRegulation', {
      ...{ maxLength: 200, note: GRANTS.regulationNote[lang], pointers: ['/scope/0/trainingRegulation'] },
    }),
    validFrom: field('validFrom', { required: true }),
    lastDay: field('lastDay', { note: GRANTS.lastDayNote[lang], pointers: ['/validUntil'] }),
    decisionDate: field('decisionDate'),
    condition: field('condition', { note: GRANTS.conditionNote[lang] }),
    provisional: field('provisional'),
  };
}

/** `/console/grants/new`: the common fields of a grant, or an earlier one for another time. */
export function renderGrantForm(site: Site, officer: Officer, { typed, problem, renews }: GrantFormPage): string {
  const { lang } = site;
  const shown: Shown = { lang, typed, problem };
  const fields = fieldsOf(lang);
  const title = renews ? GRANTS.renew[lang] : GRANTS.record[lang];
  const all = [...Object.values(fields), ...instrumentFields(site, 0), ...instrumentFields(site, 1)];
  return consolePage(
    site,
    officer,
    title,
    html`${problemBanner(problem, lang, all)}<h1>${title}</h1><p class="lead">${(renews ? GRANTS.renewLead : GRANTS.recordGrantLead)[lang]}</p>
<form class="card" method="post" action="${at(site, '/console/grants')}">
${renews ? earlier(site, renews) : what(lang, fields, shown)}
<div class="pair">${textField(fields.validFrom, shown, 'date')}${textField(fields.lastDay, shown, 'date')}</div>
${textField(fields.decisionDate, shown, 'date')}
${instrumentForm(site, shown, { legend: GRANTS.instrument[lang], at: 0 })}
${instrumentForm(site, shown, { legend: GRANTS.secondInstrument[lang], at: 1 })}
${areaField(fields.condition, shown)}
${choiceField(fields.provisional, shown)}
<button type="submit">${GRANTS.sign[lang]}</button><p class="note">${GRANTS.signNote[lang]}</p></form>`,
  );
}

function what(lang: Lang, fields: Record<GrantField, Field>, shown: Shown): Html {
  const unset = ['', CONSOLE.unset[lang]] as const;
  const levels = Array.from({ length: 8 }, (_, index) => [String(index + 1), String(index + 1)] as const);
  return html`${textField(fields.accredited, shown, 'text', html` autocapitalize="none" spellcheck="false"`)}
<div class="pair">${selectField(
    fields.verb,
    VERBS.toReversed().map((verb) => [verb, ACT[verb][lang]] as const),
    shown,
  )}${selectField(
    fields.role,
    ROLES.map((role) => [role, nameOnly('role', role, lang)] as const),
    shown,
  )}</div>
${choicesField(
  fields.awardType,
  Object.keys(LABELS.awardType).map((code) => [code, nameOnly('awardType', code, lang)] as const),
  shown,
)}
<div class="pair">${selectField(fields.pqfFrom, [unset, ...levels], shown)}${selectField(fields.pqfTo, [unset, ...levels], shown)}</div>
${textField(fields.trainingRegulation, shown)}`;
}

/** The same to the same: none of it can be changed here. */
function earlier(site: Site, view: GrantView): Html {
  const { lang } = site;
  return html`<input type="hidden" name="renews" value="${view.id}">${facts([
    [GRANTS.institution[lang], view.accredited.name],
    [GRANTS.what[lang], act(view, site)],
    [GRANTS.scope[lang], scopeInWords(view.grant.scope, lang, view.titles)],
  ])}`;
}
