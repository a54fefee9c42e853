import { DIGEST_MULTIBASE, type FieldError } from '#kernel';
import type { LintRule } from './rule.ts';
import { eachObject, faults, hasType } from './walk.ts';

const fault = faults('evidence-terms');

/** Values of `evidenceType` of the ph context. */
export const EVIDENCE_TYPES: readonly string[] = ['Artefact', 'ObservationRecord', 'EmployerAttestation', 'Log'];

/** What a piece of evidence is, and the digest by which a reader knows the file again. */
export const evidenceTerms: LintRule = {
  id: 'evidence-terms',
  source: 'ph context: evidenceType is a term of the class PhEvidence; VC Data Model 2.0 section 5.3 (digestMultibase)',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    for (const { value, pointer } of eachObject(document.evidence, '/evidence')) {
      const { type, evidenceType, digestMultibase } = value;
      if (evidenceType !== undefined && !hasType(type, 'PhEvidence')) {
        errors.push(fault(`${pointer}/type`, 'must hold PhEvidence: its term stands here'));
      }
      if (evidenceType !== undefined && !(EVIDENCE_TYPES as readonly unknown[]).includes(evidenceType)) {
        errors.push(fault(`${pointer}/evidenceType`, `must be one of ${EVIDENCE_TYPES.join(', ')}`));
      }
      const isDigest = typeof digestMultibase === 'string' && DIGEST_MULTIBASE.test(digestMultibase);
      if (digestMultibase !== undefined && !isDigest) {
        errors.push(fault(`${pointer}/digestMultibase`, 'must be a SHA2-256 multihash in base64url or base58btc'));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.evidence[0] = {
          type: ['Evidence', 'PhEvidence'],
          evidenceType: 'Log',
          digestMultibase: `uEiA${'x'.repeat(42)}A`,
        };
      },
      (d) => {
        d.evidence[0].digestMultibase = `zQm${'x'.repeat(44)}`;
      },
    ],
    fail: [
      {
        change: (d) => {
          d.evidence[0].evidenceType = 'Log';
        },
        pointer: '/evidence/0/type',
      },
      ...['Photo', 5, ['Log']].map((value) => ({
        change: (d: { evidence: unknown[] }) => {
          d.evidence[0] = { type: ['Evidence', 'PhEvidence'], evidenceType: value };
        },
        pointer: '/evidence/0/evidenceType',
      })),
      ...['', 'a'.repeat(64), `uEiA${'x'.repeat(43)}`, `zQm${'0'.repeat(44)}`, 5].map((value) => ({
        change: (d: { evidence: [{ digestMultibase: unknown }] }) => {
          d.evidence[0].digestMultibase = value;
        },
        pointer: '/evidence/0/digestMultibase',
      })),
    ],
  },
};
