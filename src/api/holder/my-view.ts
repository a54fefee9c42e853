import type { HolderBadge, HolderIdentifier, HolderSessionRecord } from '#holders';
import type { MyBadge, MyIdentifier, MyPage, MyWard } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { shownHost } from './hosts.ts';
import { importsShown } from './imports.ts';
import { shownBadge } from './shown-badge.ts';
import { shownConnection } from './shown-connection.ts';

/** Badges shown, and of these verified anew: the others say their status and lead to their page. */
const SHOWN = 100;
const VERIFIED = 20;
const PATHWAYS = 50;

type SessionView = NonNullable<MyPage['session']>;

/** What the page shows of a session: badges, whom it acts for, what was brought, who was let in. */
export function mySession(deps: ApiDeps): (session: HolderSessionRecord, token: string) => Promise<SessionView> {
  const { holders, reader, publicUrl } = deps;
  const imported = importsShown(deps, SHOWN);

  async function sessionOf(session: HolderSessionRecord, token: string): Promise<SessionView> {
    const found = await holders.badges(token);
    const shown = await Promise.all(
      found.slice(0, SHOWN).map(async (badge, index) => ({ badge, page: await badgeOf(badge, index < VERIFIED) })),
    );
    const { items } = await reader.pathways(undefined, { limit: PATHWAYS });
    return {
      expiresAt: session.expiresAt,
      identifiers: await Promise.all(session.identifiers.map(identifierOf)),
      badges: shown.flatMap(({ badge, page }) => (badge.as === 'guardian' ? [] : [page])),
      wards: wardsOf(shown),
      more: Math.max(0, found.length - SHOWN),
      ...(await imported(session.identifiers)),
      hosts: (await deps.consumer.list(session.identifiers)).map(shownHost),
      connections: (await deps.oauth.connections.list(session.identifiers)).map(shownConnection),
      pathways: items.map(({ pathwayId, signed }) => ({
        url: `${publicUrl}/pathways/${pathwayId}`,
        name: String((JSON.parse(signed) as { name?: string }).name ?? pathwayId),
      })),
    };
  }

  async function identifierOf({ kind, value, vouchedBy }: HolderIdentifier): Promise<MyIdentifier> {
    if (vouchedBy === undefined) return { kind, value };
    return { kind, value, institution: (await deps.institutions.get(vouchedBy))?.profile.name ?? vouchedBy };
  }

  async function badgeOf(badge: HolderBadge, verified: boolean): Promise<MyBadge> {
    const { row, name, issuerName, issuerSlug, awardedDate, signed } = await shownBadge(badge.credentialId, deps);
    const report = verified ? await deps.verifier.verify({ text: signed }) : undefined;
    return {
      ...{ id: badge.credentialId, name, issuerName, issuerSlug, awardedDate, state: badge.state },
      ...(badge.as === 'minor' && badge.ward ? { guardianUntil: badge.ward.until } : {}),
      boundBy: await identifierOf(badge.boundBy),
      release: await deps.releases.of(row),
      ...(report ? { verdict: { verdict: report.verdict, sentence: report.sentence } } : {}),
    };
  }

  return sessionOf;
}

/** Whom the session acts for, with their badges. */
function wardsOf(shown: readonly { badge: HolderBadge; page: MyBadge }[]): MyWard[] {
  const wards = new Map<string, MyWard & { badges: MyBadge[] }>();
  for (const { badge, page } of shown) {
    if (badge.as !== 'guardian' || !badge.ward) continue;
    const { wardId: id, ...ward } = badge.ward;
    const known = wards.get(id) ?? { id, ...ward, badges: [] };
    known.badges.push(page);
    wards.set(id, known);
  }
  return [...wards.values()];
}
