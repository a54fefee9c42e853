import { idOf } from '#accreditation';
import type { JsonObject, Text } from '#kernel';
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
  const permitted = definition.permittedIssuers;
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
  const theirs = readPh(definition);
  const stated = badge.awardType !== undefined || badge.pqfLevel !== undefined;
  return (
    embedded.name !== definition.name ||
    (stated && (theirs.awardType !== badge.awardType || theirs.pqfLevel !== badge.pqfLevel)) ||
    claimsOther(competenciesOf(embedded.document), competenciesOf(definition)) ||
    claimsOther(creditTexts(embedded.document), creditTexts(definition))
  );
}

/** A badge without the extension claims nothing and leaves it to the definition. */
function claimsOther(claimed: readonly string[], published: readonly string[]): boolean {
  return claimed.length > 0 && JSON.stringify(claimed.toSorted()) !== JSON.stringify(published.toSorted());
}

const creditTexts = (definition: JsonObject): string[] =>
  Object.entries(creditOf(definition)).map(([system, sum]) => `${sum} ${system}`);

const TEXTS = {
  not_dereferenceable: {
    en: 'The achievement has no web address, so its definition cannot be compared.',
    fil: 'Walang adres sa web ang gawad, kaya hindi maihahambing ang depinisyon nito.',
  },
  definition_unreachable: {
    en: 'The definition of the achievement could not be had, so it is not known whether this issuer may award it.',
    fil: 'Hindi nakuha ang depinisyon ng gawad, kaya hindi alam kung maaari itong ibigay ng nagkaloob.',
  },
  definition_other: {
    en: 'The address of the achievement shows another definition.',
    fil: 'Ibang depinisyon ang ipinakikita ng adres ng gawad.',
  },
  definition_differs: {
    en: 'The badge states the achievement differently from its published definition of the same version.',
    fil: 'Iba ang pagkakasabi ng badge sa gawad kumpara sa inilathalang depinisyon ng parehong bersiyon.',
  },
  definition_other_version: {
    en: 'The published definition is of another version, so it is not known whether this one was permitted.',
    fil: 'Ibang bersiyon ang inilathalang depinisyon, kaya hindi alam kung pinahintulutan ang bersiyong ito.',
  },
  not_stated: {
    en: 'The definition does not say who may award it.',
    fil: 'Hindi sinasabi ng depinisyon kung sino ang maaaring magbigay nito.',
  },
  own_definition: {
    en: 'The issuer awards its own achievement.',
    fil: 'Sariling gawad ng nagkaloob ang ibinibigay nito.',
  },
  permitted: {
    en: 'The definition permits this issuer to award it.',
    fil: 'Pinahihintulutan ng depinisyon ang nagkaloob na ibigay ito.',
  },
  own_by_succession: {
    en: 'The issuer awards what it took over from the institution that defined it, as a register we trust says.',
    fil: 'Iginagawad ng nagkaloob ang minana nito sa institusyong lumikha nito, ayon sa talaang pinagkakatiwalaan namin.',
  },
  permitted_by_succession: {
    en: 'The definition permits an institution whose place the issuer has taken, as a register we trust says.',
    fil: 'Pinahihintulutan ng depinisyon ang institusyong pinalitan ng nagkaloob, ayon sa talaang pinagkakatiwalaan namin.',
  },
  other_creator: {
    en: 'Somebody else defined this achievement and has not said that this issuer may award it.',
    fil: 'Iba ang lumikha ng gawad na ito at hindi nito sinabing maaari itong ibigay ng nagkaloob.',
  },
  not_permitted: {
    en: 'The definition does not permit this issuer to award it.',
    fil: 'Hindi pinahihintulutan ng depinisyon ang nagkaloob na ibigay ito.',
  },
} satisfies Record<string, Text>;
