import type { Text } from '#kernel';

/** What the check `achievement` says, by code. */
export const ACHIEVEMENT_TEXTS = {
  not_dereferenceable: {
    en: 'The achievement has no web address, so its definition cannot be compared.',
    fil: 'Walang address sa web ang gawad, kaya hindi maihahambing ang depinisyon nito.',
  },
  definition_unreachable: {
    en: 'The definition of the achievement could not be had, so it is not known whether this issuer may award it.',
    fil: 'Hindi nakuha ang depinisyon ng gawad, kaya hindi alam kung maaari itong ibigay ng nagkaloob.',
  },
  definition_other: {
    en: 'The address of the achievement shows another definition.',
    fil: 'Ibang depinisyon ang ipinakikita ng address ng gawad.',
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
