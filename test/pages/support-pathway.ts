import { type PathwayPage, renderPathway, type Site } from '#pages';
import {
  computerSystemsServicingNcII,
  customerExperienceAssociate,
  evaluate,
  graduateCertificateInDistanceEducation,
  type Holding,
  type RuleNode,
} from '#pathways';
import type { StackReport } from '#verifier';

export const PATHWAY_DATE = '2026-06-30';
const IRI = 'https://badges.specimen.example/achievements/';
const AWARDER = 'did:web:badges.specimen.example:institutions:specimen-open-university';

export const DEFINITIONS: PathwayPage['definitions'] = {
  ...Object.fromEntries(
    ['201', '202', '203', '204', '205'].map((number) => [
      `${IRI}edde${number}`,
      { name: `EDDE ${number}`, credit: ['3 HE-UNIT-16'] },
    ]),
  ),
  [`${IRI}elective`]: { name: 'Learning Analytics Practice', credit: ['3 HE-UNIT-16'] },
  [`${IRI}industry-1`]: { name: 'Contact Centre Service Quality', credit: ['24 NOTIONAL-HOUR'] },
  [`${IRI}industry-2`]: { name: 'Voice of the Customer', credit: ['24 NOTIONAL-HOUR'] },
};

const NAMES = {
  [AWARDER]: 'Specimen Open University (modelled on UPOU)',
  'did:web:skills.example': 'Specimen Skills Authority (modelled on TESDA)',
  'did:web:industry.example': 'Specimen Industry Association',
};

export const CERTIFICATE = graduateCertificateInDistanceEducation({
  courses: Object.fromEntries(['201', '202', '203', '204', '205'].map((n) => [`EDDE ${n}`, `${IRI}edde${n}`])),
  electives: [`${IRI}elective`],
  decisions: ['urn:decision:1'],
});
const units = ['ELC724331', 'ELC724332', 'ELC724333', 'ELC724334'];
export const NATIONAL_CERTIFICATE = computerSystemsServicingNcII({
  achievements: Object.fromEntries(units.map((code) => [code, IRI + code])),
  versions: ['1'],
});
export const ASSOCIATE = customerExperienceAssociate({
  contactCenter: `${IRI}contact`,
  contactCenterVersions: ['2014'],
  serviceData: `${IRI}data`,
  industry: [`${IRI}industry-1`, `${IRI}industry-2`],
  workplace: `${IRI}work`,
  parents: [`${IRI}degree`],
  transfer: { decisions: ['urn:decision:2'], achievement: `${IRI}data-decided` },
});

/** A badge that counts, of an achievement of this name. */
export function held(name: string, over: Partial<Holding> = {}): Holding {
  return {
    id: `https://badges.specimen.example/credentials/${name}`,
    awardId: `urn:award:${name}`,
    achievement: IRI + name,
    version: '1',
    name: name.toUpperCase(),
    provider: AWARDER,
    competencies: [],
    credit: {},
    awarded: '2026-01-15',
    state: 'active',
    accredited: [
      { role: 'Award', authority: 'did:web:authority.example', answer: 'yes' },
      { role: 'Assess', authority: 'did:web:authority.example', answer: 'yes' },
    ],
    ...over,
  };
}

const units16 = (n: string, over: Partial<Holding> = {}) => held(n, { credit: { 'HE-UNIT-16': '3' }, ...over });
const hours = (n: string, notional: string, over: Partial<Holding>) =>
  held(n, { ...over, credit: { 'NOTIONAL-HOUR': notional, ...over.credit } });

/** Badges with which each real pathway is met; the first half of them is a part. */
export const WALLETS: Record<'gcde' | 'css' | 'cx', Holding[]> = {
  gcde: [
    ...['edde201', 'edde202', 'edde203', 'edde204', 'edde205'].map((n) => units16(n, { name: n.toUpperCase() })),
    units16('elective', { name: 'Learning Analytics Practice' }),
  ],
  css: units.map((code, at) => held(code, { name: `COC ${at + 1}`, provider: 'did:web:skills.example' })),
  cx: [
    hours('contact', '144', {
      ...{ name: 'Contact Center Services NC II', provider: 'did:web:skills.example', version: '2014', level: 2 },
      credit: { 'TESDA-HOUR': '144' },
      expires: '2030-01-01',
    }),
    hours('data', '54', { name: 'Service data analysis', level: 6, credit: { 'HE-UNIT-18': '3' } }),
    hours('industry-1', '24', {
      name: 'Contact Centre Service Quality',
      provider: 'did:web:industry.example',
      level: 4,
    }),
    hours('work', '40', { name: 'Workplace capstone', level: 5, awarded: '2026-05-01' }),
  ],
};

