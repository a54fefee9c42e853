import { type FieldError, formatInstant, Problem, type Random, randomUuid } from '#kernel';
import { guardianFaults } from '../guardian.ts';
import { isSafeIri } from '../lints/absolute-iris.ts';
import { looksLikePhilSysNumber } from '../lints/philsys-number.ts';
import { textFault } from '../lints/unicode.ts';
import type { SignedIdentity } from '../model/build.ts';
import { hashedEmail, plainName } from '../model/identity.ts';
import type { Recipient } from '../ports.ts';
import { readInstant } from './dates.ts';
import type { IssueRequest, RecipientRequest } from './request.ts';

/** One recipient, complete: dates as instants, subject id minted, what is signed of the identity made. */
export interface Award {
  request: RecipientRequest;
  recipient: Recipient;
  identities: SignedIdentity[];
  validFrom: string;
  validUntil?: string;
  awardedDate: string;
}

interface Setting {
  now: Date;
  /** IANA zone in which days are counted. */
  zone: string | undefined;
  extension: boolean;
  random: Random;
  subjectIds: Random;
}

const PH_MEMBERS = ['certificateNumber', 'trainingProvider', 'assessor', 'learningRoute'] as const;
const NEEDS_EXTENSION = 'needs an achievement with the extension';
const STORED = [
  ...(['name', 'email', 'studentNumber', 'guardianEmail', 'subjectId', 'certificateNumber', 'assessor'] as const),
];

/**
 * What each recipient of a list is to get. The answer has one award for each request, in its order; the caller asserts it.
 * @throws Problem `invalid-request` with pointers such as `/recipients/3/validFrom`
 */
export function readAwards(request: IssueRequest, setting: Setting): Award[] {
  const errors: FieldError[] = [];
  const awards = request.recipients.map((recipient, index) => {
    const complain = (member: string, detail: string, code: string) =>
      errors.push({ pointer: `/recipients/${index}/${member}`, detail, code });
    for (const [member, detail, code] of recipientFaults(recipient, setting)) complain(member, detail, code);
    const include = recipient.include ?? request.include ?? [];
    if (include.includes('name') && !recipient.name) complain('name', 'is required: it is to be signed', 'required');
    if (include.includes('hashedEmail') && !recipient.email) {
      complain('email', 'is required: its hash is to be signed', 'required');
    }
    const dates = readDates(recipient, setting, complain);
    return errors.length > 0 ? undefined : award(recipient, include, dates, setting);
  });
  if (errors.length > 0) throw new Problem('invalid-request', 'some recipients are not acceptable', { errors });
  const complete = awards.filter((one) => one !== undefined);
  if (complete.length !== request.recipients.length) throw new Error('not one award for each recipient');
  return complete;
}

function* recipientFaults(
  recipient: RecipientRequest,
  { extension, now }: Setting,
): Generator<[string, string, string]> {
  for (const member of STORED) {
    const value = recipient[member];
    if (value === undefined) continue;
    const wrong = textFault(value);
    if (wrong) yield [member, wrong, 'unicode'];
    if (member !== 'certificateNumber' && looksLikePhilSysNumber(value)) {
      yield [
        member,
        'looks like a PhilSys Number, which is never put into a credential or stored with one',
        'philsys-number',
      ];
    }
  }
  if (recipient.subjectId !== undefined && !isSafeIri(recipient.subjectId)) {
    yield ['subjectId', 'is not an absolute https, http, urn or did identifier', 'absolute-iris'];
  }
  yield* guardianFaults(recipient, now);
  if (extension) return;
  for (const member of PH_MEMBERS) {
    if (recipient[member] !== undefined) yield [member, NEEDS_EXTENSION, 'extension_off'];
  }
  for (const [index, { evidenceType }] of (recipient.evidence ?? []).entries()) {
    if (evidenceType !== undefined) yield [`evidence/${index}/evidenceType`, NEEDS_EXTENSION, 'extension_off'];
  }
}

type Dates = Pick<Award, 'validFrom' | 'validUntil' | 'awardedDate'>;

function readDates(
  recipient: RecipientRequest,
  { now, zone }: Setting,
  complain: (member: string, detail: string, code: string) => void,
): Dates {
  const read = (member: 'validFrom' | 'validUntil' | 'awardedDate', edge: 'first' | 'last'): string | undefined => {
    const text = recipient[member];
    if (text === undefined) return undefined;
    const instant = readInstant(text, edge, zone);
    if (!instant) {
      complain(member, 'is neither a day nor a date and time that exists, with offset, in whole seconds', 'date-times');
    }
    return instant;
  };
  const validFrom = read('validFrom', 'first') ?? formatInstant(now);
  const validUntil = read('validUntil', 'last');
  const awardedDate = read('awardedDate', 'first') ?? validFrom;
  return { validFrom, awardedDate, ...(validUntil ? { validUntil } : {}) };
}

function award(
  request: RecipientRequest,
  include: readonly string[],
  dates: Dates,
  { random, subjectIds }: Pick<Setting, 'random' | 'subjectIds'>,
): Award {
  const { name, email, studentNumber, guardianEmail, guardianUntil } = request;
  const identities: SignedIdentity[] = [];
  if (include.includes('name') && name) identities.push(plainName(name));
  if (include.includes('hashedEmail') && email) identities.push(hashedEmail(email, random));
  return {
    request,
    recipient: {
      subjectId: request.subjectId ?? `urn:uuid:${randomUuid(subjectIds)}`,
      ...(name ? { name } : {}),
      ...(email ? { email } : {}),
      ...(studentNumber ? { studentNumber } : {}),
      ...(guardianEmail && guardianUntil ? { guardianEmail, guardianUntil } : {}),
    },
    identities,
    ...dates,
  };
}
