import { type FieldError, isObject, type JsonObject } from '#kernel';
import { ncLevels, protectedWordErrors } from './protected-words.ts';

type Rule = (achievement: JsonObject) => FieldError[];

const only = (wrong: boolean, pointer: string, detail: string): FieldError[] => (wrong ? [{ pointer, detail }] : []);
const has = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** Terms of the extension that say nothing about which rules apply. */
const NEUTRAL = new Set(['realism']);

/** Three instruments exist and none binds all (S3, S4): whoever uses these terms says which one governs. */
function regime(terms: ReadonlySet<string>): Rule {
  return (achievement) =>
    only(
      achievement.regime === undefined && Object.keys(achievement).some((key) => terms.has(key) && !NEUTRAL.has(key)),
      '/regime',
      'is required: exactly one regime governs an achievement',
    );
}

/** NC I to IV are levels 1 to 4 of the PQF (S10); whatever names the level must name the same one. */
const nationalCertificateLevel: Rule = ({ awardType, pqfLevel, name, trainingRegulation }) => {
  if (awardType !== 'NationalCertificate') return [];
  if (typeof pqfLevel !== 'number' || pqfLevel < 1 || pqfLevel > 4) {
    return [{ pointer: '/pqfLevel', detail: 'must be 1, 2, 3 or 4: a National Certificate is of the level it names' }];
  }
  const regulation: JsonObject = isObject(trainingRegulation) ? trainingRegulation : {};
  const named: [string, number[]][] = [
    ['/name', ncLevels(String(name ?? ''))],
    ['/trainingRegulation/title', ncLevels(String(regulation.title ?? ''))],
    ['/trainingRegulation/ncLevel', regulation.ncLevel === undefined ? [] : [Number(regulation.ncLevel)]],
  ];
  return named.flatMap(([pointer, levels]) =>
    only(
      levels.some((level) => level !== pqfLevel),
      pointer,
      `names another level than pqfLevel, which is ${pqfLevel}`,
    ),
  );
};

/** A COC attests a unit or a cluster, an NC all units of a qualification (S35). */
const unitsOfCompetency: Rule = ({ awardType, unitOfCompetency }) =>
  only(
    (awardType === 'NationalCertificate' || awardType === 'CertificateOfCompetency') && !has(unitOfCompetency),
    '/unitOfCompetency',
    'is required: the award attests units of competency',
  );

/** CPD units belong to a profession; each council approves its own (S42, S46). */
const cpdProfession: Rule = ({ awardType, profession }) =>
  only(
    awardType === 'CpdActivity' && !has(profession),
    '/profession',
    'is required: credit units count for a profession',
  );

/** Every definition of a micro-credential reviewed has assessment in it (S55, S58, S59). */
const assessed: Rule = ({ awardType, achievementType, microcredentialForm, assessmentType }) => {
  const micro =
    ['TvetMicroCredential', 'HeiMicroCredential'].includes(String(awardType)) ||
    achievementType === 'MicroCredential' ||
    microcredentialForm !== undefined;
  const at = Array.isArray(assessmentType) ? assessmentType.indexOf('AttendanceOnly') : -1;
  return only(micro && at >= 0, `/assessmentType/${at}`, 'a micro-credential is assessed: attendance is not enough');
};

/** What stacks says towards what (S57). */
const stackTarget: Rule = ({ stackability, contributesTo }) =>
  only(
    stackability === 'Stackable' && !has(contributesTo),
    '/contributesTo',
    'is required: what is Stackable names the qualification it counts towards',
  );

/** The levels of ASEAN's framework are stated only where a referencing decision is cited (S18). */
const aqrfCited: Rule = ({ aqrfLevel, alignment }) => {
  const cited =
    Array.isArray(alignment) &&
    alignment.some((one) => isObject(one) && one.targetType === 'ext:AQRF' && one.targetUrl);
  return only(
    aqrfLevel !== undefined && !cited,
    '/aqrfLevel',
    'needs an alignment with targetType "ext:AQRF" whose targetUrl is the referencing decision',
  );
};

/** @param terms names of the extension's members */
export function achievementRules(terms: ReadonlySet<string>): Rule {
  const rules: readonly Rule[] = [
    regime(terms),
    nationalCertificateLevel,
    unitsOfCompetency,
    cpdProfession,
    assessed,
    stackTarget,
    aqrfCited,
    protectedWordErrors,
  ];
  return (achievement) => rules.flatMap((rule) => rule(achievement));
}
