import { type Html, html } from '../html.ts';
import type { Lang } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import {
  CONSOLE_PROBLEMS,
  ERRORS_OF_FIELD,
  FIELD_ERROR,
  FIELD_ERRORS,
  PLAIN_CODES,
} from '../words/console-problems.ts';
import type { ConsoleFieldError, ConsoleProblem, Typed } from './views.ts';

/** What one field of a form is: its name, its label, and where errors about it point. */
export interface Field {
  name: string;
  label: string;
  /** Beginnings of pointers, besides `/NAME`. */
  pointers?: readonly string[];
  note?: string;
  required?: boolean;
  maxLength?: number;
}

/** What a form shows again: what was typed, and what is wrong with it. */
export interface Shown {
  lang: Lang;
  typed: Typed;
  problem: ConsoleProblem | undefined;
}

export const typedText = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Codes that say only that the text is not of the form it has to be. */
const SHAPES: ReadonlySet<string> = new Set(['', 'pattern', 'format']);

/** In words; where they do not say it all, the error's own text follows small, in English. */
export function errorWords({ code = '', detail, pointer }: ConsoleFieldError, lang: Lang): Html {
  const known = Object.hasOwn(FIELD_ERRORS, code) ? FIELD_ERRORS[code] : undefined;
  const field = pointer.endsWith('/credit/0/value') ? 'creditValue' : pointer.split('/').at(-1)!;
  // A code that says what it is says more than the field does.
  const special = SHAPES.has(code) && Object.hasOwn(ERRORS_OF_FIELD, field) ? ERRORS_OF_FIELD[field] : undefined;
  if (special) return html`${special[lang]}`;
  const words = known ?? FIELD_ERROR;
  return PLAIN_CODES.has(code) ? html`${words[lang]}` : html`${words[lang]} <small lang="en">${detail}</small>`;
}

/** Each of them once: two rules may say the same of one field. */
export function distinct(errors: readonly ConsoleFieldError[], lang: Lang): Html[] {
  const said = new Map(errors.map((error) => [errorWords(error, lang).text, errorWords(error, lang)]));
  return [...said.values()];
}

const pointsTo = ({ name, pointers = [] }: Field, { pointer }: ConsoleFieldError): boolean =>
  [`/${name}`, ...pointers].some((one) => pointer === one || pointer.startsWith(`${one}/`));

/** Above the form, for those who do not see the whole page; with every error that belongs to no field of it. */
export function problemBanner(
  problem: ConsoleProblem | undefined,
  lang: Lang,
  fields: readonly Field[] = [],
): Html | false {
  if (!problem) return false;
  const words = Object.hasOwn(CONSOLE_PROBLEMS, problem.kind) ? CONSOLE_PROBLEMS[problem.kind] : CONSOLE.cannot;
  const elsewhere = problem.errors.filter((error) => !fields.some((field) => pointsTo(field, error)));
  const bad = fields.filter((field) => problem.errors.some((error) => pointsTo(field, error)));
  return html`<section class="banner tone-bad" role="alert"><p>${words![lang]}</p>
${problem.errors.length === 0 && html`<small class="detail" lang="en">${problem.detail}</small>`}
${elsewhere.length > 0 && html`<ul>${elsewhere.map((error) => html`<li>${error.pointer && html`<span class="code">${error.pointer}</span> `}${errorWords(error, lang)}</li>`)}</ul>`}
${bad.length > 0 && html`<ul aria-label="${CONSOLE.mendFields[lang]}">${bad.map(({ name, label }) => html`<li><a href="#${name}">${label}</a></li>`)}</ul>`}</section>`;
}

/** The errors and the note of a field, and the attributes by which it is described by them. */
function described(field: Field, { lang, problem }: Shown): { text: Html; attributes: Html } {
  const errors = problem?.errors.filter((error) => pointsTo(field, error)) ?? [];
  const ids = [...(errors.length > 0 ? [`${field.name}-error`] : []), ...(field.note ? [`${field.name}-note`] : [])];
  return {
    text: html`${field.note && html`<p class="note" id="${field.name}-note">${field.note}</p>`}${
      errors.length > 0 &&
      html`<p class="ink-bad" id="${field.name}-error">${distinct(errors, lang).map((words, index) => html`${index > 0 && html`<br>`}${words}`)}</p>`
    }`,
    attributes: html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${errors.length > 0 && html` aria-invalid="true"`}${field.required && html` required`}`,
  };
}

export function textField(field: Field, shown: Shown, type: 'text' | 'date' = 'text', more: Html = html``): Html {
  const { text, attributes } = described(field, shown);
  return html`<div><label for="${field.name}">${field.label}</label><input id="${field.name}" name="${field.name}" type="${type}" value="${typedText(shown.typed, field.name)}"${field.maxLength !== undefined && html` maxlength="${field.maxLength}"`}${attributes}${more}>${text}</div>\n`;
}

export function areaField(field: Field, shown: Shown): Html {
  const { text, attributes } = described(field, shown);
  return html`<div><label for="${field.name}">${field.label}</label><textarea class="prose" id="${field.name}" name="${field.name}"${field.maxLength !== undefined && html` maxlength="${field.maxLength}"`}${attributes}>\n${typedText(shown.typed, field.name)}</textarea>${text}</div>\n`;
}

export function selectField(
  field: Field,
  options: readonly (readonly [value: string, label: string])[],
  shown: Shown,
): Html {
  const { text, attributes } = described(field, shown);
  const chosen = typedText(shown.typed, field.name);
  return html`<div><label for="${field.name}">${field.label}</label><select id="${field.name}" name="${field.name}"${attributes}>${options.map(
    ([value, label]) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}</select>${text}</div>\n`;
}

export function fileField(field: Field, shown: Shown): Html {
  const { text, attributes } = described(field, shown);
  return html`<div><label for="${field.name}">${field.label}</label><input id="${field.name}" name="${field.name}" type="file" accept=".csv,text/csv"${attributes}>${text}</div>\n`;
}

/** Several of a list may be chosen. */
export function choicesField(
  field: Field,
  options: readonly (readonly [value: string, label: string])[],
  shown: Shown,
): Html {
  const { text } = described(field, shown);
  const chosen = [shown.typed[field.name] ?? []].flat();
  return html`<fieldset id="${field.name}"><legend>${field.label}</legend>${options.map(
    ([value, label]) =>
      html`<label class="choice"><input type="checkbox" name="${field.name}" value="${value}"${chosen.includes(value) && html` checked`}>${label}</label>\n`,
  )}${text}</fieldset>\n`;
}

/** One thing that is so or not. */
export function choiceField({ name, label }: Field, { typed }: Shown): Html {
  return html`<label class="choice"><input type="checkbox" name="${name}" value="yes"${typed[name] === 'yes' && html` checked`}>${label}</label>\n`;
}
