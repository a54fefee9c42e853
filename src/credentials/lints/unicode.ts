import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('unicode');
/** C0 and C1 controls but tab and line feed (narratives have lines), DEL. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** Embeddings, overrides and isolates: they make a name read as another (Unicode Technical Report 36, section 2.5). */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
/** Invisible, and of no use in names and prose of any language this service expects: zero width space, word joiner, BOM. */
const INVISIBLE = /[\u200b\u2060\ufeff]/;

/** Most text: there is nothing to normalise and nothing invisible. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/**
 * What is wrong with a piece of text for people, or undefined.
 * Also used on names that are stored and not signed.
 */
export function textFault(text: string): string | undefined {
  if (PLAIN.test(text)) return undefined;
  if (!text.isWellFormed()) return 'holds a lone surrogate';
  if (text.normalize('NFC') !== text) return 'is not in Unicode normalisation form C';
  if (CONTROL.test(text)) return 'holds a control character';
  if (BIDI.test(text)) return 'holds a bidirectional override or isolate';
  if (INVISIBLE.test(text)) return 'holds an invisible character';
  return undefined;
}

/** Two lone surrogates give one digest, two forms of one name give two: neither may be signed. */
export const unicode: LintRule = {
  id: 'unicode',
  source: 'Unicode Standard Annex 15 (NFC); RFC 8259 section 8.2; Unicode Technical Report 36 section 2.5',
  effective: '2026-01-01',
  check: everyNode(({ pointer, value, key }) => {
    const wrong = (typeof value === 'string' ? textFault(value) : undefined) ?? textFault(key);
    return wrong ? fault(pointer, wrong) : undefined;
  }),
  examples: {
    pass: [
      (d) => {
        d.name = 'Sertipiko ng Ñandú \u1703\u1712\u170a 😀\nikalawang linya';
      },
    ],
    fail: ['Jose\u0301', 'Ana\u0000', 'Ana\u202etxet', 'Ana\ud800', 'A\u200bna', 'Ana\r'].map((text) => ({
      change: (d) => {
        d.name = text;
      },
      pointer: '/name',
    })),
  },
};
