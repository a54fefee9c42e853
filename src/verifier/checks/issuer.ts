import type { WalkResult } from '#accreditation';
import { type Check, check } from '../report.ts';

/**
 * Who is this issuer, by which register. Its DID is proven by the signature; its name in the badge is its own word, so
 * the message never repeats it.
 */
export function checkIssuer(issuer: string, walk: WalkResult, anchors: readonly string[]): Check {
  // Only by whom an anchor vouches for: anybody can list anybody.
  const { listedBy } = walk.atAward;
  const domain = domainOf(issuer);
  const evidence: Record<string, unknown> = { issuer, ...(domain ? { domain } : {}), listedBy };
  if (anchors.includes(issuer)) {
    const message = {
      en: 'The issuer is itself an authority this verifier trusts.',
      fil: 'Ang nagkaloob mismo ay awtoridad na pinagkakatiwalaan ng tagapagpatunay na ito.',
    };
    return check('issuer', 'pass', 'trust_anchor', message, evidence);
  }
  if (listedBy.length > 0) {
    const message = {
      en: 'The issuer is known: it stands in a signed register reached from an authority we trust.',
      fil: 'Kilala ang nagkaloob: nakatala ito sa nilagdaang talaan mula sa awtoridad na pinagkakatiwalaan namin.',
    };
    return check('issuer', 'pass', 'in_register', message, evidence);
  }
  if (walk.unanswered.length > 0) {
    const message = {
      en: 'Who the issuer is could not be found out, because a register did not answer.',
      fil: 'Hindi natiyak kung sino ang nagkaloob, dahil may talaang hindi sumagot.',
    };
    return check('issuer', 'unknown', 'register_unanswered', message, { ...evidence, unanswered: walk.unanswered });
  }
  const message = {
    en: 'No register we trust lists this issuer. What it is called is only its own word.',
    fil: 'Wala sa anumang talaang pinagkakatiwalaan namin ang nagkaloob. Sarili lamang nitong salita ang pangalan nito.',
  };
  return check('issuer', 'warning', 'self_claimed', message, evidence);
}

/** The host that vouches for a did:web or https issuer. */
function domainOf(issuer: string): string | undefined {
  if (issuer.startsWith('did:web:')) return decodeURIComponent(issuer.slice(8).split(':')[0]!);
  return URL.parse(issuer)?.host || undefined;
}
