import { IDENTIFIER_TYPE } from '#institutions';
import { LIMITS, type SchemaCheck, schemaCheck } from '#kernel';
import { PH_GRADE_SCALE, PH_TERMS } from './ph-schema.ts';
import { closed, extensible, line, list, text } from './schema-parts.ts';

/** Open Badges 3.0 `AchievementType`: all 31 values. */
export const ACHIEVEMENT_TYPES: readonly string[] = [
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree', 'Award', 'Badge'],
  ...['BachelorDegree', 'Certificate', 'CertificateOfCompletion', 'Certification', 'CommunityService', 'Competency'],
  ...['Course', 'CoCurricular', 'Degree', 'Diploma', 'DoctoralDegree', 'Fieldwork', 'GeneralEducationDevelopment'],
  ...['JourneymanCertificate', 'LearningProgram', 'License', 'Membership', 'ProfessionalDoctorate'],
  ...['QualityAssuranceCredential', 'MasterCertificate', 'MasterDegree', 'MicroCredential', 'ResearchDoctorate'],
  ...['SecondarySchoolDiploma'],
];

const TARGET_TYPES = [
  ...['ceasn:Competency', 'ceterms:Credential', 'CFItem', 'CFRubric', 'CFRubricCriterion', 'CFRubricCriterionLevel'],
  'CTDL',
];

const RESULT_TYPES = [
  ...['GradePointAverage', 'LetterGrade', 'Percent', 'PerformanceLevel', 'PredictedScore', 'RawScore', 'Result'],
  ...['RubricCriterion', 'RubricCriterionLevel', 'RubricScore', 'ScaledScore', 'Status'],
];

/** Open Badges 3.0 `LanguageCode`, a part of BCP 47. */
const language = { type: 'string', pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' } as const;
const identifier = { type: 'string', format: 'identifier' } as const;
const webAddress = { type: 'string', format: 'web-address' } as const;

const alignments = list(
  closed(
    {
      type: { const: ['Alignment'] },
      targetName: line,
      targetUrl: webAddress,
      targetCode: line,
      targetDescription: text(LIMITS.descriptionChars),
      targetFramework: line,
      targetType: extensible(TARGET_TYPES),
    },
    ['targetName', 'targetUrl'],
  ),
  LIMITS.alignments,
);

const rubricLevels = list(
  closed(
    {
      id: identifier,
      type: { const: ['RubricCriterionLevel'] },
      name: line,
      level: line,
      points: line,
      description: text(LIMITS.descriptionChars),
      alignment: alignments,
    },
    ['name'],
  ),
);

const resultDescriptions = (extension: boolean) =>
  list(
    closed(
      {
        id: identifier,
        type: { enum: [['ResultDescription'], ['ResultDescription', 'PhResultDescription']] },
        name: line,
        resultType: extensible(RESULT_TYPES),
        alignment: alignments,
        allowedValue: list(line, 100, true),
        requiredLevel: identifier,
        requiredValue: line,
        rubricCriterionLevel: rubricLevels,
        valueMin: line,
        valueMax: line,
        ...(extension ? { gradeScale: PH_GRADE_SCALE } : {}),
      },
      ['name', 'resultType'],
    ),
  );

/**
 * What an institution may say in a definition: the Open Badges 3.0 `Achievement` without what this service decides (`id`,
 * `version`, the address of the image). `type` members are optional and must be right where they stand.
 */
const definition = (extension: boolean) =>
  closed(
    {
      type: { enum: extension ? [['Achievement'], ['Achievement', 'PhAchievement']] : [['Achievement']] },
      name: line,
      description: text(LIMITS.descriptionChars),
      criteria: closed({ type: { const: ['Criteria'] }, id: webAddress, narrative: text(LIMITS.narrativeChars) }, []),
      achievementType: extensible(ACHIEVEMENT_TYPES),
      alignment: alignments,
      creditsAvailable: { type: 'number', minimum: 0, maximum: 100_000 },
      fieldOfStudy: line,
      humanCode: line,
      inLanguage: language,
      tag: list(line, 50, true),
      resultDescription: resultDescriptions(extension),
      otherIdentifier: list(
        closed({ type: { const: 'IdentifierEntry' }, identifier: line, identifierType: IDENTIFIER_TYPE }, [
          'identifier',
          'identifierType',
        ]),
      ),
      related: list(
        closed({ id: identifier, type: { const: ['Related'] }, inLanguage: language, version: line }, ['id']),
      ),
      specialization: line,
      image: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      ...(extension ? PH_TERMS : {}),
    },
    ['name', 'description', 'criteria'],
  );

/** With the terms of the ph context. */
export const checkExtended: SchemaCheck = schemaCheck(definition(true));
/** Plain Open Badges. */
export const checkPlain: SchemaCheck = schemaCheck(definition(false));
