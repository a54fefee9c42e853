import { idOf } from '#accreditation';
import { conformityErrors, isEnvelope } from '#credentials';
import { fieldProblem, formatInstant, isObject, type JsonObject, LIMITS, Problem, type Text } from '#kernel';
import type { ProofReport } from '#proofs';
import { certainErrors, contextCheck, isUndefined, malformedCheck, warnings } from './document-findings.ts';
import { DOCUMENT_TEXTS } from './document-words.ts';
import { answers, type Bound } from './presentation.ts';
import { PRESENTATION_TEXTS as TEXTS } from './presentation-words.ts';
import { loadPresentation, type Presented, proofOf } from './presented.ts';
import { type Check, check, type Profile, type Report, type Verdict } from './report.ts';
import type { Session } from './session.ts';

export interface PresentationInput extends Partial<Bound> {
  /** A Verifiable Presentation: the document or envelope, its text, or a compact token. */
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
  /** Of one that stands in an envelope, or is a compact token. @throws Problem for what cannot be opened */
  enveloped(held: string | JsonObject, profile: Profile | undefined, session: Session): Promise<Report>;
  /** Of one that could not even be opened. */
  refused(found: Check, session: Session): Report;
}

interface Rules {
  jsonTerms?: ReadonlySet<string>;
}

/**
 * VCDM 2.0, 4.13 and 7.1; VC Data Integrity 1.0, 4.4: purpose `authentication`, and challenge and domain as asked. Of a token
 * (VC-JOSE-COSE 3.1, VCDM 1.1 6.3.1) these are `nonce` and `aud`, held to the same rules.
 */
export async function verifyPresentation(
  input: PresentationInput,
  session: Session,
  rules: Rules,
  members: MemberChecks,
): Promise<PresentationVerified> {
  const { profile = 'vc', verifyCredentials = true } = input;
  const presented = await loadPresentation(input.presentation, session);
  if ('unread' in presented) {
    const unread = own(
      'document',
      check('document', 'unknown', 'unsupported', TEXTS.unread, { form: presented.unread }),
    );
    return { presentation: assemble([unread], undefined, session.now), credentials: [] };
  }
  const { members: inside, holder, isSigned } = presented;
  if (inside.length > LIMITS.presentationCredentials) {
    const detail = `must not hold more than ${LIMITS.presentationCredentials} credentials`;
    throw fieldProblem('invalid-request', '/presentation/verifiableCredential', detail);
  }
  const contexts = profile === 'vc' ? 'vc' : 'presentation';
  const proof = await proofOf(presented, session, contexts);

  const unsecured = inside.filter(isObject).filter((one) => one.proof === undefined && !isEnvelope(one));
  const selfAsserted = (one: JsonObject) => holder !== undefined && idOf(one.issuer) === holder;
  const proofCheck = checkProof(presented, proof, input);
  const good = proofCheck.result === 'pass' || proofCheck.result === 'warning';
  const checks = [
    checkDocument(presented, proof, isSigned ? [] : unsecured, session, contexts, rules),
    proofCheck,
    checkHolder(holder, isSigned, good, unsecured.every(selfAsserted)),
  ];
  const report = assemble(checks, good && checks[2]!.result === 'pass' ? holder : undefined, session.now);
  if (!verifyCredentials) return { presentation: report, credentials: [] };
  const credentials = await Promise.all(
    inside.map(async (one) => {
      if (typeof one === 'string' && presented.tokens) return openedReport(one, input.profile, session, members);
      if (!isObject(one)) return members.document({}, 'vc', session);
      if (isEnvelope(one)) return openedReport(one, input.profile, session, members);
      // VCDM 2.0, 4.13.3: what its holder says, secured by the presentation. A badge is never that: it has a proof of its own.
      const secured = good && unsecured.includes(one) && selfAsserted(one) && asVc(input.profile, one);
      if (!secured) return members.document(one, input.profile, session);
      return members.document(one, 'vc', session, presented.jwt ? await meaning(one, proof, session) : proof);
    }),
  );
  return { presentation: report, credentials };
}

