import { type FieldError, isObject, type JsonObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, eachObject, faults, hasType, parts, SUBJECT } from './walk.ts';

const fault = faults('badge-shape');

/** Members that hold objects of a class, where they stand, and what each must have. */
const CLASSES = [
  { of: 'subject', member: 'result', type: 'Result', required: [] },
  { of: 'subject', member: 'source', type: 'Profile', required: ['id'] },
  { of: 'achievement', member: 'alignment', type: 'Alignment', required: ['targetName', 'targetUrl'] },
  { of: 'achievement', member: 'related', type: 'Related', required: ['id'] },
  { of: 'achievement', member: 'resultDescription', type: 'ResultDescription', required: ['id', 'name', 'resultType'] },
  { of: 'document', member: 'evidence', type: 'Evidence', required: [] },
] as const;
const AT = { document: '', subject: SUBJECT, achievement: ACHIEVEMENT };

/** Of any Open Badge; what this service itself issues is held to `types` and `required-members`, which ask for more. */
export const badgeShape: LintRule = {
  id: 'badge-shape',
  source: 'Open Badges 3.0 classes AchievementCredential, AchievementSubject, Achievement: members of multiplicity 1',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    const { subject, achievement } = parts(document);
    const need = (value: JsonObject, pointer: string, type: string, names: readonly string[]) => {
      if (!hasType(value.type, type)) errors.push(fault(`${pointer}/type`, `must hold ${type}`));
      for (const name of names) if (value[name] === undefined) errors.push(fault(`${pointer}/${name}`, 'is required'));
    };
    const isBadge = hasType(document.type, 'OpenBadgeCredential') || hasType(document.type, 'AchievementCredential');
    if (!isBadge) errors.push(fault('/type', 'must hold OpenBadgeCredential or AchievementCredential'));
    need(document, '', 'VerifiableCredential', ['id', 'validFrom']);
    if (isObject(document.issuer)) need(document.issuer, '/issuer', 'Profile', ['id']);
    else errors.push(fault('/issuer', 'must be a Profile object: a bare address fails the reference validator'));
    if (!isObject(document.credentialSubject)) errors.push(fault(SUBJECT, 'must be exactly one object'));
    need(subject, SUBJECT, 'AchievementSubject', ['achievement']);
    need(achievement, ACHIEVEMENT, 'Achievement', ['id', 'name', 'description', 'criteria']);
    for (const { of, member, type, required } of CLASSES) {
      const holder = { document, subject, achievement }[of];
      for (const { value, pointer } of eachObject(holder[member], `${AT[of]}/${member}`))
        need(value, pointer, type, required);
    }
    for (const one of ['credentialStatus', 'refreshService']) {
      if (Array.isArray(document[one])) errors.push(fault(`/${one}`, 'must be one object: the schema takes no list'));
    }
    const { credentialStatus: status } = document;
    if (isObject(status) && status.id === undefined) errors.push(fault('/credentialStatus/id', 'is required'));
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        delete d.awardedDate;
        delete d.name;
        d.type = ['VerifiableCredential', 'AchievementCredential'];
      },
    ],
    fail: [
      { change: (d) => d.type.splice(1), pointer: '/type' },
      ...['id', 'validFrom', 'issuer'].map((name) => ({
        change: (d: Record<string, unknown>) => delete d[name],
        pointer: `/${name}`,
      })),
      {
        change: (d) => {
          d.issuer.type = ['Thing'];
        },
        pointer: '/issuer/type',
      },
      {
        change: (d) => {
          d.credentialSubject = [d.credentialSubject];
        },
        pointer: '/credentialSubject',
      },
      ...['name', 'description', 'criteria', 'id', 'type'].map((name) => ({
        change: (d: { credentialSubject: { achievement: Record<string, unknown> } }) =>
          delete d.credentialSubject.achievement[name],
        pointer: `/credentialSubject/achievement/${name}`,
      })),
      {
        change: (d) => delete d.credentialSubject.achievement.alignment[0].targetUrl,
        pointer: '/credentialSubject/achievement/alignment/0/targetUrl',
      },
      { change: (d) => delete d.evidence[0].type, pointer: '/evidence/0/type' },
      {
        change: (d) => {
          d.credentialStatus = [d.credentialStatus];
        },
        pointer: '/credentialStatus',
      },
      { change: (d) => delete d.credentialStatus.id, pointer: '/credentialStatus/id' },
    ],
  },
};
