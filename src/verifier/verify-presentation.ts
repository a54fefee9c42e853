import { idOf } from '#accreditation';
import { conformityErrors, isEnvelope } from '#credentials';
import { fieldProblem, formatInstant, isObject, type Json, type JsonObject, LIMITS, Problem, type Text } from '#kernel';
import type { ProofReport } from '#proofs';
import { certainErrors, contextCheck, isUndefined, malformedCheck, warnings } from './document-findings.ts';
import { DOCUMENT_TEXTS } from './document-words.ts';
import { loadInput } from './input/load.ts';
import { answers, type Bound } from './presentation.ts';
import { PRESENTATION_TEXTS as TEXTS } from './presentation-words.ts';
import { type Check, check, type Profile, type Report, type Verdict } from './report.ts';
import type { Session } from './session.ts';

export interface PresentationInput extends Partial<Bound> {
  /** A Verifiable Presentation, its text or the document. */
  presentation: string | JsonObject;
  /** Rules for the presentation, default `vc`, and for the credentials in it, default those of their types. */
  profile?: Profile;
  /** Default true. */
  verifyCredentials?: boolean;
}

export interface PresentationCheck extends Omit<Check, 'check'> {
  check: 'document' | 'proof' | 'holder';
}

/** Of the presentation itself; whether what it holds is genuine is told credential by credential. */
export interface PresentationReport {
  /** `undetermined` also for one that nobody signed: code `not_signed` of the check `proof`. */
  verdict: Verdict;
  sentence: Text;
  /** Whole-second UTC instant. */
  checkedAt: string;
  /** Who has proved to hold it; only when the signature is good and for this question. */
  holder?: string;
  checks: PresentationCheck[];
}

export interface PresentationVerified {
  presentation: PresentationReport;
  /** In the order of the presentation; empty when they were not asked for. */
  credentials: Report[];
}

/** How one credential is verified; by the verifier. */
export interface MemberChecks {
  document(
    document: JsonObject,
    profile: Profile | undefined,
    session: Session,
    secured?: ProofReport,
  ): Promise<Report>;
  /** Of one that stands in an envelope. */
  envelope(document: JsonObject, profile: Profile | undefined, session: Session): Promise<Report>;
  /** Of one that could not even be opened. */
  refused(found: Check, session: Session): Report;
}

interface Rules {
  jsonTerms?: ReadonlySet<string>;
}

/** VCDM 2.0, 4.13 and 7.1; VC Data Integrity 1.0, 4.4: purpose `authentication`, and challenge and domain as asked. */
export async function verifyPresentation(
  input: PresentationInput,
  session: Session,
  rules: Rules,
  members: MemberChecks,
): Promise<PresentationVerified> {
  const { presentation, profile = 'vc', verifyCredentials = true } = input;
  const source = typeof presentation === 'string' ? { text: presentation } : { document: presentation };
  const loaded = await loadInput(source, session.deps.fetch, session.budget);
  if (loaded.kind !== 'document') {
    const unread = own(
      'document',
      check('document', 'unknown', 'unsupported', TEXTS.unread, { form: loaded.kind === 'jwt' ? 'jwt' : loaded.form }),
    );
    return { presentation: assemble([unread], undefined, session.now), credentials: [] };
  }
  const { document } = loaded;
  const inside: Json[] = [document.verifiableCredential ?? []].flat();
  if (inside.length > LIMITS.presentationCredentials) {
    const detail = `must not hold more than ${LIMITS.presentationCredentials} credentials`;
    throw fieldProblem('invalid-request', '/presentation/verifiableCredential', detail);
  }
  const contexts = profile === 'vc' ? 'vc' : 'presentation';
  const isSigned = document.proof !== undefined;
  const holder = idOf(document.holder);
  const controller = holder ?? ownerOf(document.proof);
  const signed = () => (controller ? session.proof(document, controller, 'authentication', contexts) : NO_PROOF);
  const proof = await (isSigned ? signed() : session.unsigned(document, contexts));

  const unsecured = inside.filter(isObject).filter((one) => one.proof === undefined && !isEnvelope(one));
  const selfAsserted = (one: JsonObject) => holder !== undefined && idOf(one.issuer) === holder;
  const proofCheck = checkProof(document, proof, input);
  const good = proofCheck.result === 'pass' || proofCheck.result === 'warning';
  const checks = [
    checkDocument(document, proof, isSigned ? [] : unsecured, session, contexts, rules),
    proofCheck,
    checkHolder(holder, isSigned, good, unsecured.every(selfAsserted)),
  ];
  const report = assemble(checks, good && checks[2]!.result === 'pass' ? holder : undefined, session.now);
  if (!verifyCredentials) return { presentation: report, credentials: [] };
  const credentials = await Promise.all(
    inside.map((one) => {
      if (!isObject(one)) return members.document({}, 'vc', session);
      if (isEnvelope(one)) return openedReport(one, input.profile, session, members);
      // VCDM 2.0, 4.13.3: what its holder says, secured by the presentation. A badge is never that: it has a proof of its own.
      const secured = good && unsecured.includes(one) && selfAsserted(one) && asVc(input.profile, one);
      return members.document(one, secured ? 'vc' : input.profile, session, secured ? proof : undefined);
    }),
  );
  return { presentation: report, credentials };
}

