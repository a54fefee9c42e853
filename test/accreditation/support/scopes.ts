import type { AccreditationScope, AwardFacts, DimensionName } from '#accreditation';

const [A1, A2] = ['https://school.example/achievements/1', 'https://school.example/achievements/2'];
const FIRE = 'Firefighting NC II';

/** For every dimension: a limit, an award inside it and an award outside; what is left out is not stated by the award. */
export const SAMPLES: {
  [Name in DimensionName]: { limit: AccreditationScope[Name]; in: AwardFacts; out: AwardFacts };
} = {
  awardType: { limit: ['License'], in: { awardType: 'License' }, out: { awardType: 'HeiCourse' } },
  pqfLevelRange: { limit: { from: 2, to: 3 }, in: { pqfLevel: 3 }, out: { pqfLevel: 4 } },
  achievement: { limit: [A1], in: { achievement: A1 }, out: { achievement: A2 } },
  achievementVersion: {
    limit: [{ achievement: A1, from: '2', to: '3' }],
    in: { achievement: A1, version: '3' },
    out: { achievement: A1, version: '4' },
  },
  trainingRegulation: {
    limit: [{ title: FIRE, version: '1' }],
    in: { trainingRegulation: { title: FIRE, version: '1' } },
    out: { trainingRegulation: { title: FIRE, version: '2' } },
  },
  unitOfCompetency: {
    limit: ['U1', 'U2'],
    in: { unitOfCompetency: ['U1', 'U2'] },
    // One of two is not enough.
    out: { unitOfCompetency: ['U1', 'U3'] },
  },
  psced: {
    limit: [{ code: '06', edition: '2017' }],
    in: { psced: [{ code: '0612', edition: '2017' }] },
    out: { psced: [{ code: '0612', edition: '1997' }] },
  },
  profession: { limit: ['Nursing'], in: { profession: ['Nursing'] }, out: { profession: ['Nursing', 'Midwifery'] } },
  psfSector: { limit: ['Tourism'], in: { psfSector: ['Tourism'] }, out: { psfSector: ['Construction'] } },
  site: { limit: ['urn:site:1'], in: { site: ['urn:site:1'] }, out: { site: ['urn:site:2'] } },
  psgc: { limit: ['13'], in: { psgc: ['1380600000'] }, out: { psgc: ['0403400000'] } },
  participationMode: {
    limit: ['Online'],
    in: { participationMode: 'Online' },
    out: { participationMode: 'OnSite' },
  },
  maxCredit: {
    limit: { system: 'HE-UNIT-18', value: '3' },
    in: { credit: { 'HE-UNIT-18': '3' } },
    // Larger, and the same size in another system would not do either.
    out: { credit: { 'HE-UNIT-18': '3.5', 'HE-UNIT-16': '3' } },
  },
  learningRoute: { limit: ['RPL'], in: { learningRoute: 'RPL' }, out: { learningRoute: 'Formal' } },
};

export const DIMENSION_NAMES = Object.keys(SAMPLES) as DimensionName[];
/** The reason that names a dimension. */
export const reasonOf = (name: DimensionName) =>
  name === 'pqfLevelRange'
    ? 'scope_pqf_level'
    : `scope_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
