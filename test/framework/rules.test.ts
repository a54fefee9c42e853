import { describe, expect, it } from 'vitest';
import { phAchievementErrors } from '#framework';
import type { JsonObject } from '#kernel';

const type = ['Achievement', 'PhAchievement'];
const unitOfCompetency = [{ type: ['PhUnitOfCompetency'], code: 'ELC724331', title: 'Install computer systems' }];
const nc = {
  name: 'Computer Systems Servicing NC II',
  awardType: 'NationalCertificate',
  regime: 'TESDA',
  pqfLevel: 2,
  unitOfCompetency,
  trainingRegulation: { type: ['PhTrainingRegulation'], title: 'Computer Systems Servicing NC II', ncLevel: 2 },
};
const micro = { name: 'Data literacy', awardType: 'HeiMicroCredential', regime: 'CHED' };
const tvet = { ...micro, awardType: 'TvetMicroCredential', regime: 'TESDA' };
const cpd = { name: 'Ethics seminar', awardType: 'CpdActivity', regime: 'PRC', profession: ['Accountancy'] };
const without = (value: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
const faults = (value: object) => phAchievementErrors({ type, ...value } as unknown as JsonObject);

type Case = [rule: string, passes: object, fails: object, pointer: string];

const CASES: Case[] = [
  ['a regime', micro, without(micro, 'regime'), '/regime'],
  ['exactly one regime', micro, { ...micro, regime: ['CHED', 'TESDA'] }, '/regime'],
  ['a level for an NC', nc, without(nc, 'pqfLevel'), '/pqfLevel'],
  ['level 1 to 4 for an NC', { ...micro, pqfLevel: 5 }, { ...nc, pqfLevel: 5 }, '/pqfLevel'],
  ['the level in the title', nc, { ...nc, name: 'Computer Systems Servicing NC III' }, '/name'],
  ['the level in digits', { ...nc, name: 'CSS NC2' }, { ...nc, name: 'CSS NC-4' }, '/name'],
  ['the level in numeral characters', { ...nc, name: 'CSS NC Ⅱ' }, { ...nc, name: 'CSS NC Ⅲ' }, '/name'],
  ['the level in full', { ...nc, name: 'National Certificate II' }, { ...nc, name: 'National Certificate I' }, '/name'],
  [
    'the level of the training regulation',
    nc,
    { ...nc, trainingRegulation: { ...nc.trainingRegulation, ncLevel: 3 } },
    '/trainingRegulation/ncLevel',
  ],
  [
    'the title of the training regulation',
    { ...nc, trainingRegulation: { ...nc.trainingRegulation, title: 'Computer Systems Servicing' } },
    { ...nc, trainingRegulation: { ...nc.trainingRegulation, title: 'Computer Systems Servicing NC IV' } },
    '/trainingRegulation/title',
  ],
  ['units for an NC', nc, without(nc, 'unitOfCompetency'), '/unitOfCompetency'],
  [
    'units for a COC',
    { name: 'CSS COC 1', awardType: 'CertificateOfCompetency', regime: 'TESDA', unitOfCompetency },
    { name: 'CSS COC 1', awardType: 'CertificateOfCompetency', regime: 'TESDA' },
    '/unitOfCompetency',
  ],
  ['a profession for CPD', cpd, without(cpd, 'profession'), '/profession'],
  [
    'assessment in an HEI micro-credential',
    { ...cpd, assessmentType: ['AttendanceOnly'] },
    { ...micro, assessmentType: ['AttendanceOnly'] },
    '/assessmentType/0',
  ],
  [
    'assessment in a TVET micro-credential',
    { ...tvet, assessmentType: ['Project'] },
    { ...tvet, assessmentType: ['Project', 'AttendanceOnly'] },
    '/assessmentType/1',
  ],
  [
    'a target where it is stackable',
    { ...micro, stackability: 'Stackable', contributesTo: ['urn:example:gcde'] },
    { ...micro, stackability: 'Stackable' },
    '/contributesTo',
  ],
  ['no target where it stands alone', { ...micro, stackability: 'StandAlone' }, { ...micro, contributesTo: [] }, ''],
  [
    'the referencing decision of an AQRF level',
    {
      ...{ ...micro, aqrfLevel: 6 },
      alignment: [{ type: ['Alignment'], targetName: 'x', targetUrl: 'https://x.example/', targetType: 'ext:AQRF' }],
    },
    { ...micro, aqrfLevel: 6 },
    '/aqrfLevel',
  ],
  ['NC in no other title', { ...tvet, name: 'NCR logistics' }, { ...tvet, name: 'Cookery NC II' }, '/name'],
  ['an NC under TESDA only', nc, { ...nc, regime: 'Industry' }, '/name'],
  ['National Certificate', { ...tvet, name: 'Cookery' }, { ...tvet, name: 'National Certificate in Cookery' }, '/name'],
  ['Pambansang Sertipiko', { ...tvet, name: 'Sertipiko' }, { ...tvet, name: 'Pambansang Sertipiko' }, '/name'],
  [
    'a diploma',
    { name: 'Diploma in Seafaring', awardType: 'DiplomaL5', regime: 'TESDA', pqfLevel: 5 },
    { ...micro, name: 'Micro-diploma in AI' },
    '/name',
  ],
  [
    'a graduate diploma',
    { name: 'Graduate Diploma', awardType: 'GraduateDiploma', regime: 'Charter' },
    { name: 'Graduate Diploma', awardType: 'GraduateCertificate', regime: 'Charter' },
    '/name',
  ],
  [
    'a degree',
    { name: 'Bachelor of Science', awardType: 'BaccalaureateDegree', regime: 'CHED' },
    { ...micro, name: 'Nanodegree and Degree Prep' },
    '/name',
  ],
  [
    'a degree of its regime',
    { name: 'Master of Arts', awardType: 'MastersDegree', regime: 'Foreign' },
    { name: 'Master of Arts', awardType: 'MastersDegree', regime: 'Industry' },
    '/name',
  ],
  ['an angle', { ...micro, name: '360-degree feedback' }, { ...micro, name: 'Degree in feedback' }, '/name'],
];

describe('rules between terms of an achievement', () => {
  it.each(CASES)('%s: one passes, one fails', (_, passes, fails, pointer) => {
    expect(faults(passes)).toEqual([]);
    const found = faults(fails);
    expect(found.length).toBeGreaterThan(0);
    if (pointer) expect(found.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('ask nothing of a definition that uses no term', () => {
    expect(faults({ name: 'First aid', description: 'x', realism: 'Illustrative' })).toEqual([]);
  });

  it('protect words of a definition that uses no term', () => {
    expect(faults({ name: 'Diploma' })).toEqual([
      { pointer: '/name', detail: expect.stringContaining('GraduateDiploma'), code: 'protected-word' },
    ]);
  });
});
