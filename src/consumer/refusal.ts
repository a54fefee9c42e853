import { fieldProblem, Problem } from '#kernel';
import { REFUSALS, type RefusalCode } from './words.ts';

/**
 * What a learner is told when a host cannot be connected. @param more which member or address it was, or the host's own words
 */
export function refuse(code: RefusalCode, more?: string): Problem {
  const { en, fil } = REFUSALS[code];
  const said = more === undefined ? '' : ` (${more})`;
  const sentence = { en: en + said, fil: fil + said };
  const { errors } = fieldProblem('invalid-request', '/address', sentence.en, code);
  return new Problem('invalid-request', sentence.en, { errors, extensions: { code, sentence } });
}

/** A text of a stranger that is shown: one short line without signs that control or turn it. */
export function cleaned(text: unknown, most = 300): string | undefined {
  if (typeof text !== 'string') return undefined;
  const line = text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line === '' ? undefined : [...line].slice(0, most).join('');
}
