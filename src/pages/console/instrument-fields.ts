import { INSTRUMENT_KINDS } from '#framework';
import { type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import type { Site } from '../layout.ts';
import { GRANTS } from '../words/authority.ts';
import { type Field, type Shown, selectField, textField } from './fields.ts';

type Names = 'kind' | 'number' | 'series' | 'date' | 'url';

/** @param at which of several, as part of the names of the fields; absent: the only one */
function fieldsOf({ lang }: Site, at?: number): Record<Names, Field> {
  const pointer = at === undefined ? '/legalInstrument' : `/legalInstrument/${at}`;
  const field = (name: Names, maxLength?: number): Field => ({
    ...{ name: `${name}${at ?? ''}`, label: GRANTS[`instrument_${name}`][lang], pointers: [`${pointer}/${name}`] },
    ...(maxLength === undefined ? {} : { maxLength }),
  });
  return {
    ...{ kind: field('kind'), number: field('number', 60), series: field('series', 4) },
    ...{ date: field('date'), url: field('url', 2_048) },
  };
}

export const instrumentFields = (site: Site, at?: number): Field[] => Object.values(fieldsOf(site, at));

/** An issuance as it is cited; nothing of it is needed. */
export function instrumentForm(site: Site, shown: Shown, { legend, at }: { legend: string; at?: number }): Html {
  const { lang } = site;
  const { kind, number, series, date, url } = fieldsOf(site, at);
  const kinds = INSTRUMENT_KINDS.map((code) => [code, nameOnly('kind', code, lang)] as const);
  return html`<fieldset class="group"><legend>${legend}</legend>${selectField(kind, [['', GRANTS.noInstrument[lang]], ...kinds], shown)}
<div class="pair">${textField(number, shown)}${textField(series, shown, 'text', html` inputmode="numeric"`)}${textField(date, shown, 'date')}</div>
${textField(url, shown, 'text', html` inputmode="url"`)}</fieldset>`;
}
