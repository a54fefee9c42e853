import { idOf } from '#accreditation';
import { fieldProblem, isDay, isObject, type Json, type JsonObject, shown } from '#kernel';
import { checkTree, type Pathway } from '#pathways';
import { checkValidity } from './checks/validity.ts';
import { loadInput } from './input/load.ts';
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

/** A pathway has its address where its publisher is: otherwise anybody could sign rules and call them another body's. */
function isAtHome(id: string, issuer: string): boolean {
  if (!/^https?:/i.test(id)) return true;
  const host = issuer.startsWith('did:web:') ? decodeURIComponent(issuer.split(':')[2]!) : '';
  return (
    URL.canParse(id) && URL.canParse(`https://${host}`) && new URL(id).hostname === new URL(`https://${host}`).hostname
  );
}

const isText = (value: unknown) => typeof value === 'string';

const REALISM = ['Published', 'Illustrative'];

/**
 * Members that may be absent. JSON bytes are not what was signed: one wrapped in a list means the same to the proof, and
 * must not be read as if it were not there.
 */
const FORMS: Record<string, (value: Json | undefined) => boolean> = {
  version: isText,
  conferrer: (value) => idOf(value) !== undefined,
  achievement: isText,
  realism: (value) => strings(value).length > 0 && strings(value).every((one) => REALISM.includes(one)),
  effectivePeriod: (value) => isObject(value) && isDay(value.from) && (value.until === undefined || isDay(value.until)),
};

function periodOf({ from, until }: JsonObject): NonNullable<Pathway['effectivePeriod']> {
  return { from: from as string, ...(until === undefined ? {} : { until: until as string }) };
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
    ...(validUntil === undefined ? {} : { validUntil: shown(validUntil) }),
  };
  const dates = checkValidity(period, session.now);
  if (dates.result !== 'pass') return { verdict: 'invalid', code: dates.code, issuer, ...none };

  const { id, version, name, conferrer, achievement, stackingRule, effectivePeriod } = subject;
  const errors = checkTree(stackingRule);
  if (errors.length > 0) {
    throw fieldProblem('invalid-request', '/pathway', `its rules are not understood: ${errors[0]!.detail}`);
  }
  if (typeof id !== 'string' || typeof name !== 'string') {
    throw fieldProblem('invalid-request', '/pathway', 'the pathway has no id or no name');
  }
  if (!isAtHome(id, issuer)) return { verdict: 'invalid', code: 'other_address', issuer, ...none };
  const odd = Object.entries(FORMS).find(([member, fits]) => subject[member] !== undefined && !fits(subject[member]));
  if (odd) throw fieldProblem('invalid-request', '/pathway', `its ${odd[0]} is not understood`);
  const pathway: Pathway = {
    id,
    version: (version as string | undefined) ?? '1',
    name,
    conferrer: idOf(conferrer) ?? issuer,
    ...(achievement === undefined ? {} : { achievement: achievement as string }),
    ...(effectivePeriod === undefined ? {} : { effectivePeriod: periodOf(effectivePeriod as JsonObject) }),
    root: stackingRule as unknown as Pathway['root'],
  };
  const text = loaded.kind === 'document' ? loaded.text() : '';
  const specimen =
    [subject, document].some(({ realism }) => strings(realism).includes('Illustrative')) || /^SPECIMEN\b/.test(name);
  return { verdict: 'valid', code: proof.code, issuer, pathway, text, specimen };
}
