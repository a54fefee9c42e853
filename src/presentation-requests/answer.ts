import { Problem } from '#kernel';
import { isEnvelope } from '#proofs';
import type {
  HandedOver,
  HandedOverVerified,
  Report,
  ReportCredential,
  StackInput,
  StackReport,
  Verifier,
} from '#verifier';
import type { PresentationRequestRecord } from './ports.ts';
import { refuse } from './refusal.ts';
import { type Shown, satisfies } from './satisfied.ts';
import type { Presented } from './vp-token.ts';

/** What is kept of an answer, for a short time: reports, and neither presentations nor badges. */
export interface Answer {
  badges: AnsweredBadge[];
  /** Only where a pathway was asked about. */
  stack?: StackReport;
}

export interface AnsweredBadge {
  report: Report;
  /** Who proved to hold it; absent: it was shown without that, and it may be anybody's. */
  holder?: string;
}

export interface AnswerDeps {
  verifier: Pick<Verifier, 'verifyHandedOver' | 'evaluateStack'>;
  clientId: string;
  /** Whole-second UTC instant. */
  now: string;
  /** Of a form of an award of this service: its web copy, by which awards are told apart that carry no id of their own. */
  webCopyOf(credentialId: string, issuer: string): Promise<string | undefined>;
  /** The signed text of a pathway of this service. */
  pathway(id: string, version: number): Promise<string | undefined>;
}

/**
 * OpenID4VP 1.0, 8.6, and one failure refuses the whole response. What is wrong with a genuine badge (revoked, expired, of an
 * issuer nobody accredited) is no failure of the response: it is what the asker wants to know.
 * @throws Problem with an OAuth error
 */
export async function verifiedAnswer(
  request: PresentationRequestRecord,
  presented: readonly Presented[],
  deps: AnswerDeps,
): Promise<Answer> {
  // 1. Each presentation is signed for this request and this verifier, and each badge is genuine.
  const bound = { challenge: request.nonce, domain: deps.clientId };
  const items = presented.map(
    (one): HandedOver => (one.bound ? { presentation: one.given, ...bound } : { credential: one.given }),
  );
  const verified = await deps.verifier.verifyHandedOver(items).catch(asRefusal);
  const found = presented.map((one, index) => heldIn(one, verified[index]!));

  // 2. What was shown is what was asked, each award once: a copy is no second badge.
  const awards = await Promise.all(
    found.map(async ({ shown: { queryId, badge } }) => `${queryId} ${await awardOf(badge, deps)}`),
  );
  if (new Set(awards).size < awards.length) throw refuse('the response holds the same award twice');
  if (
    !(await satisfies(
      request.query,
      found.map(({ shown }) => shown),
    ))
  ) {
    throw refuse('the badges are not those that were asked for');
  }

  // 3. What it adds up to.
  const badges = found.map(({ badge }) => badge);
  if (!('pathway' in request.question)) return { badges };
  const { id, version } = request.question.pathway;
  const text = await deps.pathway(id, version);
  if (text === undefined) throw refuse('the pathway is no longer here', 'unavailable', 'temporarily_unavailable');
  const asked = {
    pathway: JSON.parse(text),
    credentials: found.map(({ given }) => given),
    ...shownBy(badges, deps.now),
  };
  return { badges, stack: await deps.verifier.evaluateStack(asked).catch(asRefusal) };
}

async function awardOf({ awardId, id = '', issuerId = '' }: ReportCredential, { webCopyOf }: AnswerDeps) {
  return awardId ?? (await webCopyOf(id, issuerId)) ?? id;
}

/**
 * A wallet may hold each badge by a key of its own: keys that answered together are one holder's, as in a session. Of badges
 * that nobody proved to hold only the subject can tell that they are of one person.
 */
function shownBy(badges: readonly AnsweredBadge[], provenAt: string): Pick<StackInput, 'person'> {
  const holders = [...new Set(badges.flatMap(({ holder }) => holder ?? []))];
  if (holders.length === 0) return {};
  return { person: { identifiers: holders.map((value) => ({ kind: 'did', value, provenAt })), records: [] } };
}

/** Whatever the verifier cannot even open, the wallet should not have sent. */
function asRefusal(error: unknown): never {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  throw refuse(error.message);
}

function heldIn({ query, bound }: Presented, { presentation, credentials }: HandedOverVerified) {
  if (bound && presentation?.verdict !== 'valid') {
    const wrong = presentation?.checks.find(({ result }) => result === 'fail' || result === 'unknown');
    throw undecided(wrong, `${query.id}: the presentation is not accepted`);
  }
  const [held, ...others] = credentials;
  if (!held || others.length > 0) throw refuse(`${query.id}: a presentation must hold one credential`);
  const { report, given } = held;
  // OpenID4VP 1.0, B.1.3: the format is that of the credential too.
  const isToken = typeof given === 'string' || isEnvelope(given);
  if (isToken !== (query.format === 'jwt_vc_json')) throw refuse(`${query.id}: the credential is of another format`);
  const badge = report.credential;
  if (!badge) {
    const wrong = report.checks.find(({ result }) => result === 'fail' || result === 'unknown');
    throw undecided(wrong, `${query.id}: the badge is not genuine`);
  }
  if (report.profile !== 'openbadge') throw refuse(`${query.id}: the credential is no badge`);
  const holder = presentation?.holder;
  if (bound && (holder === undefined || badge.subjectId !== holder)) {
    throw refuse(`${query.id}: the badge is not of whoever presents it`);
  }
  const shown: Shown = { queryId: query.id, format: query.format, bound, badge };
  return { shown, given, badge: { report, ...(bound ? { holder: holder! } : {}) } };
}

/** Not knowing is not refusing: the same may be sent again. */
function undecided(wrong: { result: string; message: { en: string } } | undefined, what: string): Problem {
  const detail = `${what}: ${wrong?.message.en ?? 'it could not be verified'}`;
  return wrong?.result === 'unknown' ? refuse(detail, 'unavailable', 'temporarily_unavailable') : refuse(detail);
}
