import { type FieldError, isObject, type JsonObject, LIMITS, shown } from '#kernel';
import { OPEN_BADGES_EXTENSIONS } from '#proofs';
import type { StatusType } from '../ports.ts';
import type { LintContext, LintRule, Sample } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('credential-status');
const INDEX = /^(?:0|[1-9]\d{0,8})$/;
const LIST_ID = /^[0-9a-hjkmnp-tv-z]{26}$/;

type Check = (status: JsonObject, context: LintContext) => FieldError[];

/** What an entry of each type must say, and may. */
const ENTRIES: Record<StatusType, { members: readonly string[]; check: Check }> = {
  BitstringStatusListEntry: {
    members: ['id', 'type', 'statusPurpose', 'statusListIndex', 'statusListCredential'],
    check({ id, statusPurpose, statusListIndex: index, statusListCredential: list }, context) {
      const errors = [];
      if (statusPurpose !== 'revocation' && statusPurpose !== 'suspension') {
        errors.push(fault('/credentialStatus/statusPurpose', 'must be revocation or suspension'));
      }
      if (typeof index !== 'string' || !INDEX.test(index) || Number(index) >= LIMITS.statusListEntriesMax) {
        errors.push(
          fault('/credentialStatus/statusListIndex', `must be text, 0 to ${LIMITS.statusListEntriesMax - 1}`),
        );
      }
      if (typeof list !== 'string' || !list.startsWith(`${context.publicUrl}/status/`)) {
        errors.push(fault('/credentialStatus/statusListCredential', 'must be a status list of this service'));
      }
      if (id === list || id !== `${shown(list)}#${shown(index)}`) {
        errors.push(fault('/credentialStatus/id', 'must be the address of the list, # and the index'));
      }
      return errors;
    },
  },
  '1EdTechRevocationList': {
    members: ['id', 'type'],
    check: ({ id }, context) =>
      typeof id === 'string' && LIST_ID.test(id.replace(`${context.publicUrl}/revocations/`, ''))
        ? []
        : [fault('/credentialStatus/id', 'must be a revocation list of this service')],
  },
};

export const credentialStatus: LintRule = {
  id: 'credential-status',
  source:
    'Bitstring Status List 1.0 section 2.1; Open Badges 3.0 1EdTechRevocationList; its schema refuses an array of entries',
  effective: '2026-01-01',
  check(document, context) {
    const status = document.credentialStatus;
    if (!isObject(status)) return [fault('/credentialStatus', 'must be exactly one object')];
    const wanted = context.achievement.statusType;
    // The one mechanism that the version of the achievement chose.
    if (status.type !== wanted) return [fault('/credentialStatus/type', `must be ${wanted}`)];
    const { members, check } = ENTRIES[wanted];
    const more = Object.keys(status).filter((member) => !members.includes(member));
    return [
      ...more.map((member) => fault(`/credentialStatus/${member}`, `is not a member of ${wanted}`)),
      ...check(status, context),
    ];
  },
  examples: {
    pass: [
      (d) => {
        d.credentialStatus.statusListIndex = '131071';
        d.credentialStatus.id = `${d.credentialStatus.statusListCredential}#131071`;
      },
      named,
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
      {
        change: (d) => {
          d.credentialStatus.type = '1EdTechRevocationList';
        },
        pointer: '/credentialStatus/type',
      },
      {
        change: (d, c) => {
          named(d, c);
          d.credentialStatus.statusListIndex = '5';
        },
        pointer: '/credentialStatus/statusListIndex',
      },
      ...['https://elsewhere.example/revocations/1', `https://badges.example/status/${'0'.repeat(26)}`].map((id) => ({
        change: (d: Sample, c: LintContext) => {
          named(d, c);
          d.credentialStatus.id = id;
        },
        pointer: '/credentialStatus/id',
      })),
      ...['1048576', '-1', '042', 42, '1e3'].map((index) => ({
        change: (d: Sample) => {
          d.credentialStatus.statusListIndex = index;
        },
        pointer: '/credentialStatus/statusListIndex',
      })),
    ],
  },
};

/** The sample by the other mechanism. */
function named(d: Sample, c: LintContext): void {
  c.achievement.statusType = '1EdTechRevocationList';
  d['@context'].splice(2, 0, OPEN_BADGES_EXTENSIONS);
  d.credentialStatus = { id: `${c.publicUrl}/revocations/${'0'.repeat(26)}`, type: '1EdTechRevocationList' };
}
