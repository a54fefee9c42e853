import type { Answer } from '#accreditation';
import { type Text, unreachable } from '#kernel';
import type { Check, CheckName, CheckResult, Profile, Recognition, StandingReason, Verdict } from './report.ts';

/** A failure of one of these makes the document invalid, and not knowing one leaves it undetermined. */
export const DECISIVE: readonly CheckName[] = ['proof', 'document', 'status', 'validity', 'recipient'];

export interface StandingFacts {
  atAward: Answer;
  now: Answer;
  /** Result of the check `achievement`. */
  permitted: CheckResult;
}

/** `invalid` if a decisive check fails, else `undetermined` if one is unknown, else `valid`. A warning is not a failure. */
export function decideVerdict(checks: readonly Pick<Check, 'check' | 'result'>[]): Verdict {
  const results = DECISIVE.map((name) => {
    const found = checks.find((one) => one.check === name);
    // A decisive check that was never made is not known; only `not_applicable` may say that it need not be.
    return found ? found.result : 'unknown';
  });
  if (results.includes('fail')) return 'invalid';
  // The two that every document must pass: not applicable is no way around them.
  const mandatory = checks.filter((one) => one.check === 'proof' || one.check === 'document');
  if (results.includes('unknown') || mandatory.some((one) => one.result === 'not_applicable')) return 'undetermined';
  return 'valid';
}

/** @param facts absent when standing was not looked into, because the proof does not hold */
export function decideStanding(facts: StandingFacts | undefined): { recognition: Recognition; reason: StandingReason } {
  if (!facts) return { recognition: 'not_shown', reason: 'not_asked' };
  if (facts.atAward === 'no') return { recognition: 'not_recognised', reason: 'not_accredited' };
  if (facts.permitted === 'fail') return { recognition: 'not_recognised', reason: 'not_permitted' };
  if (facts.atAward === 'unknown') return { recognition: 'not_shown', reason: 'register_unanswered' };
  if (facts.atAward === 'not_covered') return { recognition: 'not_shown', reason: 'not_covered' };
  if (facts.atAward !== 'yes') return unreachable(facts.atAward, 'answer');
  if (facts.permitted !== 'pass') return { recognition: 'not_shown', reason: 'permission_unknown' };
  return { recognition: 'recognised', reason: facts.now === 'no' ? 'accredited_then_not_now' : 'accredited' };
}

const STANDING: Record<Exclude<StandingReason, 'not_asked'>, Text> = {
  accredited: {
    en: 'the issuer was accredited for this award when it was made',
    fil: 'akreditado ang nagkaloob para sa gawad na ito nang ibigay ito',
  },
  accredited_then_not_now: {
    en: 'the issuer was accredited for this award when it was made, though today it no longer is',
    fil: 'akreditado ang nagkaloob para sa gawad na ito nang ibigay ito, bagaman hindi na ngayon',
  },
  not_accredited: {
    en: 'the issuer was not accredited for this award when it was made',
    fil: 'hindi akreditado ang nagkaloob para sa gawad na ito nang ibigay ito',
  },
  not_permitted: {
    en: 'the definition of this achievement does not permit this issuer to award it',
    fil: 'hindi pinahihintulutan ng depinisyon ng gawad na ito ang nagkaloob na ibigay ito',
  },
  not_covered: {
    en: 'no register we trust covers this award',
    fil: 'walang talaang pinagkakatiwalaan namin ang sumasaklaw sa gawad na ito',
  },
  register_unanswered: {
    en: 'a register that could say whether the issuer was accredited did not answer',
    fil: 'hindi sumagot ang isang talaang makapagsasabi kung akreditado ang nagkaloob',
  },
  permission_unknown: {
    en: 'it could not be found out whether the achievement may be awarded by this issuer',
    fil: 'hindi natiyak kung maaaring ibigay ng nagkaloob ang gawad na ito',
  },
  not_a_badge: {
    en: 'it is a credential of another kind than an Open Badge, so no register was asked about its issuer',
    fil: 'ibang uri ito ng kredensiyal at hindi Open Badge, kaya walang talaang tinanong tungkol sa nagkaloob',
  },
};

