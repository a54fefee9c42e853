import { isObject, type JsonObject, parseDateTimeStamp, sha256Hex } from '#kernel';
import { strings, type VerifiedBadge } from './model.ts';
import type { Check } from './report.ts';
import type { Session } from './session.ts';

/** A document with what was found of its shape and proof; `badge` when both hold. */
export interface Judged {
  /** Exactly as it was fetched or given. */
  text: () => string;
  /** `document` and `proof`. */
  checks: Check[];
  /** Whether both hold, whatever kind of credential it is. */
  holds: boolean;
  /** Whether members may be hidden: see `isPartial`. */
  partial: boolean;
  badge?: VerifiedBadge;
}

/**
 * `1EdTechCredentialRefresh` (Open Badges 3.0, 8.2 step 3): the issuer may have a newer version of a badge whose proof
 * holds. It is fetched and judged once; its own refresh service is not followed. It takes the place of the badge only
 * where it is the same badge: same id, issuer and subject, and not older, so that nobody can serve an older version
 * again. Whatever goes wrong is never fatal: the badge at hand is judged, and the evidence says why.
 * @param judge document and proof of what was fetched, as of the badge at hand
 */
export async function refreshed(
  held: Judged & { badge: VerifiedBadge },
  judge: (document: JsonObject, text: () => string) => Promise<Judged>,
  session: Session,
): Promise<Judged> {
  const service = [held.badge.document.refreshService]
    .flat()
    .filter(isObject)
    .find(({ type }) => strings(type).includes('1EdTechCredentialRefresh'));
  if (!service) return held;
  if (typeof service.id !== 'string') return said(held, { used: false, code: 'refresh_malformed' });
  const fetched = await session.json(service.id);
  if (!fetched.ok) return said(held, { used: false, code: `refresh_${fetched.code}`, url: service.id });
  const { url, fetchedAt } = fetched.evidence;
  const evidence = { url, fetchedAt, original: sha256Hex(held.text()), refreshed: sha256Hex(fetched.text()) };
  if (evidence.original === evidence.refreshed) return said(held, { used: false, code: 'refresh_same', ...evidence });
  const newer = await judge(fetched.document, fetched.text);
  const code = whyNot(held.badge, newer.badge);
  if (code !== undefined) return said(held, { used: false, code, ...evidence });
  return said(newer, { used: true, ...evidence });
}

/** @returns the code of what makes it not a newer version of this badge */
function whyNot(held: VerifiedBadge, newer: VerifiedBadge | undefined): string | undefined {
  if (!newer) return 'refresh_not_genuine';
  const [a, b] = [held.model, newer.model];
  if (a.id !== b.id) return 'refresh_other_id';
  if (a.issuer.id !== b.issuer.id) return 'refresh_other_issuer';
  if (a.subject.id !== b.subject.id) return 'refresh_other_subject';
  const [from, since] = [parseDateTimeStamp(a.validFrom), parseDateTimeStamp(b.validFrom)];
  return from && since && since >= from ? undefined : 'refresh_older';
}

const REFRESHED = {
  en: 'The issuer has a newer version of this badge, and that one was judged. Ask its holder for it.',
  fil: 'May mas bagong bersiyon ng badge na ito ang nagkaloob, at iyon ang sinuri. Hingin iyon sa may-ari.',
};

/** Told in the check of the document: a newer one in its place is something to know. */
function said(judged: Judged, refresh: Record<string, unknown>): Judged {
  const checks = judged.checks.map((one): Check => {
    if (one.check !== 'document') return one;
    const evidence = { ...one.evidence, refresh };
    if (!refresh.used || one.result !== 'pass') return { ...one, evidence };
    return { ...one, result: 'warning', code: 'refreshed', message: REFRESHED, evidence };
  });
  return { ...judged, checks };
}