/** What is wrong with one of its credentials is told of that one. */
async function openedReport(
  one: string | JsonObject,
  profile: Profile | undefined,
  session: Session,
  members: MemberChecks,
): Promise<Report> {
  try {
    return await members.enveloped(one, profile, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return members.refused(check('document', 'fail', 'envelope', DOCUMENT_TEXTS.not_data_model), session);
  }
}

/** A token is signed as text, so a term of a credential in it may still mean nothing; in a proof it could not. */
async function meaning(one: JsonObject, proof: ProofReport, session: Session): Promise<ProofReport> {
  const found = await session.unsigned(one, 'vc');
  return found.code === 'no_proof' ? proof : found;
}

function asVc(profile: Profile | undefined, one: JsonObject): boolean {
  const types = [one.type].flat();
  return (
    profile !== 'openbadge' &&
    !types.some((type) => /^(?:OpenBadge|Achievement|Endorsement|Clr)Credential$/.test(String(type)))
  );
}

function checkDocument(
  { outer: document, isSigned }: Presented,
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
  if (!isSigned && proof.outcome === 'unknown') {
    const message = proof.code === 'work_limit' ? TEXTS.too_large : TEXTS.unread;
    return own('document', check('document', 'unknown', proof.code, message));
  }
  const errors = conformityErrors(document, 'presentation', jsonTerms);
  if (errors.length > 0) return own('document', malformedCheck('data_model', errors, TEXTS.not_presentation));
  if (unsecured.length > 0) {
    const message = DOCUMENT_TEXTS.unsecured_credential;
    return own('document', check('document', 'fail', 'unsecured_credential', message, { count: unsecured.length }));
  }
  const { verifiableCredential: _, ...itself } = document;
  return own('document', warnings(itself, DOCUMENT_TEXTS.presentation));
}

function checkProof(presented: Presented, report: ProofReport, asked: Partial<Bound>): PresentationCheck {
  const say = (result: Check['result'], code: string, text: Text, evidence: Record<string, unknown> = {}) =>
    own('proof', check('proof', result, code, text, evidence));
  if (!presented.isSigned) {
    const isAsked = asked.challenge !== undefined || asked.domain !== undefined;
    return isAsked ? say('fail', 'no_proof', TEXTS.no_proof) : say('not_applicable', 'not_signed', TEXTS.not_signed);
  }
  const count = { proofs: report.proofs.length };
  if (report.outcome === 'unknown') return say('unknown', report.code, TEXTS.signature_unknown, count);
  if (report.outcome === 'fail') return say('fail', report.code, TEXTS.signature_fails, count);
  // Of several, one must be both good and for this question.
  const passed = presented.questions.flatMap((question, index) => {
    const proof = report.proofs[index];
    return proof?.outcome === 'pass' ? [{ question, proof, answer: answers(question, asked) }] : [];
  });
  const best = (['yes', 'other_challenge', 'other_domain'] as const).find((answer) =>
    passed.some((one) => one.answer === answer),
  );
  if (best !== 'yes') return say('fail', best ?? 'no_proof', TEXTS[best ?? 'signature_fails'], count);
  const { question, proof } = passed.find((one) => one.answer === 'yes')!;
  const { verificationMethod, created, cryptosuite } = proof;
  const evidence = { ...count, verificationMethod, created, cryptosuite };
  if (question.challenge !== undefined && asked.challenge === undefined) {
    return say('warning', 'challenge_not_asked', TEXTS.challenge_not_asked, evidence);
  }
  // RFC 7519, 4.1.3: a token with `aud` is for whoever finds himself in it, and nobody said who that is here.
  return presented.jwt && question.domain !== undefined && asked.domain === undefined
    ? say('warning', 'domain_not_asked', TEXTS.domain_not_asked, evidence)
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