/** What is wrong with one of its credentials is told of that one; a securing mechanism that is not read is not known. */
async function openedReport(
  one: JsonObject,
  profile: Profile | undefined,
  session: Session,
  members: MemberChecks,
): Promise<Report> {
  try {
    return await members.envelope(one, profile, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const isCose = typeof one.id === 'string' && /^data:application\/v[cp](?:-ld)?\+cose[;,]/.test(one.id);
    const code = conformityErrors(one, 'credential').length === 0 && isCose ? 'unsupported' : 'envelope';
    const found =
      code === 'unsupported'
        ? check('document', 'unknown', code, TEXTS.unread)
        : check('document', 'fail', code, DOCUMENT_TEXTS.not_data_model);
    return members.refused(found, session);
  }
}

const NO_PROOF: ProofReport = { outcome: 'fail', code: 'no_proof', detail: 'the document has no proof', proofs: [] };

/** Whose key the (first) proof says it is, for a presentation that names no holder. */
function ownerOf(proof: Json | undefined): string | undefined {
  const first = [proof ?? []].flat()[0];
  const method = isObject(first) ? first.verificationMethod : undefined;
  return typeof method === 'string' ? method.split('#', 1)[0] : undefined;
}

function asVc(profile: Profile | undefined, one: JsonObject): boolean {
  const types = [one.type].flat();
  return (
    profile !== 'openbadge' &&
    !types.some((type) => /^(?:OpenBadge|Achievement|Endorsement|Clr)Credential$/.test(String(type)))
  );
}

function checkDocument(
  document: JsonObject,
  proof: ProofReport,
  unsecured: readonly JsonObject[],
  session: Session,
  contexts: 'vc' | 'presentation',
  { jsonTerms }: Rules,
): PresentationCheck {
  const unread = contextCheck(session.deps.contextProblems(document, contexts), TEXTS.not_presentation);
  if (unread) {
    const certain = unread.result === 'unknown' ? certainErrors(document, 'presentation', jsonTerms) : [];
    return own('document', certain.length > 0 ? malformedCheck('data_model', certain, TEXTS.not_presentation) : unread);
  }
  if (isUndefined(proof)) {
    return own('document', check('document', 'fail', 'undefined_term', DOCUMENT_TEXTS.undefined_term));
  }
  if (document.proof === undefined && proof.outcome === 'unknown') {
    return own('document', check('document', 'unknown', proof.code, TEXTS.unread));
  }
  const errors = conformityErrors(document, 'presentation', jsonTerms);
  if (errors.length > 0) return own('document', malformedCheck('data_model', errors, TEXTS.not_presentation));
  if (unsecured.length > 0) {
    const message = DOCUMENT_TEXTS.unsecured_credential;
    return own('document', check('document', 'fail', 'unsecured_credential', message, { count: unsecured.length }));
  }
  const { verifiableCredential: _, ...outer } = document;
  return own('document', warnings(outer, DOCUMENT_TEXTS.presentation));
}

function checkProof(document: JsonObject, report: ProofReport, asked: Partial<Bound>): PresentationCheck {
  const say = (result: Check['result'], code: string, text: Text, evidence: Record<string, unknown> = {}) =>
    own('proof', check('proof', result, code, text, evidence));
  if (document.proof === undefined) {
    const isAsked = asked.challenge !== undefined || asked.domain !== undefined;
    return isAsked ? say('fail', 'no_proof', TEXTS.no_proof) : say('not_applicable', 'not_signed', TEXTS.not_signed);
  }
  const count = { proofs: report.proofs.length };
  if (report.outcome === 'unknown') return say('unknown', report.code, TEXTS.signature_unknown, count);
  if (report.outcome === 'fail') return say('fail', report.code, TEXTS.signature_fails, count);
  // Of several, one must be both good and for this question.
  const proofs = [document.proof].flat().filter((_, index) => report.proofs[index]?.outcome === 'pass');
  const found = proofs.map((proof) => (isObject(proof) ? answers(proof, asked) : 'other_challenge'));
  const best = (['yes', 'other_challenge', 'other_domain'] as const).find((answer) => found.includes(answer));
  if (best !== 'yes') return say('fail', best ?? 'no_proof', TEXTS[best ?? 'signature_fails'], count);
  const one = proofs[found.indexOf('yes')] as JsonObject;
  const { verificationMethod, created, cryptosuite } = one;
  const evidence = { ...count, verificationMethod, created, cryptosuite };
  const unasked = one.challenge !== undefined && asked.challenge === undefined;
  return unasked
    ? say('warning', 'challenge_not_asked', TEXTS.challenge_not_asked, evidence)
    : say('pass', 'signature_valid', TEXTS.signed, evidence);
}

/** @param ownWords whether everything without a proof of its own is said by the holder */
function checkHolder(
  holder: string | undefined,
  isSigned: boolean,
  good: boolean,
  ownWords: boolean,
): PresentationCheck {
  const say = (result: Check['result'], code: keyof typeof TEXTS) =>
    own('holder', check('recipient', result, code, TEXTS[code]));
  // VCDM 2.0, 4.13.3: such a presentation must name its holder, who must be the issuer.
  if (isSigned && !ownWords) return say('fail', 'self_asserted');
  if (holder === undefined) return say('not_applicable', 'holder_not_stated');
  if (!isSigned) return say('not_applicable', 'holder_not_shown');
  return good ? say('pass', 'holder_signed') : say('unknown', 'holder_not_shown');
}

const own = (name: PresentationCheck['check'], { check: _, ...rest }: Check): PresentationCheck => ({
  check: name,
  ...rest,
});

function assemble(checks: PresentationCheck[], holder: string | undefined, now: Date): PresentationReport {
  const proof = checks.find((one) => one.check === 'proof');
  const has = (result: Check['result']) => checks.some((one) => one.result === result);
  const unsigned = proof?.result === 'not_applicable';
  const verdict = has('fail') ? 'invalid' : has('unknown') || unsigned ? 'undetermined' : 'valid';
  const lead = { valid: holder === undefined ? 'lead_signed' : 'lead_valid', invalid: 'lead_invalid' } as const;
  const words = verdict === 'undetermined' ? (has('unknown') ? 'lead_unknown' : 'lead_unsigned') : lead[verdict];
  return {
    verdict,
    sentence: TEXTS[words],
    checkedAt: formatInstant(now),
    ...(holder === undefined ? {} : { holder }),
    checks,
  };
}
