import { SELF_CONTAINED } from '#identifiers';
import { fieldProblem, isObject, type JsonObject, Problem } from '#kernel';
import { outlineOf, type Verifier } from '#verifier';

const AT = '/verifiablePresentation';

/**
 * Who signed this presentation for this question.
 * @throws Problem `invalid-request` at the presentation, with the code of the check that failed
 */
export async function proveHolder(
  verifyPresentation: Verifier['verifyPresentation'],
  presentation: JsonObject,
  bound: { challenge: string; domain: string },
): Promise<string> {
  const named = isObject(presentation.holder) ? presentation.holder.id : presentation.holder;
  // Before anything is looked up on its word, or on that of a token or a proof which names nobody else.
  const { controller = '' } = outlineOf(presentation);
  if (named !== undefined && (typeof named !== 'string' || !SELF_CONTAINED.test(named))) {
    throw fieldProblem('invalid-request', `${AT}/holder`, 'must be a did:key or did:jwk', 'holder_method');
  }
  if (controller !== '' && !SELF_CONTAINED.test(controller)) {
    throw fieldProblem('invalid-request', AT, 'must be signed by a did:key or did:jwk', 'holder_method');
  }
  const { presentation: report } = await verifyPresentation({
    ...{ presentation, ...bound, verifyCredentials: false },
  }).catch((cause: unknown) => {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem('invalid-request', `the presentation cannot be read: ${cause.message}`, {
      cause,
      errors: [{ pointer: AT, detail: cause.message, code: 'unreadable' }],
    });
  });
  if (report.verdict === 'valid' && report.holder !== undefined && SELF_CONTAINED.test(report.holder))
    return report.holder;
  const fault = report.checks.find(({ result }) => result === 'fail' || result === 'unknown');
  const code = fault?.code ?? 'not_signed';
  throw fieldProblem('invalid-request', AT, fault?.message.en ?? 'no holder has signed it', code);
}
