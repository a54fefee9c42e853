import type { Text } from '#kernel';
import type { AttestationReport, Statement } from './model.ts';

type Signature = AttestationReport['signature'];

const INVALID: Text = {
  en: 'A derived attestation whose signature does not hold: nothing it says can be relied on.',
  fil: 'Hangong patunay na hindi tugma ang lagda: walang maaasahan sa anumang sinasabi nito.',
};

/** By code. */
const UNDETERMINED: Readonly<Record<string, Text>> = {
  key_unknown: {
    en: 'A derived attestation that cannot be checked here: the key of {issuer} is not at hand. Nothing is confirmed.',
    fil: 'Hangong patunay na hindi masuri rito: wala rito ang key ng {issuer}. Walang napatunayan.',
  },
  key_revoked: {
    en: 'A derived attestation by a key that {issuer} has revoked since: who signed it is not certain. Nothing is confirmed.',
    fil: 'Hangong patunay na nilagdaan ng key na binawi na ng {issuer}: hindi tiyak kung sino ang lumagda. Walang napatunayan.',
  },
  not_yet: {
    en: 'A derived attestation of a time that has not come: its clock or the one here is wrong. Nothing is confirmed.',
    fil: 'Hangong patunay na may oras na hindi pa dumarating: mali ang orasan nito o ang narito. Walang napatunayan.',
  },
};

/** Without the name of the badge: its author could end the sentence in words of his own. */
const STATED: Record<Statement['status'] | 'ended', Text> = {
  active: {
    en: 'A derived attestation, not the badge itself: {age}, {issuer} stated that its badge is in force.',
    fil: 'Hangong patunay ito, hindi ang badge mismo: {age}, sinabi ng {issuer} na may bisa ang badge nito.',
  },
  suspended: {
    en: 'A derived attestation, not the badge itself: {age}, {issuer} stated that its badge is suspended.',
    fil: 'Hangong patunay ito, hindi ang badge mismo: {age}, sinabi ng {issuer} na suspendido ang badge nito.',
  },
  revoked: {
    en: 'A derived attestation, not the badge itself: {age}, {issuer} stated that its badge is revoked.',
    fil: 'Hangong patunay ito, hindi ang badge mismo: {age}, sinabi ng {issuer} na binawi na ang badge nito.',
  },
  ended: {
    en: 'A derived attestation, not the badge itself: by what {issuer} stated {age}, its badge has ended since.',
    fil: 'Hangong patunay ito, hindi ang badge mismo: ayon sa sinabi ng {issuer} {age}, lipas na ang badge nito.',
  },
};

const ADVICE = {
  fresh: {
    en: 'The status may have changed since. Check the badge itself at its address when you are online.',
    fil: 'Maaaring nagbago na ang katayuan mula noon. Suriin ang badge mismo sa address nito kapag may internet.',
  },
  revoked: {
    en: 'A revoked badge does not come back. The badge itself is at its address.',
    fil: 'Hindi na bumabalik ang bisa ng binawing badge. Nasa address nito ang badge mismo.',
  },
  old: {
    en: 'This statement is old. Do not rely on it: check the badge itself at its address.',
    fil: 'Luma na ang pahayag na ito. Huwag umasa rito: suriin ang badge mismo sa address nito.',
  },
  invalid: {
    en: 'Ask its holder for the badge itself.',
    fil: 'Hingin sa may-ari ang badge mismo.',
  },
  undetermined: {
    en: 'Check the badge itself at the address it names when you are online.',
    fil: 'Suriin ang badge mismo sa address na binabanggit nito kapag may internet.',
  },
} as const satisfies Record<string, Text>;

/** @param statement present when the signature is valid; @param issuer a name, or the identifier */
export function sentenceFor(
  { signature, code }: Pick<AttestationReport, 'signature' | 'code'>,
  statement: NonNullable<AttestationReport['statement']> | undefined,
  issuer: string,
  now: Date,
): Text {
  if (signature !== 'valid' || !statement) {
    const text = signature === 'invalid' ? INVALID : UNDETERMINED[code];
    if (!text) throw new Error(`no sentence for ${code}`);
    return filled(text, { issuer: same(issuer) });
  }
  const { validUntil, status, specimen, ageDays } = statement;
  const ended = status === 'active' && validUntil !== undefined && Date.parse(validUntil) <= now.getTime();
  const text = filled(STATED[ended ? 'ended' : status], {
    issuer: same(issuer),
    age: ageWords(ageDays),
  });
  return specimen ? { en: `SPECIMEN. ${text.en}`, fil: `SPECIMEN. ${text.fil}` } : text;
}

/** @param statement present when the signature is valid */
export function adviceFor(signature: Signature, statement: AttestationReport['statement']): Text {
  if (signature !== 'valid' || !statement) return ADVICE[signature === 'invalid' ? 'invalid' : 'undetermined'];
  if (statement.status === 'revoked') return ADVICE.revoked;
  return statement.old ? ADVICE.old : ADVICE.fresh;
}

function ageWords(days: number): Text {
  if (days === 0) return { en: 'less than a day ago', fil: 'wala pang isang araw ang nakalipas' };
  if (days === 1) return { en: '1 day ago', fil: 'isang araw na ang nakalipas' };
  return { en: `${days} days ago`, fil: `${days} araw na ang nakalipas` };
}

const same = (text: string): Text => ({ en: text, fil: text });

/** Every place at once: a value with braces in it is no place. */
const filled = (text: Text, values: Record<string, Text>): Text => {
  const fill = (lang: keyof Text) => text[lang].replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.[lang] ?? '');
  return { en: fill('en'), fil: fill('fil') };
};
