import { canonicalJson, type Json, LIMITS, Problem, parseDateTimeStamp, sha256Hex, type Text } from '#kernel';
import type { Arrival, Report } from '#verifier';
import { identityOf, olderIdentity } from './identity.ts';
import type { Brought } from './imports.ts';
import { mediaTypeOf } from './media-type.ts';
import type { ImportedCredential, ImportFormat } from './ports.ts';

/** Of a badge that is kept: everything that does not depend on who keeps it. */
export type Kept = Omit<ImportedCredential, 'importId' | 'keeperKind' | 'keeperValue' | 'source' | 'receivedAt'>;

/**
 * What of an arrival is kept.
 * @throws Problem `invalid-request` with code `not_kept`: it is no badge, or it is not valid; `unavailable`: its issuer could not
 *   be asked, so that nothing it says is known
 */
export function keepable(arrival: Arrival, brought: Brought): Kept {
  const { report, badge, older } = arrival;
  if (older) return keptOf(arrival, brought, { format: 'ob2', text: '' });
  if (!badge) throw refusal(report);
  if (report.verdict === 'invalid') throw refusal(report);
  return keptOf(arrival, brought, { format: badge.form === 'jwt' ? 'ob3-jwt' : 'ob3-json', text: badge.text });
}

/** With the sentence of the report: what it says of a badge that does not hold is that it does not hold. */
function refusal({ verdict, sentence, checks }: Report): Problem {
  const first = checks.find(({ result }) => result === (verdict === 'invalid' ? 'fail' : 'unknown'));
  const why = first?.code ?? 'not_a_badge';
  if (verdict === 'undetermined' && first?.check === 'proof') {
    const detail = 'its issuer could not be asked now, so that nothing of it is known: try again later';
    throw new Problem('unavailable', detail, { extensions: { code: 'not_verified', check: why } });
  }
  const words: Text = verdict === 'valid' || first === undefined ? NO_BADGE : sentence;
  return new Problem('invalid-request', words.en, { extensions: { code: 'not_kept', check: why, sentence: words } });
}

const NO_BADGE: Text = {
  en: 'It is a genuine document, and no Open Badge.',
  fil: 'Totoo ang dokumentong ito, ngunit hindi ito Open Badge.',
};

const OLDER: Text = {
  en: 'Open Badges 2.0: shown, never counted. Nothing in it was checked.',
  fil: 'Open Badges 2.0: ipinapakita, hindi kailanman ibinibilang. Walang sinuri rito.',
};

/** Of one of which it is not known whether it holds. */
export const WAITS: Text = {
  en: 'Not verified yet: something could not be found out, such as whether it was revoked. It does not count meanwhile.',
  fil: 'Hindi pa napatutunayan: may hindi natiyak, gaya ng kung binawi ito. Hindi muna ito ibinibilang.',
};

/** What the list says of one, by its last report. */
export const sentenceOf = ({ verdict, sentence }: Pick<Report, 'verdict' | 'sentence'>): Text =>
  verdict === 'undetermined' ? WAITS : sentence;

function keptOf(
  { report, badge, older, fetched }: Arrival,
  brought: Brought,
  { format, text }: { format: ImportFormat; text: string },
): Kept {
  const { carriers, url } = report.checks.find(({ check }) => check === 'document')?.evidence ?? {};
  const carrier = Array.isArray(carriers) ? String(carriers[0]) : undefined;
  // Of a page that shows a badge as data, the badge is what was received.
  const received =
    fetched?.bytes ??
    ('bytes' in brought
      ? brought.bytes
      : Buffer.from('text' in brought && isContent(brought.text) ? brought.text : text));
  if (received.byteLength > LIMITS.imageBytes)
    throw new Problem('payload-too-large', 'it is larger than a badge may be');
  const whole = Buffer.from(received.buffer, received.byteOffset, received.byteLength);
  const said = fetched?.contentType || ('mediaType' in brought ? brought.mediaType : undefined);
  const from = parseDateTimeStamp(badge?.validFrom);
  const id = badge?.id ?? older?.id;
  const verifiedAt = report.checkedAt;
  const sentence = older ? OLDER : sentenceOf(report);
  const address = typeof url === 'string' ? url : undefined;
  return {
    format,
    received,
    mediaType: mediaTypeOf(said, carrier, format, whole.subarray(0, 200).toString('latin1')),
    receivedSha256: sha256Hex(received),
    ...(text === '' || whole.equals(Buffer.from(text)) ? {} : { credential: text }),
    ...(id === undefined ? {} : { credentialId: id }),
    ...(badge ? { issuerId: badge.issuerId } : {}),
    ...named({ name: badge?.name ?? older?.name, issuerName: badge?.issuerName ?? older?.issuerName }),
    identity: badge ? identityOf(badge.issuerId, badge.id) : olderIdentity(id ?? sha256Hex(received)),
    validFrom: from?.toISOString() ?? '',
    subject: badge?.subject ?? { identifiers: [] },
    ...(address === undefined ? {} : { address }),
    arrivalVerdict: report.verdict,
    reportSha256: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(report)) as Json)),
    ...{ verdict: report.verdict, sentence, verifiedAt },
  };
}

/** Pasted text that is only an address is not what was received. */
const isContent = (text: string): boolean => !/^\s*https?:\/\/\S+\s*$/i.test(text);

function named(names: { name: string | undefined; issuerName: string | undefined }) {
  const short = Object.entries(names).flatMap(([key, value]) => (value ? [[key, value.slice(0, 500)]] : []));
  return Object.fromEntries(short) as Pick<ImportedCredential, 'name' | 'issuerName'>;
}
