import { fill, type Html, html } from '../html.ts';
import { type Lang, longDay } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';

interface Named {
  email?: string | undefined;
  guardianEmail?: string | undefined;
  guardianUntil?: string | undefined;
}

/** Where links go in place of the learner's address, for whoever looks at a list or a request before it is started. */
export function guardianOf({ email, guardianEmail, guardianUntil }: Named, lang: Lang): Html | false {
  if (guardianEmail === undefined) return false;
  const day = guardianUntil && longDay(guardianUntil, lang);
  return html`${email !== undefined && html`<br>`}<small>${fill(CONSOLE.guardianRow[lang], { email: guardianEmail, day: day ?? guardianUntil ?? '?' })}</small>`;
}
