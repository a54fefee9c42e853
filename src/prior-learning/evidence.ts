import type { Recipient } from '#credentials';
import { digestMultibase, type FieldError, type JsonObject } from '#kernel';
import { givenAway } from './candidate.ts';
import type { WorkplaceEvidence } from './model.ts';
import { MAX_EVIDENCE } from './schemas.ts';

const BASE = '/workplaceEvidence';
const SIGNED = ['name', 'description', 'url', 'attestedBy'] as const;

/**
 * What no schema says of evidence that is brought. Called with a list whose shape is right.
 * @param known what the case has already
 * @param candidate whom nothing that is signed may name
 * @param today in the institution's zone
 * @returns one fault for each bad member, pointers into the request
 */
export function evidenceFaults(
  brought: readonly JsonObject[],
  known: readonly WorkplaceEvidence[],
  candidate: Partial<Recipient>,
  today: string,
): FieldError[] {
  const faults: FieldError[] = [];
  if (known.length + brought.length > MAX_EVIDENCE) {
    faults.push({ pointer: BASE, detail: `a case has at most ${MAX_EVIDENCE} pieces of evidence` });
  }
  const urls = new Set<unknown>(known.map(({ url }) => url));
  for (const [index, one] of brought.entries()) {
    const fault = (member: string, detail: string) => faults.push({ pointer: `${BASE}/${index}/${member}`, detail });
    const { url, sha256, digestMultibase: digest, from, to, evidenceType } = one;
    if (url !== undefined && sha256 === undefined && digest === undefined) {
      fault('sha256', 'is required with an address: what lies there can be changed');
    }
    if (sha256 !== undefined && digest !== undefined) fault('digestMultibase', 'must not stand beside sha256');
    // Two nodes of one id are one node to whoever reads the signed graph.
    if (url !== undefined && urls.has(url)) fault('url', 'is the address of another piece of evidence');
    urls.add(url);
    if ((to as string) < (from as string)) fault('to', 'must not be before from');
    if ((to as string) > today) fault('to', 'is in the future');
    for (const member of SIGNED) {
      const what = typeof one[member] === 'string' && givenAway(one[member], candidate);
      if (what) fault(member, `holds the candidate's ${what}, and would be signed`);
    }
    for (const member of evidenceType === 'EmployerAttestation' ? ['employer', 'attestedBy'] : []) {
      if (one[member] === undefined) fault(member, 'is required: somebody attests it for an employer');
    }
  }
  return faults;
}

/** As it is kept: one form of digest. */
export function toEvidence({ sha256, ...one }: JsonObject): WorkplaceEvidence {
  const digest = typeof sha256 === 'string' ? { digestMultibase: digestMultibase(sha256) } : {};
  return { ...one, ...digest } as unknown as WorkplaceEvidence;
}
