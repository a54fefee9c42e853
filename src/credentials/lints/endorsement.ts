import { type FieldError, isObject, type Json, LIMITS } from '#kernel';
import type { LintRule, Sample } from './rule.ts';
import { faults, hasType, SUBJECT } from './walk.ts';

const fault = faults('endorsement');

/** Where, and with what, an endorsement breaks the rule; undefined takes the member out. */
const FAULTS: readonly (readonly [path: readonly string[], value?: Json])[] = [
  [['name']],
  [['id']],
  [['issuer'], 'did:web:badges.example'],
  [['type'], ['VerifiableCredential', 'EndorsementCredential', 'OpenBadgeCredential']],
  [['credentialSubject'], []],
  [['credentialSubject', 'id']],
  [['credentialSubject', 'type'], ['Thing']],
  [['credentialSubject', 'achievement'], {}],
  [['credentialSubject', 'endorsementComment'], 'a'.repeat(LIMITS.narrativeChars + 1)],
];

/** Of endorsements only; every other kind has rules of its own. */
export const endorsement: LintRule = {
  id: 'endorsement',
  source:
    'Open Badges 3.0 classes EndorsementCredential (name is required) and EndorsementSubject (id is what is endorsed)',
  effective: '2026-01-01',
  check(document) {
    if (!hasType(document.type, 'EndorsementCredential')) return [];
    const errors: FieldError[] = [];
    const need = (bad: boolean, pointer: string, detail: string) => {
      if (bad) errors.push(fault(pointer, detail));
    };
    const { issuer, credentialSubject: subject, name } = document;
    const badge = hasType(document.type, 'OpenBadgeCredential') || hasType(document.type, 'AchievementCredential');
    need(
      badge || !hasType(document.type, 'VerifiableCredential'),
      '/type',
      'must be a credential, and no badge as well',
    );
    for (const member of ['id', 'validFrom']) need(document[member] === undefined, `/${member}`, 'is required');
    need(
      typeof name !== 'string' || name.length > LIMITS.nameChars,
      '/name',
      `is required, of ${LIMITS.nameChars} characters at most`,
    );
    need(
      !isObject(issuer) || !hasType(issuer.type, 'Profile') || issuer.id === undefined,
      '/issuer',
      'must be a Profile object',
    );
    if (!isObject(subject)) return [...errors, fault(SUBJECT, 'must be exactly one object')];
    const { id, endorsementComment: comment = '' } = subject;
    need(!hasType(subject.type, 'EndorsementSubject'), `${SUBJECT}/type`, 'must hold EndorsementSubject');
    need(typeof id !== 'string' || id === document.id, `${SUBJECT}/id`, 'must be the id of what is endorsed');
    need(isObject(issuer) && id === issuer.id, `${SUBJECT}/id`, 'nobody endorses itself');
    need(subject.achievement !== undefined, `${SUBJECT}/achievement`, 'an endorsement awards nothing');
    const long = typeof comment !== 'string' || comment.length > LIMITS.narrativeChars;
    need(long, `${SUBJECT}/endorsementComment`, `must be text of ${LIMITS.narrativeChars} characters at most`);
    return errors;
  },
  examples: {
    pass: [(d) => endorses(d), () => undefined],
    fail: [
      ...FAULTS.map(([path, value]) => ({
        change: (d: Sample) => set(endorses(d), path, value),
        pointer: `/${path.join('/')}`,
      })),
      { change: (d) => set(endorses(d), ['credentialSubject', 'id'], d.issuer.id), pointer: '/credentialSubject/id' },
    ],
  },
};

/** Makes an endorsement of a course of the sample. */
function endorses(d: Sample): Sample {
  d.type = ['VerifiableCredential', 'EndorsementCredential'];
  const id = 'https://badges.example/achievements/1';
  d.credentialSubject = { id, type: ['EndorsementSubject'], endorsementComment: 'Well taught.' };
  return d;
}

function set(document: Sample, path: readonly string[], value: Json | undefined): void {
  const holder = path.slice(0, -1).reduce((at, name) => at[name], document);
  holder[path.at(-1)!] = value;
  if (value === undefined) delete holder[path.at(-1)!];
}
