import { awardFacts, idOf } from '#accreditation';
import type { JsonObject } from '#kernel';
import { ACHIEVEMENT_TEXTS as TEXTS } from '../achievement-words.ts';
import { competenciesOf, creditOf } from '../holding.ts';
import { readPh, strings, type VerifiedBadge } from '../model.ts';
import { type Check, type CheckResult, check } from '../report.ts';
import type { Fetched } from '../session.ts';

/**
 * May this issuer award this achievement at all, by the definition's own list at its own address. Open Badges lets any
 * issuer embed any achievement, so only what the address answers counts; without an answer it is unknown.
 */
export function checkAchievement(
  badge: VerifiedBadge,
  fetched: Fetched | undefined,
  heirs: (owner: string) => ReadonlySet<string> = (owner) => new Set([owner]),
): Check {
  const { achievement, issuer } = badge.model;
  const at: Record<string, unknown> = { achievement: achievement.id };
  const say = (result: CheckResult, code: keyof typeof TEXTS, more: Record<string, unknown> = {}) =>
    check('achievement', result, code, TEXTS[code], { ...at, ...more });

  if (!fetched) return say('unknown', 'not_dereferenceable');
  if (!fetched.ok) return say('unknown', 'definition_unreachable', { reason: fetched.code });
  Object.assign(at, fetched.evidence);
  const definition = fetched.document;
  if (definition.id !== achievement.id) return say('unknown', 'definition_other');
  if (differs(badge, definition)) return say('warning', 'definition_differs', { version: definition.version });

  const owner = idOf(definition.creator) ?? (typeof definition.owner === 'string' ? definition.owner : undefined);
  const permitted = definition.permittedIssuers ?? undefined;
  if (permitted === undefined && owner === undefined) return say('unknown', 'not_stated');
  if (owner === issuer.id) return say('pass', 'own_definition', { definedBy: owner });
  const named = strings(permitted);
  const inherits = (owners: readonly string[]) => owners.some((one) => heirs(one).has(issuer.id));
  if (owner !== undefined && inherits([owner])) return say('pass', 'own_by_succession', { definedBy: owner });
  if (named.includes(issuer.id) || inherits(named)) {
    // The permission is for what the owner published; of another version it is not known that it was.
    if (achievement.version !== definition.version) return say('unknown', 'definition_other_version');
    return say('pass', named.includes(issuer.id) ? 'permitted' : 'permitted_by_succession', { definedBy: owner });
  }
  // A definition that only names its creator has not said who else may award it.
  if (permitted === undefined) return say('unknown', 'other_creator', { definedBy: owner });
  return say('fail', 'not_permitted', { definedBy: owner, permittedIssuers: strings(permitted).slice(0, 50) });
}

/** The same version must say the same, in everything that counts: what is signed must be what the owner published. */
function differs(badge: VerifiedBadge, definition: JsonObject): boolean {
  const embedded = badge.model.achievement;
  if (embedded.version !== definition.version) return false;
  const stated = badge.awardType !== undefined || badge.pqfLevel !== undefined || badge.regime !== undefined;
  return (
    embedded.name !== definition.name ||
    (stated && claimsAnother(embedded.document, definition)) ||
    claimsOther(competenciesOf(embedded.document), competenciesOf(definition)) ||
    claimsOther(creditTexts(embedded.document), creditTexts(definition))
  );
}

/**
 * Everything a scope is held against, and the rule set that says who else is asked, is the definition's to say: what an
 * issuer could choose itself would fit any accreditation. What the badge leaves out matches no limit.
 */
function claimsAnother(embedded: JsonObject, definition: JsonObject): boolean {
  const [claimed, said] = [readPh(embedded), readPh(definition)];
  if (claimed.regime !== said.regime) return true;
  if (claimed.awardType !== said.awardType || claimed.pqfLevel !== said.pqfLevel) return true;
  const published: Record<string, unknown> = { ...awardFacts(definition) };
  return Object.entries(awardFacts(embedded)).some(
    ([fact, value]) => JSON.stringify(value) !== JSON.stringify(published[fact]),
  );
}

/** A badge without the extension claims nothing and leaves it to the definition. */
function claimsOther(claimed: readonly string[], published: readonly string[]): boolean {
  return claimed.length > 0 && JSON.stringify(claimed.toSorted()) !== JSON.stringify(published.toSorted());
}

const creditTexts = (definition: JsonObject): string[] =>
  Object.entries(creditOf(definition)).map(([system, sum]) => `${sum} ${system}`);
