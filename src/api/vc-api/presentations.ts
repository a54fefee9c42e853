import { fieldProblem, type JsonObject, LIMITS } from '#kernel';
import { outlineOf, type PresentationVerified } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { assertEnvelope } from './envelope.ts';
import { type Outcome, outcomeOf, presentationOutcome, problemDetail, type ReturnOptions, shown } from './outcome.ts';
import { sendVerified } from './verify.ts';

interface PresentationRequest {
  verifiablePresentation?: JsonObject;
  presentation?: JsonObject;
  options?: ReturnOptions & { challenge?: string; domain?: string; returnPresentation?: boolean; checks?: string[] };
}

/**
 * VCALM "Verify Presentation". A challenge of this service is used up by the presentation that answers it, and by no other:
 * it is looked at before anything is verified, and taken after, so that a presentation that fails takes nothing away.
 */
export function vcApiPresentations({
  verifier,
  challenges,
}: Pick<ApiDeps, 'verifier' | 'challenges'>): Handlers<'vcApiVerifyPresentation'> {
  return {
    async vcApiVerifyPresentation(request, reply) {
      const body = request.body as PresentationRequest;
      const { options = {} } = body;
      const [member, document] =
        body.verifiablePresentation === undefined
          ? (['presentation', body.presentation!] as const)
          : (['verifiablePresentation', body.verifiablePresentation] as const);
      assertEnvelope(document, 'presentation', `/${member}`);
      const { challenges: answered, count } = outlineOf(document);
      assertSize(count, `/${member}`);
      // One of ours counts even where only the proof or the token names it: who forgets to repeat it is not open to a replay.
      const ours = [options.challenge, ...answered].find((one) => one && challenges.isOurs(one));
      const challenge = options.challenge ?? ours;
      const asked = {
        presentation: document,
        ...(challenge === undefined ? {} : { challenge }),
        ...(options.domain === undefined ? {} : { domain: options.domain }),
      };
      if (ours !== undefined && !(await challenges.isOpen(ours))) return sendVerified(reply, refusedChallenge(options));
      const found = await verifier.verifyPresentation(asked);
      const { outcome, credentials } = judge(found);
      if (outcome.verified && ours !== undefined && !(await challenges.use(ours))) {
        return sendVerified(reply, refusedChallenge(options));
      }
      return sendVerified(reply, {
        ...shown(outcome, found, options),
        credentials,
        ...(options.returnPresentation && outcome.verified ? { presentation: document } : {}),
      });
    },
  };
}

/** @throws Problem `payload-too-large` */
function assertSize(count: number, pointer: string): void {
  if (count <= LIMITS.presentationCredentials) return;
  const detail = `a presentation holds at most ${LIMITS.presentationCredentials} credentials here`;
  throw fieldProblem('payload-too-large', `${pointer}/verifiableCredential`, detail);
}

/** The presentation and everything in it: one credential that does not verify, and it does not. */
function judge({ presentation, credentials }: PresentationVerified) {
  const own = presentationOutcome(presentation.checks);
  const members = credentials.map((report) => outcomeOf(report.checks));
  const all = [own, ...members];
  const outcome: Outcome = {
    verified: all.every(({ verified }) => verified),
    errors: all.flatMap(({ errors }) => errors),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
  return { outcome, credentials: members };
}

function refusedChallenge(options: ReturnOptions) {
  const message = 'The challenge was not made here, was used already, or is older than five minutes.';
  const error = problemDetail({ check: 'proof', result: 'fail', code: 'challenge_used', message: { en: message } });
  return { ...shown({ verified: false, errors: [error], warnings: [] }, {}, options), credentials: [] };
}
