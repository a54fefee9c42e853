import { INSTRUMENT_KINDS } from '#framework';
import { LIMITS } from '#kernel';
import { closed, line, list, text } from './schema-parts.ts';

// Shape of the terms that the ph context adds to an achievement (`PhAchievement`) and to its parts. Which of them belong
// together (a national certificate and its level, say) is for the rules of the framework.

const identifier = { type: 'string', format: 'identifier' } as const;
const day = { type: 'string', format: 'day' } as const;
const amount = { type: 'string', format: 'amount' } as const;
const level = { type: 'integer', minimum: 1, maximum: 8 } as const;
const long = text(LIMITS.descriptionChars);
const one = (...values: string[]) => ({ enum: values });

/** An object of its own class; `type` may be left out, it is written in any case. */
const part = (type: string, properties: Record<string, Record<string, unknown>>, required: readonly string[]) =>
  closed({ type: { const: [type] }, ...properties }, required);

const classification = part('PhClassification', { code: line, edition: line }, ['code', 'edition']);

export const PH_GRADE_SCALE = part('PhGradeScale', { id: identifier, direction: one('HigherBetter', 'LowerBetter') }, [
  'direction',
]);

export const PH_TERMS = {
  awardType: one(
    ...['NationalCertificate', 'CertificateOfCompetency', 'TvetMicroCredential', 'TrainingCertificate'],
    ...['HeiMicroCredential', 'HeiCourse', 'GraduateCertificate', 'DiplomaL5', 'GraduateDiploma'],
    ...['BaccalaureateDegree', 'MastersDegree', 'DoctoralDegree', 'CpdActivity', 'IndustryCertification'],
    ...['EteeapAward', 'License'],
  ),
  regime: one(...['CHED', 'TESDA', 'PRC', 'DepEd', 'MARINA', 'CAAP', 'Charter', 'Industry', 'Consortium', 'Foreign']),
  legalInstrument: list(
    part(
      'PhLegalInstrument',
      {
        kind: one(...INSTRUMENT_KINDS),
        number: line,
        series: { type: 'string', pattern: '^(19|20)[0-9]{2}$' },
        date: day,
        url: { type: 'string', format: 'web-address' },
      },
      ['kind'],
    ),
  ),
  microcredentialForm: one(
    ...['SingleUnit', 'UnitCluster', 'FullStandard', 'BundledProgrammes', 'ForCredit', 'CurriculumEmbedded'],
    ...['NonCredit', 'IndustryCertified', 'SkillsBased'],
  ),
  pqfLevel: level,
  pqfLevelStatus: one('Registered', 'RegulatorApproved', 'ProviderClaimed'),
  pqfDescriptor: {
    ...part('PhPqfDescriptor', { knowledgeSkillsValues: long, application: long, independence: long }, []),
    minProperties: 1,
  },
  aqrfLevel: level,
  learningOutcome: list(
    part(
      'PhLearningOutcome',
      {
        id: identifier,
        text: long,
        domain: line,
        code: line,
        alignment: list(
          closed(
            {
              type: { const: ['Alignment'] },
              targetName: line,
              targetUrl: { type: 'string', format: 'web-address' },
              targetCode: line,
              targetFramework: line,
            },
            ['targetName', 'targetUrl'],
          ),
        ),
      },
      ['text'],
    ),
  ),
  credit: list(
    part(
      'PhCredit',
      {
        system: one('HE-UNIT-18', 'HE-UNIT-16', 'TESDA-HOUR', 'PRC-CPD-CU', 'ECTS', 'NZ-CREDIT', 'NONE'),
        value: amount,
        kind: one('lecture', 'laboratory', 'field', 'blended', 'assessed'),
      },
      ['system', 'value'],
    ),
  ),
  notionalHours: amount,
  unitOfCompetency: list(
    part(
      'PhUnitOfCompetency',
      {
        code: line,
        title: line,
        category: one('Basic', 'Common', 'Core', 'Elective'),
        trainingRegulation: line,
        trVersion: line,
        nominalHours: amount,
      },
      ['code', 'title'],
    ),
  ),
  trainingRegulation: part(
    'PhTrainingRegulation',
    {
      title: line,
      sector: line,
      ncLevel: { type: 'integer', minimum: 1, maximum: 4 },
      boardResolution: line,
      promulgated: line,
      version: line,
    },
    ['title'],
  ),
  profession: list(line, LIMITS.alignments, true),
  cpdArea: list(line, LIMITS.alignments, true),
  psced: classification,
  psoc: classification,
  psic: classification,
  psfSkill: list(
    part(
      'PhSkill',
      {
        framework: line,
        version: line,
        skillCode: line,
        title: line,
        kind: one('Functional', 'Enabling'),
        proficiency: line,
      },
      ['framework', 'title'],
    ),
  ),
  participationMode: one('OnSite', 'Online', 'Blended', 'DistanceModular', 'WorkBased', 'RplOnly'),
  assessmentType: list(
    one(
      ...['WrittenExam', 'OralExam', 'PracticalDemonstration', 'Portfolio', 'Project', 'WorkplaceObservation'],
      ...['Interview', 'RPL', 'AttendanceOnly'],
    ),
    9,
    true,
  ),
  supervisionType: one('UnsupervisedNoId', 'SupervisedNoId', 'SupervisedOnline', 'OnsiteWithId'),
  qualityAssuranceType: one(
    ...['RegulatorApproved', 'RegisteredProgramme', 'InstitutionalQA', 'CpdCouncilAccredited', 'VoluntaryAccreditor'],
    ...['IndustryEndorsed', 'SelfDeclared'],
  ),
  accreditation: list(identifier, LIMITS.alignments, true),
  prerequisite: list(long, LIMITS.alignments, true),
  stackability: one('StandAlone', 'Stackable', 'Embedded', 'TerminalAward'),
  contributesTo: list(identifier, LIMITS.alignments, true),
  currencyPeriod: { type: 'string', pattern: '^P(?=[0-9])([0-9]{1,2}Y)?([0-9]{1,3}M)?([0-9]{1,4}D)?$' },
  renewalRule: identifier,
  reviewBy: day,
  effectivePeriod: part('PhPeriod', { from: day, until: day }, ['from']),
  supersedes: identifier,
  transition: part(
    'PhTransition',
    {
      acceptUntil: day,
      mapping: list(part('PhTransitionMapping', { from: identifier, to: identifier }, ['from', 'to'])),
    },
    ['acceptUntil'],
  ),
  realism: one('Illustrative', 'Published'),
};
