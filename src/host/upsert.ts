import type { Imports } from '#imports';
import { isObject, type JsonObject, LIMITS, Problem, parseStrictJsonBytes, sha256Hex } from '#kernel';
import type { ConnectionRecord } from '#oauth';

export interface Upsert {
  bytes: Uint8Array;
  /** As it was sent, without parameters. */
  mediaType: string;
  /** Site of the platform. */
  address?: string;
}

/** `older`: a later edition is here, and nothing was changed. */
export type UpsertOutcome = 'created' | 'replaced' | 'older';

/** Text of a badge of this service by its address; undefined for anything else. */
export type OwnText = (credentialId: string) => Promise<string | undefined>;

/**
 * OB 3.0, 6.2.3 and 10. What is no badge, or not valid, is refused; of two editions the later `validFrom` is current; what was
 * sent is kept byte for byte. A badge of this service that comes back as it was released is here already.
 * @throws Problem `malformed-json`, `invalid-request`, and as `Imports.take`
 */
export async function upsert(
  { imports, ownText }: { imports: Pick<Imports, 'take'>; ownText: OwnText },
  { connectionId, identifiers }: ConnectionRecord,
  { bytes, mediaType, address }: Upsert,
): Promise<UpsertOutcome> {
  const document = readBadge(bytes, mediaType);
  const { id } = document;
  if (typeof id === 'string' && (await ownText(id)) === Buffer.from(bytes).toString('utf8')) return 'replaced';
  const { outcome, imported } = await imports.take({
    ...{ holder: identifiers, brought: { bytes, mediaType }, source: 'api', actor: `connection:${connectionId}` },
    ...(address === undefined ? {} : { address }),
  });
  if (outcome !== 'not_newer') return outcome;
  return imported.receivedSha256 === sha256Hex(bytes) ? 'replaced' : 'older';
}

const JWS = /^[a-zA-Z0-9_-]+\.([a-zA-Z0-9_-]*)\.[a-zA-Z0-9_-]+$/;
const TYPES = ['AchievementCredential', 'OpenBadgeCredential'];

/** What it says of itself, of which nothing was checked yet: that it is of the form its media type names. */
function readBadge(bytes: Uint8Array, mediaType: string): JsonObject {
  const limits = { bytes: LIMITS.jsonBytes, keys: LIMITS.jsonKeys };
  if (mediaType !== 'text/plain') return badgeOf(parseStrictJsonBytes(bytes, limits));
  const [, payload = ''] = JWS.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  if (payload === '')
    throw new Problem('invalid-request', 'text/plain must be a badge as a compact JWS and nothing else');
  const claims = parseStrictJsonBytes(Buffer.from(payload, 'base64url'), limits);
  // VC 1.1 wraps the credential.
  return badgeOf(isObject(claims) && isObject(claims.vc) ? { id: claims.jti, ...claims.vc } : claims);
}

function badgeOf(document: unknown): JsonObject {
  const type = isObject(document) ? [document.type].flat() : [];
  if (isObject(document) && type.some((one) => typeof one === 'string' && TYPES.includes(one))) return document;
  throw new Problem('invalid-request', `a badge of Open Badges 3.0 has the type ${TYPES.join(' or ')}`, {
    errors: [{ pointer: '/type', detail: 'is no badge of Open Badges 3.0' }],
  });
}
