import { type ConnectedPlatform, OB_SCOPES, type ObScope } from '#oauth';
import type { MyConnection, PlatformMay } from '#pages';

/** What scopes are called on pages. */
export const mayOf = (scopes: readonly ObScope[]): PlatformMay[] =>
  (Object.keys(OB_SCOPES) as PlatformMay[]).filter((name) => scopes.includes(OB_SCOPES[name]));

/** As the learner sees an application that they let in. */
export const shownConnection = (connection: ConnectedPlatform): MyConnection => {
  const { connectionId: id, platform, scopes, createdAt: since, expiresAt: until } = connection;
  const { hostname: host } = new URL(platform.client_uri);
  return { id, name: platform.client_name, host, may: mayOf(scopes), since, until };
};
