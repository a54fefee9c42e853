import { describe, expect, it } from 'vitest';
import { CPD_RENEWALS, SOURCES } from '#framework';
import {
  accountancyRenewalOn,
  computerSystemsServicingNcII,
  customerExperienceAssociate,
  graduateCertificateCurriculumOn,
  licenceRenewal,
  masterOfDistanceEducation,
  type RuleNode,
} from '#pathways';

const [IRI, DID] = ['https://specimen.example/1', 'did:web:specimen.example'];
const [known, own] = [
  { courses: {}, electives: [IRI] },
  { council: DID, conferrers: [DID] },
];
const curriculum = (day: string) =>
  graduateCertificateCurriculumOn(day)!.rule({
    ...{ ...known, decisions: ['d'], conferrers: [DID], strict: { scale: IRI } },
    integrating: [{ code: 'INT', microCourses: [IRI] }],
  });

const TREES: Record<string, RuleNode> = {
  'a national certificate': computerSystemsServicingNcII({ versions: ['2013'], allUnits: true, conferrers: [DID] }),
  'the older curriculum': curriculum('2015-01-01'),
  'the current curriculum': curriculum('2026-01-01'),
  'the master programme': masterOfDistanceEducation({
    ...{ core: [IRI], electives: [IRI], examination: IRI, thesis: IRI, scale: IRI, exit: 'Exit', conferrers: [DID] },
  }),
  'a renewal': licenceRenewal(CPD_RENEWALS[0]!, {
    ...{ ...own, activities: ['Seminar'], capped: { category: 'SelfDirected', units: '10' } },
  }),
  'the overlay of accountancy': accountancyRenewalOn('2021-01-01', { ...own, areas: ['A'], flexible: ['B'] }).rule!,
  'an award across sectors': customerExperienceAssociate({
    ...{ contactCenter: IRI, contactCenterVersions: ['1'], serviceData: IRI, industry: [IRI], workplace: IRI },
    ...{ parents: [IRI], transfer: { decisions: ['d'], achievement: IRI }, conferrers: [DID] },
  }),
};

const nodesOf = (node: RuleNode): RuleNode[] => [
  node,
  ...('children' in node ? node.children.flatMap((child) => nodesOf(child)) : []),
];

describe.each(Object.entries(TREES))('%s', (_, tree) => {
  it('says of every node what it means in two languages and where it is from', () => {
    const ids = new Set(SOURCES.map(({ id }) => id));
    for (const { id, text, source, realism } of nodesOf(tree)) {
      expect(text.en, id).toMatch(/\.$/);
      expect(text.fil, id).toMatch(/\.$/);
      expect(text.fil, id).not.toBe(text.en);
      const cited = source.match(/\bS\d+\b/g) ?? [];
      // What is published is cited; what is made up says so.
      if (realism === 'Published') expect(cited.length, `${id}: ${source}`).toBeGreaterThan(0);
      for (const one of cited) expect(ids, id).toContain(one);
    }
  });
});
