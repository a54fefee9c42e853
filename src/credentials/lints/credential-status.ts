import { isObject, LIMITS, shown } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('credential-status');
const INDEX = /^(?:0|[1-9]\d{0,8})$/;

export const credentialStatus: LintRule = {
  id: 'credential-status',
  source: 'Bitstring Status List 1.0 section 2.1; the Open Badges 3.0 schema refuses an array of entries',
  effective: '2026-01-01',
  check(document, context) {
    const status = document.credentialStatus;
    if (!isObject(status)) return [fault('/credentialStatus', 'must be exactly one object')];
    const { id, type, statusPurpose, statusListIndex: index, statusListCredential: list } = status;
    const errors = [];
    if (type !== 'BitstringStatusListEntry') {
      errors.push(fault('/credentialStatus/type', 'must be BitstringStatusListEntry'));
    }
    if (statusPurpose !== 'revocation' && statusPurpose !== 'suspension') {
      errors.push(fault('/credentialStatus/statusPurpose', 'must be revocation or suspension'));
    }
    if (typeof index !== 'string' || !INDEX.test(index) || Number(index) >= LIMITS.statusListEntries) {
      errors.push(fault('/credentialStatus/statusListIndex', `must be text, 0 to ${LIMITS.statusListEntries - 1}`));
    }
    if (typeof list !== 'string' || !list.startsWith(`${context.publicUrl}/status/`)) {
      errors.push(fault('/credentialStatus/statusListCredential', 'must be a status list of this service'));
    }
    if (id === list || id !== `${shown(list)}#${shown(index)}`) {
      errors.push(fault('/credentialStatus/id', 'must be the address of the list, # and the index'));
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.credentialStatus.statusListIndex = '131071';
        d.credentialStatus.id = `${d.credentialStatus.statusListCredential}#131071`;
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialStatus = [d.credentialStatus];
        },
        pointer: '/credentialStatus',
      },
      {
        change: (d) => {
          d.credentialStatus.id = d.credentialStatus.statusListCredential;
        },
        pointer: '/credentialStatus/id',
      },
      ...['131072', '-1', '042', 42, '1e3'].map((index) => ({
        change: (d: { credentialStatus: { statusListIndex: unknown } }) => {
          d.credentialStatus.statusListIndex = index;
        },
        pointer: '/credentialStatus/statusListIndex',
      })),
    ],
  },
};