const FAILED: Record<string, Text> = {
  proof: {
    en: 'Not genuine: no valid signature of the issuer covers this document, so nothing it says can be relied on',
    fil: 'Hindi tunay: walang wastong lagda ng nagkaloob ang sumasaklaw sa dokumentong ito, kaya walang maaasahan sa sinasabi nito',
  },
  no_issuer: {
    en: 'Not a badge: this document names no issuer, so nothing it says can be relied on',
    fil: 'Hindi ito badge: walang binabanggit na nagkaloob ang dokumentong ito, kaya walang maaasahan sa sinasabi nito',
  },
  no_proof: {
    en: 'Not signed: nobody has signed this document, so nothing it says can be relied on',
    fil: 'Walang lagda: walang lumagda sa dokumentong ito, kaya walang maaasahan sa sinasabi nito',
  },
  document: {
    en: 'Not valid: this is not a well-formed Open Badge',
    fil: 'Hindi wasto: hindi ito maayos na Open Badge',
  },
  revoked: { en: 'Revoked by its issuer', fil: 'Binawi na ng nagkaloob ang badge na ito' },
  suspended: {
    en: 'Suspended by its issuer',
    fil: 'Sinuspinde ng nagkaloob ang badge na ito',
  },
  expired: { en: 'Expired, past its last valid day', fil: 'Lipas na ang bisa ng badge na ito' },
  not_yet_valid: { en: 'Not valid yet, because it begins later', fil: 'Hindi pa nagsisimula ang bisa ng badge na ito' },
  recipient: {
    en: 'Not for this person: the badge belongs to somebody other than the one named',
    fil: 'Hindi para sa taong ito: sa iba pag-aari ang badge at hindi sa pinangalanan',
  },
};

const UNKNOWN: Record<string, Text> = {
  open_badges_2: {
    en: 'Not decided: this is a badge of Open Badges 2.0 or older, which is not verified here; ask for it as Open Badges 3.0',
    fil: 'Hindi pa mapagpasiyahan: badge ito ng Open Badges 2.0 o mas luma, na hindi pinatutunayan dito; humingi ng Open Badges 3.0',
  },
  unsupported: {
    en: 'Not decided: this verifier cannot read this kind of document yet',
    fil: 'Hindi pa mapagpasiyahan: hindi pa nababasa ng tagapagpatunay na ito ang ganitong uri ng dokumento',
  },
  proof: {
    en: 'Not decided: the signature could not be checked',
    fil: 'Hindi pa mapagpasiyahan: hindi nasuri ang lagda',
  },
  status: {
    en: 'Not decided: it is signed by its issuer, but whether it was revoked could not be found out',
    fil: 'Hindi pa mapagpasiyahan: nilagdaan ito ng nagkaloob, ngunit hindi natiyak kung binawi na ito',
  },
  validity: {
    en: 'Not decided: it is signed by its issuer, but it is not shown whether it has ended',
    fil: 'Hindi pa mapagpasiyahan: nilagdaan ito ng nagkaloob, ngunit hindi ipinakikita kung tapos na ang bisa nito',
  },
  recipient: {
    en: 'Not decided: it is signed by its issuer, but the badge does not show whether it belongs to the person named',
    fil: 'Hindi pa mapagpasiyahan: nilagdaan ito ng nagkaloob, ngunit hindi ipinakikita ng badge kung sa taong pinangalanan ito',
  },
  other: {
    en: 'Not decided: something about this document could not be found out',
    fil: 'Hindi pa mapagpasiyahan: may bagay tungkol sa dokumentong ito na hindi natiyak',
  },
};

