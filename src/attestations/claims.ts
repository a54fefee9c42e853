import { formatInstant, isDay, isDid, isIdentifier, isWebAddress, LIMITS, textFault } from '#kernel';
import type { CborMap, CborValue } from '#proofs';
import type { Statement } from './model.ts';

/** Labels, as README.md lists them. */
const [ISS, SUB, IAT, OF_BADGE] = [1, 2, 6, -65_537];
const [SHA256, ACHIEVEMENT, NAME, AWARDED, RECIPIENT, STATUS, SPECIMEN, UNTIL] = [1, 2, 3, 4, 5, 6, 7, 8];
const STATUSES = ['active', 'suspended', 'revoked'] as const;

/** In the order in which the deterministic encoding has them. */
export function claimsOf(statement: Statement): CborMap {
  const { recipient, specimen, validUntil } = statement;
  const badge: [number, CborValue | undefined][] = [
    [SHA256, Buffer.from(statement.sha256, 'hex')],
    [ACHIEVEMENT, statement.achievement],
    [NAME, statement.name],
    [AWARDED, statement.awarded],
    [RECIPIENT, recipient],
    [STATUS, STATUSES.indexOf(statement.status)],
    [SPECIMEN, specimen || undefined],
    [UNTIL, validUntil === undefined ? undefined : seconds(validUntil)],
  ];
  return new Map<number, CborValue>([
    [ISS, statement.issuer],
    [SUB, statement.badge],
    [IAT, seconds(statement.asOf)],
    [OF_BADGE, new Map(badge.filter((entry): entry is [number, CborValue] => entry[1] !== undefined))],
  ]);
}

/** @throws RangeError for anything that `claimsOf` does not make: what is not understood is not passed over */
export function statementOf(claims: CborMap): Statement {
  const all = taker(claims);
  const badge = all(OF_BADGE, isMap);
  const of = taker(badge);
  const statement: Statement = {
    issuer: all(ISS, isWebDid),
    badge: all(SUB, isAddress),
    asOf: instant(all(IAT, isSeconds)),
    sha256: Buffer.from(of(SHA256, isDigest)).toString('hex'),
    achievement: of(ACHIEVEMENT, isId),
    name: of(NAME, isName),
    awarded: of(AWARDED, isDay),
    status: STATUSES[of(STATUS, isStatus)]!,
    specimen: badge.has(SPECIMEN) && of(SPECIMEN, isTrue),
    ...(badge.has(RECIPIENT) ? { recipient: of(RECIPIENT, isName) } : {}),
    ...(badge.has(UNTIL) ? { validUntil: instant(of(UNTIL, isSeconds)) } : {}),
  };
  all.nothingElse();
  of.nothingElse();
  return statement;
}

/** Takes members out of a map one by one. */
function taker(map: CborMap) {
  const taken = new Set<number>();
  const take = <T>(label: number, good: (value: unknown) => value is T): T => {
    taken.add(label);
    const value: unknown = map.get(label);
    if (!good(value)) throw new RangeError(`claim ${label} is missing or cannot be read`);
    return value;
  };
  return Object.assign(take, {
    nothingElse() {
      if (taken.size !== map.size) throw new RangeError('it has a claim that is not known here');
    },
  });
}

/** Of the year 10000. */
const MAX_SECONDS = 253_402_300_800;

const isMap = (value: unknown): value is CborMap => value instanceof Map;
const isTrue = (value: unknown): value is true => value === true;
const isWebDid = (value: unknown): value is string => isDid(value) && value.startsWith('did:web:');
const isAddress = (value: unknown): value is string => typeof value === 'string' && isWebAddress(value);
const isId = (value: unknown): value is string => typeof value === 'string' && isIdentifier(value);
const isDigest = (value: unknown): value is Uint8Array => value instanceof Uint8Array && value.length === 32;
const isStatus = (value: unknown): value is number => typeof value === 'number' && STATUSES[value] !== undefined;
const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < MAX_SECONDS;
/** Nobody's terminal or page is to be turned round by a name. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && textFault(value, LIMITS.nameChars) === undefined;

const seconds = (at: string): number => Math.floor(Date.parse(at) / 1_000);
const instant = (at: number): string => formatInstant(new Date(at * 1_000));
