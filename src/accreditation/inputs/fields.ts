import { INSTRUMENT_KINDS } from '#framework';
import { type FieldError, isDay, isObject, refuseBadFields } from '#kernel';
import { legalInstant } from '../instants.ts';
import type { LegalInstrument } from '../model.ts';
import type { Bad } from '../scope/dimension.ts';
import { isIri } from '../scope/dimensions/lists.ts';
import { onlyMembers } from '../scope/members.ts';

/** Collects every bad field of one request. */
export class Faults {
  readonly errors: FieldError[] = [];
  readonly bad: Bad = (pointer, detail) => {
    this.errors.push({ pointer, detail });
    return undefined;
  };
  /** @throws Problem `invalid-request` naming every bad field */
  done(): void {
    refuseBadFields(this.errors);
  }
}

const INSTANT = 'must be a day (in Asia/Manila), or a date and time that exists, with offset, in whole seconds';

/** @returns the whole-second UTC instant */
export function readInstantField(value: unknown, at: string, bad: Bad): string | undefined {
  return legalInstant(value) ?? bad(at, INSTANT);
}

/** It is published, so it says something and has nothing hidden in it. */
export function readReason(value: unknown, at: string, bad: Bad): string | undefined {
  if (typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{3,500}$/u.test(value)) return value;
  return bad(at, 'must be text of 3 to 500 characters: it is published');
}

/** Instruments as cited, one or several. */
export function readInstruments(value: unknown, at: string, bad: Bad): LegalInstrument[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [readInstrument(value, at, bad) ?? []].flat();
  if (value.length === 0 || value.length > 10) bad(at, 'must be a list of 1 to 10 instruments');
  return value.flatMap((one, index) => readInstrument(one, `${at}/${index}`, bad) ?? []);
}

export function readInstrument(value: unknown, at: string, bad: Bad): LegalInstrument | undefined {
  if (!isObject(value)) return bad(at, 'must be an object');
  onlyMembers(value, ['kind', 'number', 'series', 'date', 'url'], at, bad);
  const kinds: readonly string[] = INSTRUMENT_KINDS;
  if (!kinds.includes(value.kind as string)) bad(`${at}/kind`, `must be one of ${kinds.join(', ')}`);
  if (value.number !== undefined && (typeof value.number !== 'string' || !/^[^\p{C}]{1,60}$/u.test(value.number))) {
    bad(`${at}/number`, 'must be text of at most 60 characters');
  }
  if (value.series !== undefined && !(typeof value.series === 'string' && /^(?:1[89]|2\d)\d\d$/.test(value.series))) {
    bad(`${at}/series`, 'must be a year, as text');
  }
  if (value.date !== undefined && !isDay(value.date)) bad(`${at}/date`, 'must be a day, YYYY-MM-DD');
  const { url } = value;
  if (url !== undefined && !(typeof url === 'string' && /^https:\/\//.test(url) && isIri(url))) {
    bad(`${at}/url`, 'must be an https address');
  }
  return value as unknown as LegalInstrument;
}