/**
 * Both answers in one sentence, in one place.
 * @param knownOn day as of which standing was asked about, when it is not today
 * @param about what it is, where it is no award: said instead of standing
 */
export function sentence(
  checks: readonly Check[],
  verdict: Verdict,
  reason: StandingReason,
  specimen: boolean,
  knownOn?: string,
  profile: Profile = 'openbadge',
  about?: Text,
): Text {
  const said = about ? withAbout(leadOf(checks, verdict), about) : plain(checks, verdict, reason, profile);
  const text =
    knownOn === undefined
      ? said
      : { en: `${said.en}, as far as was known on ${knownOn}`, fil: `${said.fil}, ayon sa nalalaman noong ${knownOn}` };
  if (!specimen) return { en: `${text.en}.`, fil: `${text.fil}.` };
  const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);
  return { en: `Specimen: ${lower(text.en)}.`, fil: `Specimen: ${lower(text.fil)}.` };
}

const withAbout = (lead: Text, about: Text): Text => ({
  en: `${lead.en}; ${about.en}`,
  fil: `${lead.fil}; ${about.fil}`,
});

/** The words of a badge, for a credential that is none. */
export function inWordsOf(profile: Profile, { en, fil }: Text): Text {
  if (profile === 'openbadge') return { en, fil };
  return {
    en: en.replace('Open Badge', 'W3C Verifiable Credential').replace(/\bbadge\b/g, 'credential'),
    fil: fil.replace('Open Badge', 'W3C Verifiable Credential').replace(/\bbadge\b/g, 'kredensiyal'),
  };
}

function plain(checks: readonly Check[], verdict: Verdict, reason: StandingReason, profile: Profile): Text {
  const lead = inWordsOf(profile, leadOf(checks, verdict));
  if (reason === 'not_asked') return lead;
  const standing = STANDING[reason];
  if (verdict !== 'valid') return { en: `${lead.en}; ${standing.en}`, fil: `${lead.fil}; ${standing.fil}` };
  const good = reason === 'accredited' || reason === 'accredited_then_not_now';
  return {
    en: `${lead.en}, ${good ? 'and' : 'but'} ${standing.en}`,
    fil: `${lead.fil}, ${good ? 'at' : 'ngunit'} ${standing.fil}`,
  };
}

/** What is to be known of a signature that fits, by the codes of `DOUBTS`: whoever reads one sentence only must not miss it. */
const TO_BE_SAID: ReadonlySet<string> = new Set(['archived_document', 'key_revoked_later', 'key_address_only']);
const isDoubt = ({ check, code }: Check): boolean => check === 'proof' && TO_BE_SAID.has(code);
const DOUBTFUL: Text = {
  en: 'Genuine by its signature, about which there is a doubt',
  fil: 'Tunay ito ayon sa lagda nito, na may pag-aalinlangan',
};

function leadOf(checks: readonly Check[], verdict: Verdict): Text {
  const worst = (result: CheckResult) =>
    // What was not looked into is a consequence, never the reason.
    DECISIVE.map((name) =>
      checks.find((one) => one.check === name && one.result === result && one.code !== 'not_checked'),
    ).find(Boolean);
  switch (verdict) {
    case 'valid':
      return checks.some(isDoubt) ? DOUBTFUL : { en: 'Genuine', fil: 'Tunay ito' };
    case 'invalid': {
      const failed = worst('fail');
      return FAILED[failed?.code ?? ''] ?? FAILED[failed?.check ?? ''] ?? FAILED.document!;
    }
    case 'undetermined': {
      const unknown = worst('unknown');
      if (unknown?.code === 'open_badges_2') return UNKNOWN.open_badges_2!;
      if (unknown?.code.startsWith('unsupported') && unknown.check !== 'status') return UNKNOWN.unsupported!;
      return UNKNOWN[unknown?.check ?? ''] ?? UNKNOWN.other!;
    }
    default:
      return unreachable(verdict, 'verdict');
  }
}
