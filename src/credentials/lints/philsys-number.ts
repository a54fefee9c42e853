import type { FieldError, Json } from '#kernel';
import type { LintRule } from './rule.ts';
import { eachObject, faults, parts, SUBJECT } from './walk.ts';

const fault = faults('philsys-number');
const WHOLE = /^\s*\d{4}[- ]?\d{4}[- ]?\d{4}\s*$/;
/** Last part of an identifier, e.g. `urn:psn:1234-5678-9012`; the last group of a UUID follows a hyphen and is not meant. */
const LAST = /[:/#=]\d{4}[- ]?\d{4}[- ]?\d{4}$/;

/** Twelve digits, grouped or not. Also used on what is stored about a recipient and not signed. */
export function looksLikePhilSysNumber(text: Json | undefined): boolean {
  return typeof text === 'string' && (WHOLE.test(text) || LAST.test(text));
}

/** Hashing does not help: twelve digits are tried out in seconds. */
export const philsysNumber: LintRule = {
  id: 'philsys-number',
  source: 'RA 11055 section 8 and RA 10173: the PhilSys Number is confidential and is never put into a credential',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    const { subject } = parts(document);
    if (looksLikePhilSysNumber(subject.id)) errors.push(fault(`${SUBJECT}/id`, 'looks like a PhilSys Number'));
    if (looksLikePhilSysNumber(subject.licenseNumber)) {
      errors.push(fault(`${SUBJECT}/licenseNumber`, 'looks like a PhilSys Number'));
    }
    for (const { value, pointer } of eachObject(subject.identifier, `${SUBJECT}/identifier`)) {
      if (looksLikePhilSysNumber(value.identityHash)) {
        errors.push(fault(`${pointer}/identityHash`, 'looks like a PhilSys Number'));
      }
      if (value.identityType === 'nationalIdentityNumber') {
        errors.push(fault(`${pointer}/identityType`, 'a national identity number is never signed, hashed or not'));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.id = 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-123456789012';
      },
    ],
    fail: [
      ...['1234-5678-9012', '123456789012'].map((text) => ({
        change: (d: { credentialSubject: { identifier: [{ identityHash: string }] } }) => {
          d.credentialSubject.identifier[0].identityHash = text;
        },
        pointer: '/credentialSubject/identifier/0/identityHash',
      })),
      {
        change: (d) => {
          d.credentialSubject.id = 'urn:psn:123456789012';
        },
        pointer: '/credentialSubject/id',
      },
      {
        change: (d) => {
          d.credentialSubject.identifier[0].identityType = 'nationalIdentityNumber';
        },
        pointer: '/credentialSubject/identifier/0/identityType',
      },
    ],
  },
};
