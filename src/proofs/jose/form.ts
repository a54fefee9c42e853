import { isObject, type Json, type JsonObject } from '#kernel';
import { baseContext } from './document.ts';
import type { JwtForm } from './ports.ts';
import { refuse } from './refusal.ts';

/** What a `typ` allows the token to be. `JWT` and no `typ` leave it to the payload. */
const TYPES: Readonly<Record<string, readonly JwtForm[]>> = {
  jwt: ['ob-jwt', 'vc+jwt', 'vc-claim-jwt', 'vp+jwt', 'vp-claim-jwt', 'vc+sd-jwt', 'vp+sd-jwt'],
  'vc+jwt': ['vc+jwt'],
  'vp+jwt': ['vp+jwt'],
  'vc+sd-jwt': ['vc+sd-jwt'],
  'vp+sd-jwt': ['vp+sd-jwt'],
  'sd-jwt': ['vc+sd-jwt', 'vp+sd-jwt'],
};
const OPEN_BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential', 'ClrCredential'];

/**
 * Which form a token has, by header and payload together; they must agree.
 * @param selective whether it came with `~` (RFC 9901, 4)
 * @throws Problem `invalid-request`
 */
export function formOf(header: JsonObject, claims: JsonObject, selective: boolean): JwtForm {
  const typ = mediaName(header.typ);
  const allowed = Object.hasOwn(TYPES, typ) ? TYPES[typ]! : undefined;
  if (!allowed) throw refuse('unknown_typ', `tokens of the type ${shown(header.typ)} are not read`);
  if (header.cty !== undefined && mediaName(header.cty) === 'jwt') {
    throw refuse('nested', 'the token holds another token; nested tokens are not read');
  }
  const form = selective ? selectiveForm(claims) : plainForm(claims, typ);
  if (!allowed.includes(form))
    throw refuse('unknown_typ', `a token of the type ${shown(header.typ)} cannot be ${form}`);
  return form;
}

function selectiveForm(claims: JsonObject): JwtForm {
  refuseClaimForm(claims, 'a token with disclosures');
  return isPresentation(claims) ? 'vp+sd-jwt' : 'vc+sd-jwt';
}

function plainForm(claims: JsonObject, typ: string): JwtForm {
  const inClaim = claimForm(claims);
  if (inClaim) {
    if (typ !== 'jwt') refuseClaimForm(claims, `a token of the type ${typ}`);
    return inClaim;
  }
  if (baseContext(claims) === 'v1') {
    throw refuse('claim_and_context', 'a credential of version 1.1 stands in the claim "vc" of its token');
  }
  if (isPresentation(claims)) return 'vp+jwt';
  // VC-JOSE-COSE 3.1.1 only recommends `typ`; Open Badges 8.2.4.2 has stricter rules for tokens that look like this.
  return typ === 'jwt' && hasType(claims, OPEN_BADGE_TYPES) ? 'ob-jwt' : 'vc+jwt';
}

/** VCDM 1.1 puts the document in a claim; VC-JOSE-COSE 3.1.1 forbids that for version 2. */
function claimForm(claims: JsonObject): JwtForm | undefined {
  if (!('vc' in claims) && !('vp' in claims)) return undefined;
  if ('vc' in claims && 'vp' in claims) throw refuse('claim_and_context', 'a token has either "vc" or "vp"');
  for (const name of ['@context', 'type', 'credentialSubject', 'issuer', 'verifiableCredential', 'holder']) {
    if (name in claims) throw refuse('claim_and_context', `"${name}" stands beside the claim that holds the document`);
  }
  const [name, form] = 'vc' in claims ? (['vc', 'vc-claim-jwt'] as const) : (['vp', 'vp-claim-jwt'] as const);
  const inside = claims[name];
  if (!isObject(inside)) throw refuse('not_a_credential', `the claim "${name}" is not a JSON object`);
  if (baseContext(inside) !== 'v1') {
    throw refuse('claim_and_context', `only documents of version 1.1 stand in the claim "${name}"`);
  }
  return form;
}

function refuseClaimForm(claims: JsonObject, what: string): void {
  for (const name of ['vc', 'vp']) {
    if (name in claims) throw refuse('claim_and_context', `${what} has no claim "${name}"`);
  }
}

const isPresentation = (claims: JsonObject): boolean => hasType(claims, ['VerifiablePresentation']);

function hasType({ type }: JsonObject, names: readonly string[]): boolean {
  return (Array.isArray(type) ? type : [type]).some((one) => names.includes(one as string));
}

/** RFC 7515, 4.1.9: compared without case, `application/` left out; nothing is `JWT` (RFC 7519, 5.1). */
function mediaName(value: Json | undefined): string {
  if (value === undefined) return 'jwt';
  return typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : '';
}

const shown = (value: Json | undefined): string => JSON.stringify(value ?? null).slice(0, 60);
