import type { Json } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults, hasType } from './walk.ts';

const fault = faults('vocabularies');
/** The pattern of the schema is not anchored; this one is. */
const EXTENSION = /^ext:[A-Za-z0-9.\-_]+$/;

const IDENTIFIER_TYPES = `name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn issn
  lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId ltiPlatformId ltiUserId identifier`;

/** Open enumerations of Open Badges 3.0, each may also be `ext:...`. */
const OPEN = new Map<string, ReadonlySet<string>>(
  Object.entries({
    achievementType: words(`Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge
    BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency Course CoCurricular
    Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License
    Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential
    ResearchDoctorate SecondarySchoolDiploma`),
    identityType: words(IDENTIFIER_TYPES),
    identifierType: words(IDENTIFIER_TYPES),
    targetType: words(
      `ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL`,
    ),
    resultType: words(`GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result
    RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status`),
  }),
);
const RESULT_STATUS = words('Completed Enrolled Failed InProgress OnHold Provisional Withdrew');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const isAllowed = (values: ReadonlySet<string>, value: Json): boolean =>
  typeof value === 'string' && (values.has(value) || EXTENSION.test(value));

export const vocabularies: LintRule = {
  id: 'vocabularies',
  source:
    'Open Badges 3.0 data model: AchievementType, IdentifierTypeEnum, AlignmentTargetType, ResultType, ResultStatusType',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value, parent }) => {
    const values = OPEN.get(key);
    if (values && !isAllowed(values, value)) {
      return fault(pointer, `is neither a value of ${key} nor of the form ext:Name`);
    }
    const isOfResult = key === 'status' && !Array.isArray(parent) && hasType(parent.type, 'Result');
    const isStatus = typeof value === 'string' && RESULT_STATUS.has(value);
    return isOfResult && !isStatus ? fault(pointer, 'is not a result status') : undefined;
  }),
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.achievementType = 'ext:NationalCertificate';
      },
    ],
    fail: [
      ...['Microcredential', 'xxext:Foo', 'ext:', 'ext:a b', 5].map((value) => ({
        change: (d: { credentialSubject: { achievement: { achievementType: unknown } } }) => {
          d.credentialSubject.achievement.achievementType = value;
        },
        pointer: '/credentialSubject/achievement/achievementType',
      })),
      {
        change: (d) => {
          d.credentialSubject.result[0].status = 'Passed';
        },
        pointer: '/credentialSubject/result/0/status',
      },
      {
        change: (d) => {
          d.credentialSubject.identifier[0].identityType = 'email';
        },
        pointer: '/credentialSubject/identifier/0/identityType',
      },
    ],
  },
};
