import type { ConformityRule, Finding } from '../rule.ts';
import { objects } from '../values.ts';

const OF_VALUE: ReadonlySet<string> = new Set(['@value', '@language', '@direction']);

/** A conforming document is compact JSON-LD (VCDM 2.0, 1.3): its members are terms, and syntax stands in its contexts. */
export const keywords: ConformityRule = {
  id: 'keywords',
  clause: '1.3',
  check(document, about) {
    const found: Finding[] = [];
    for (const { pointer, value } of objects(document, about)) {
      for (const key of Object.keys(value)) {
        if (!key.startsWith('@') || (key === '@context' && pointer === '')) continue;
        if ('@value' in value && OF_VALUE.has(key)) continue;
        const shown = /^@[a-z]{1,20}$/.test(key) ? key : '@';
        found.push({ pointer: `${pointer}/${shown}`, detail: 'is syntax, not a member', problem: 'PARSING_ERROR' });
      }
    }
    return found;
  },
  examples: {
    pass: [
      {
        on: 'credential',
        title: 'text with a language anywhere',
        change: (d) => {
          d.credentialSubject.specimenGrade = { '@value': 'mataas', '@language': 'fil' };
        },
      },
    ],
    fail: [
      ...['@id', '@type', '@graph', '@included', '@reverse', '@unknown', '@vocab'].map((key) => ({
        on: 'credential' as const,
        title: `member ${key}`,
        change: (d: Record<string, unknown>) => {
          d[key] = 'urn:x:y';
        },
        pointer: `/${key}`,
      })),
      {
        on: 'credential',
        title: 'context inside the subject',
        change: (d) => {
          d.credentialSubject['@context'] = d['@context'];
        },
        pointer: '/credentialSubject/@context',
      },
      {
        on: 'credential',
        title: 'language without value',
        change: (d) => {
          d.credentialSubject.specimenGrade = { '@language': 'fil' };
        },
        pointer: '/credentialSubject/specimenGrade/@language',
      },
    ],
  },
};
