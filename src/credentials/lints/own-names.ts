import { ID_PATTERN, isObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('own-names');

/** A credential speaks only for the institution whose key will sign it, under an address this service serves. */
export const ownNames: LintRule = {
  id: 'own-names',
  source: 'VC Data Model 2.0 sections 4.4 and 4.7; Data Integrity 1.0 section 4.1 (the method belongs to the issuer)',
  effective: '2026-01-01',
  check(document, context) {
    const errors = [];
    if (!isObject(document.issuer) || document.issuer.id !== context.issuer) {
      errors.push(fault('/issuer/id', 'is not the institution that signs'));
    }
    const prefix = `${context.publicUrl}/credentials/`;
    const id = typeof document.id === 'string' ? document.id : '';
    if (!id.startsWith(prefix) || !ID_PATTERN.test(id.slice(prefix.length))) {
      errors.push(fault('/id', `must be ${prefix} and an id of 128 random bits`));
    }
    return errors;
  },
  examples: {
    pass: [
      (d, c) => {
        c.issuer = d.issuer.id = 'did:web:other.example:institutions:other';
      },
    ],
    fail: [
      {
        change: (d) => {
          d.issuer.id = 'did:web:badges.example:institutions:other';
        },
        pointer: '/issuer/id',
      },
      {
        change: (d) => {
          d.id = 'https://badges.example/credentials/1';
        },
        pointer: '/id',
      },
    ],
  },
};
