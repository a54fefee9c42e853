import { idOf } from '#accreditation';
import { fieldProblem, isDay, isObject, type JsonObject } from '#kernel';
import { checkTree, type Pathway } from '#pathways';
import { checkValidity } from './checks/validity.ts';
import { loadInput } from './input.ts';
import { strings } from './model.ts';
import type { Verdict } from './report.ts';
import type { Session } from './session.ts';

/** What is true of the pathway document itself. */
export interface PathwayFinding {
  verdict: Verdict;
  code: string;
  /** DID that signed it; only when the proof holds. */
  issuer?: string;
  /** Only when it is valid. */
  pathway?: Pathway;
  /** The document as it was read. */
  text?: string;
  specimen: boolean;
}

/**
 * Verifies a pathway credential and reads its rule tree.
 * @throws Problem at `/pathway` when it is not a pathway, or its rules are of a kind that is not understood
 */
export async function readPathway(input: string | JsonObject, session: Session): Promise<PathwayFinding> {
  const source = typeof input === 'string' ? { text: input } : { document: input };
  const loaded = await loadInput(source, session.deps.fetch, session.budget);
  const document = loaded.kind === 'document' ? loaded.document : {};
  const subject = document.credentialSubject;
  const issuer = idOf(document.issuer);
  if (!strings(document.type).includes('PhPathwayCredential') || !isObject(subject) || !issuer) {
    throw fieldProblem('invalid-request', '/pathway', 'this is not a signed pathway');
  }
  const none = { specimen: false };
  const proof = await session.proof(document, issuer);
  if (proof.outcome === 'fail') return { verdict: 'invalid', code: proof.code, ...none };
  if (proof.outcome === 'unknown') return { verdict: 'undetermined', code: proof.code, ...none };
  const { validFrom, validUntil } = document;
  const period = {
    ...(typeof validFrom === 'string' ? { validFrom } : {}),
    ...(validUntil === undefined ? {} : { validUntil: String(validUntil) }),
  };
  const dates = checkValidity(period, session.now);
  if (dates.result !== 'pass') return { verdict: 'invalid', code: dates.code, issuer, ...none };

  const { id, version, name, conferrer, achievement, stackingRule, realism, effectivePeriod } = subject;
  const errors = checkTree(stackingRule);
  if (errors.length > 0) {
    throw fieldProblem('invalid-request', '/pathway', `its rules are not understood: ${errors[0]!.detail}`);
  }
  if (typeof id !== 'string' || typeof name !== 'string') {
    throw fieldProblem('invalid-request', '/pathway', 'the pathway has no id or no name');
  }
  const pathway: Pathway = {
    id,
    version: typeof version === 'string' ? version : '1',
    name,
    conferrer: idOf(conferrer) ?? issuer,
    ...(typeof achievement === 'string' ? { achievement } : {}),
    ...(isObject(effectivePeriod) && isDay(effectivePeriod.from)
      ? {
          effectivePeriod: {
            from: effectivePeriod.from,
            ...(isDay(effectivePeriod.until) ? { until: effectivePeriod.until } : {}),
          },
        }
      : {}),
    root: stackingRule as unknown as Pathway['root'],
  };
  const text = loaded.kind === 'document' ? loaded.text() : '';
  const specimen = realism === 'Illustrative' || document.realism === 'Illustrative' || /^SPECIMEN\b/.test(name);
  return { verdict: 'valid', code: proof.code, issuer, pathway, text, specimen };
}
