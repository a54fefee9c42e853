import { visible } from '../failure.ts';

/** A grant as the API shows it. */
export interface Grant {
  id: string;
  url: string;
  accredited: string;
  verb: string;
  role: string;
  scope: unknown[];
  validFrom: string;
  validUntil?: string;
  standing?: string;
  toReview?: number;
}

/** One grant in one line. */
export function grantLine({ id, accredited, verb, role, validFrom, validUntil, standing = '' }: Grant): string {
  const period = `${validFrom} to ${validUntil ?? '-'}`;
  return visible(`${id} ${standing.padEnd(10)} ${`${verb} ${role}`.padEnd(16)} ${accredited} ${period}\n`);
}
