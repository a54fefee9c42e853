import type { AttestationReport } from '#attestations';
import { visible } from '../failure.ts';

/** Of a badge that was revoked, suspended or over, a good signature is no good news. */
export function holds({ signature, statement, checkedAt }: AttestationReport): boolean {
  if (signature !== 'valid' || statement?.status !== 'active') return false;
  return statement.validUntil === undefined || statement.validUntil > checkedAt;
}

/** For people. @param keysAsOf where that is known */
export function attestationWords(
  { sentence, advice, code, badge, statement }: AttestationReport,
  keysAsOf?: string,
): string {
  const rows: [string, string | undefined][] = [
    ['signature', code],
    ['keys as of', keysAsOf],
    ['status', statement && `${statement.status}, as of ${statement.asOf}${statement.old ? ' (old)' : ''}`],
    ['award', statement?.name],
    ['achievement', statement?.achievement],
    ['awarded', statement?.awarded],
    ['recipient', statement && (statement.recipient ?? 'not named in it')],
    ['valid until', statement?.validUntil],
    ['issuer', statement?.issuer],
    ['badge', badge],
    ['sha-256', statement?.sha256],
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : `  ${name}: ${value}`));
  return visible(`${[sentence.en, advice.en, ...lines].join('\n')}\n`);
}