/** What the verifier would report about these badges. */
export function stackOf(root: RuleNode, holdings: readonly Holding[], name = 'SPECIMEN Pathway'): StackReport {
  const pathway = { id: `${IRI}p`, name, version: '1', conferrer: AWARDER, root };
  const evaluation = evaluate({ pathway, holdings, date: PATHWAY_DATE });
  const sentence = { en: 'Genuine.', fil: 'Tunay.' };
  return {
    outcome: evaluation.state,
    sentence: evaluation.sentence,
    checkedAt: '2026-06-30T08:00:00Z',
    date: PATHWAY_DATE,
    specimen: true,
    pathway: { verdict: 'valid', code: 'ok', name, inEffect: true },
    credentials: holdings.map(({ id, name: called, awardId, provider }, index) => ({
      ...{ index, id, awardId, issuerId: provider, verdict: 'valid' as const, recognition: 'recognised' as const },
      ...(called === undefined ? {} : { name: called }),
      ...{ sentence, evaluated: true },
    })),
    decisions: [],
    evaluation,
  };
}

export function pathwayPage(root: RuleNode, more: Partial<PathwayPage> = {}): PathwayPage {
  return {
    url: 'https://badges.specimen.example/pathways/0123456789abcdefghjkmnpqrs',
    name: 'SPECIMEN Graduate Certificate in Distance Education',
    conferrer: 'Specimen Open University (modelled on UPOU)',
    version: '1',
    specimen: true,
    root,
    definitions: DEFINITIONS,
    names: NAMES,
    form: {},
    ...more,
  };
}

/** Every shape the page has, each text in it made by `text`. */
export function pathwayPages(site: Site, text: (field: string) => string, address: (field: string) => string) {
  const base = (kind: string, id: string) => ({
    ...{ kind, id, source: text('source'), text: { en: text('nodeEn'), fil: text('nodeFil') } },
    ...{ binding: 'Advisory', realism: 'Published' },
  });
  const select = {
    ...{ achievement: [address('achievement')], category: [text('category')], awardType: [text('awardType')] },
    ...{ provider: [text('provider')], sector: [text('sector')], route: [text('route')], code: [text('code')] },
    level: { from: 2, to: 5 },
  };
  const items = [
    { code: text('code'), title: text('title'), version: [text('version')] },
    { achievement: address('a') },
  ];
  const root = {
    ...base('allOf', 'root'),
    children: [
      { ...base('requireAll', 'items'), items },
      { ...base('chooseN', 'some'), min: 1, max: 2, select },
      {
        ...base('anyOf', 'any'),
        children: [
          { ...base('capstone', 'last'), items },
          { ...base('not', 'no'), children: [{ ...base('requireAll', 'other'), items }] },
        ],
      },
      { ...base('creditMin', 'sum'), system: text('system'), min: '3' },
      { ...base('equivalence', 'equal'), decisions: [text('decision')] },
      base('currentAt', 'current'),
    ],
  } as unknown as RuleNode;
  const stack = stackOf(root, [held('x', { id: text('id'), name: text('badge'), competencies: [text('code')] })]);
  const more: Partial<PathwayPage> = {
    ...{ name: text('name'), description: text('description'), conferrer: text('conferrer'), version: text('version') },
    definitions: { [address('a')]: { name: text('definition'), code: text('code'), credit: [text('credit')] } },
    names: { [text('provider')]: text('providerName') },
  };
  const problem = { kind: text('kind'), detail: text('detail'), badge: { n: 1, what: text('what') } };
  return {
    pathway: renderPathway(site, pathwayPage(root, more)),
    'pathway with badges': renderPathway(site, pathwayPage(root, { ...more, stack, addresses: [address('badge')] })),
    'pathway problem': renderPathway(site, {
      ...pathwayPage(root, more),
      form: {
        credential: text('credential'),
        text: text('text'),
        date: text('date'),
        problem: { ...problem, field: 'text' },
      },
    }),
  };
}
