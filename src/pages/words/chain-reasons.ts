import type { ChainReason, DimensionName } from '#accreditation';
import type { Text } from '#kernel';
import { DIMENSION } from './scope.ts';

/** Why one grant did not count, as a sentence. */
const REASONS: Readonly<Record<Exclude<ChainReason, `scope_${string}`> | 'scope_empty', Text>> = {
  verb: {
    en: 'It is a listing, an approval or an endorsement, not an accreditation.',
    fil: 'Pagkakatala, pag-apruba o pag-endoso ito, hindi akreditasyon.',
  },
  role: { en: 'It is for another role.', fil: 'Para ito sa ibang tungkulin.' },
  scope_empty: {
    en: 'It states no scope, so it covers nothing.',
    fil: 'Walang nakasaad na saklaw, kaya wala itong sinasaklaw.',
  },
  not_recorded: { en: 'It had not been recorded at that time.', fil: 'Hindi pa ito nakatala sa panahong iyon.' },
  not_yet: { en: 'It was not in force yet.', fil: 'Wala pa itong bisa noon.' },
  suspended: { en: 'It was suspended then.', fil: 'Suspendido ito noon.' },
  expired: { en: 'It had ended before.', fil: 'Nagwakas na ito bago niyon.' },
  withdrawn: { en: 'It had been withdrawn before.', fil: 'Binawi na ito bago niyon.' },
  superseded: { en: 'A later grant had taken its place.', fil: 'Napalitan na ito ng mas bagong pagkakaloob.' },
  annulled: { en: 'It was declared void for that time.', fil: 'Idineklara itong walang-bisa para sa panahong iyon.' },
  closed: {
    en: 'The institution had merged or closed before.',
    fil: 'Nakiisa o nagsara na ang institusyon bago niyon.',
  },
  self_granted: { en: 'The institution granted it to itself.', fil: 'Ipinagkaloob ito ng institusyon sa sarili.' },
  wider_than_parent: {
    en: 'It gives more than its authority was itself given.',
    fil: 'Higit ito sa ibinigay sa mismong awtoridad.',
  },
  loop: {
    en: 'The authorities above it only vouch for one another.',
    fil: 'Ang mga awtoridad sa itaas nito ay nagpapatunay lamang sa isa’t isa.',
  },
  too_deep: {
    en: 'It stands too many steps below an authority that is trusted here.',
    fil: 'Napakalayo nito sa awtoridad na pinagkakatiwalaan dito.',
  },
  delegation_depth: {
    en: 'The authority above did not allow its right to be handed on so far.',
    fil: 'Hindi ipinahintulot ng awtoridad sa itaas na maipasa ang karapatan nito nang ganito kalayo.',
  },
  no_parent: {
    en: 'No authority that is trusted here stands above it.',
    fil: 'Walang awtoridad sa itaas nito na pinagkakatiwalaan dito.',
  },
  parent_verb: { en: 'What stands above it is not an accreditation.', fil: 'Hindi akreditasyon ang nasa itaas nito.' },
  parent_not_recorded: {
    en: 'The right of its authority had not been recorded at that time.',
    fil: 'Hindi pa nakatala noon ang karapatan ng awtoridad nito.',
  },
  parent_not_yet: {
    en: 'The right of its authority was not in force yet.',
    fil: 'Wala pang bisa noon ang karapatan ng awtoridad nito.',
  },
  parent_suspended: {
    en: 'The right of its authority was suspended then.',
    fil: 'Suspendido noon ang karapatan ng awtoridad nito.',
  },
  parent_expired: {
    en: 'The right of its authority had ended before.',
    fil: 'Nagwakas na noon ang karapatan ng awtoridad nito.',
  },
  parent_withdrawn: {
    en: 'The right of its authority had been withdrawn before.',
    fil: 'Binawi na noon ang karapatan ng awtoridad nito.',
  },
  parent_superseded: {
    en: 'The right of its authority had been replaced by another.',
    fil: 'Napalitan na noon ng iba ang karapatan ng awtoridad nito.',
  },
  parent_annulled: {
    en: 'The right of its authority was declared void for that time.',
    fil: 'Idineklarang walang-bisa ang karapatan ng awtoridad nito para sa panahong iyon.',
  },
  parent_closed: {
    en: 'Its authority had merged or closed before.',
    fil: 'Nakiisa o nagsara na noon ang awtoridad nito.',
  },
  recorded_too_late: {
    en: 'The award was recorded too long after its date, when this no longer held.',
    fil: 'Naitala ang gawad nang napakatagal matapos ang petsa nito, noong wala na itong bisa.',
  },
};

const NOT_COVERED: Text = {
  en: 'It does not cover this award: {what}.',
  fil: 'Hindi nito saklaw ang gawad na ito: {what}.',
};

/** @returns undefined for a reason without words: its code is then all there is */
export function chainReason(reason: string): Text | undefined {
  if (Object.hasOwn(REASONS, reason)) return REASONS[reason as keyof typeof REASONS];
  const name = dimensionOf(reason);
  if (!name) return undefined;
  const { en, fil } = DIMENSION[name];
  return {
    en: NOT_COVERED.en.replace('{what}', () => lowerFirst(en)),
    fil: NOT_COVERED.fil.replace('{what}', () => lowerFirst(fil)),
  };
}

/** `scope_award_type` is about `awardType`; the level range is called after the level. */
function dimensionOf(reason: string): DimensionName | undefined {
  if (!reason.startsWith('scope_')) return undefined;
  const name = reason.slice('scope_'.length).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const dimension = name === 'pqfLevel' ? 'pqfLevelRange' : name;
  return Object.hasOwn(DIMENSION, dimension) ? (dimension as DimensionName) : undefined;
}

const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
