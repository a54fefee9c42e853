import type { Holding, Item, Pathway, RuleNode } from '#pathways';

export const DATE = '2026-06-30';

export const base = {
  text: { en: 'Text', fil: 'Teksto' },
  source: 'Test',
  binding: 'Mandatory',
  realism: 'Illustrative',
} as const;

/** Share is one interface for two kinds. */
type Of<N, K> = N extends { kind: infer L } ? (K extends L ? N : never) : never;
type Own<K extends RuleNode['kind']> = Omit<Of<RuleNode, K>, 'kind' | 'id' | keyof typeof base>;

/** A node of any kind. */
export const rule = <K extends RuleNode['kind']>(kind: K, id: string, own: Own<K>): RuleNode =>
  ({ kind, id, ...base, ...own }) as unknown as RuleNode;
export const advisory = (node: RuleNode): RuleNode => ({ ...node, binding: 'Advisory' });

export const code = (text: string): Item => ({ code: text });
export const all = (id: string, ...children: RuleNode[]): RuleNode => rule('allOf', id, { children });
export const any = (id: string, ...children: RuleNode[]): RuleNode => rule('anyOf', id, { children });
export const not = (id: string, child: RuleNode): RuleNode => rule('not', id, { children: [child] });
export const require_ = (id: string, ...items: Item[]): RuleNode => rule('requireAll', id, { items });
export const choose = (id: string, min: number, max: number, ...items: Item[]): RuleNode =>
  rule('chooseN', id, { min, max, items });
export const credit = (id: string, system: string, min: string): RuleNode => rule('creditMin', id, { system, min });
export const current = (id: string): RuleNode => rule('currentAt', id, {});

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
    accredited: [{ role: 'Award', authority: 'did:web:authority.example', answer: 'yes' }],
    ...over,
  };
}
