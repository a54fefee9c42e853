import type { Holding, Item, Pathway, RuleNode } from '#pathways';

export const DATE = '2026-06-30';

const base = {
  text: { en: 'Text', fil: 'Teksto' },
  source: 'Test',
  binding: 'Mandatory',
  realism: 'Illustrative',
} as const;

export const code = (text: string): Item => ({ code: text });
export const all = (id: string, ...children: RuleNode[]): RuleNode => ({ kind: 'allOf', id, ...base, children });
export const any = (id: string, ...children: RuleNode[]): RuleNode => ({ kind: 'anyOf', id, ...base, children });
export const require_ = (id: string, ...items: Item[]): RuleNode => ({ kind: 'requireAll', id, ...base, items });
export const choose = (id: string, min: number, max: number, ...items: Item[]): RuleNode => ({
  kind: 'chooseN',
  id,
  ...base,
  min,
  max,
  items,
});
export const credit = (id: string, system: string, min: string, group?: string[]): RuleNode => ({
  kind: 'creditMin',
  id,
  ...base,
  system,
  min,
  ...(group ? { group } : {}),
});
export const current = (id: string): RuleNode => ({ kind: 'currentAt', id, ...base });

export const pathway = (root: RuleNode): Pathway => ({
  id: 'https://specimen.example/pathways/1',
  name: 'SPECIMEN pathway',
  version: '1',
  conferrer: 'did:web:specimen.example',
  root,
});

let count = 0;

/** A holding that counts; `id` names credential, award and achievement. */
export function holding(id: string = `h${++count}`, over: Partial<Holding> = {}): Holding {
  return {
    id: `urn:credential:${id}`,
    awardId: `urn:award:${id}`,
    achievement: `https://specimen.example/achievements/${id}`,
    provider: 'did:web:specimen.example',
    competencies: [id],
    credit: {},
    awarded: '2026-01-15',
    state: 'active',
    accredited: 'yes',
    ...over,
  };
}
