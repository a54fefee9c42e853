import type { FieldError } from '#kernel';
import type { LintRule } from './rule.ts';
import { eachObject, faults, parts, SUBJECT } from './walk.ts';

const fault = faults('identity-hash');
const SHA256 = /^sha256\$[0-9a-f]{64}$/;
const SALT = /^[0-9a-f]{32,}$/;

/** We issue SHA-256 with a random salt only; md5 is read, never written. */
export const identityHashForm: LintRule = {
  id: 'identity-hash',
  source: 'Open Badges 3.0 IdentityHash; own rule: SHA-256 and at least 128 bits of salt',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    for (const { value, pointer } of eachObject(parts(document).subject.identifier, `${SUBJECT}/identifier`)) {
      if (typeof value.hashed !== 'boolean') errors.push(fault(`${pointer}/hashed`, 'must be true or false'));
      if (typeof value.identityHash !== 'string') errors.push(fault(`${pointer}/identityHash`, 'must be text'));
      if (value.hashed !== true) continue;
      if (typeof value.identityHash !== 'string' || !SHA256.test(value.identityHash)) {
        errors.push(fault(`${pointer}/identityHash`, 'must be sha256$ and 64 lower-case hexadecimal digits'));
      }
      if (typeof value.salt !== 'string' || !SALT.test(value.salt)) {
        errors.push(fault(`${pointer}/salt`, 'must be at least 128 random bits in hexadecimal'));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        const entry = d.credentialSubject.identifier[0];
        Object.assign(entry, { hashed: true, identityHash: `sha256$${'0'.repeat(64)}`, salt: 'f'.repeat(32) });
        entry.identityType = 'emailAddress';
      },
    ],
    fail: [
      {
        change: (d) => {
          Object.assign(d.credentialSubject.identifier[0], {
            hashed: true,
            identityHash: 'md5$00',
            salt: 'f'.repeat(32),
          });
        },
        pointer: '/credentialSubject/identifier/0/identityHash',
      },
      {
        change: (d) => {
          Object.assign(d.credentialSubject.identifier[0], { hashed: true, identityHash: `sha256$${'0'.repeat(64)}` });
        },
        pointer: '/credentialSubject/identifier/0/salt',
      },
      {
        change: (d) => {
          d.credentialSubject.identifier[0].hashed = 'no';
        },
        pointer: '/credentialSubject/identifier/0/hashed',
      },
    ],
  },
};
