import type { AttestationReport } from '#attestations';
import type { Report } from '#verifier';
import { askJson } from '../api.ts';
import { UsageError } from '../command.ts';
import type { Given } from './verify.ts';

/** The report of a running service. It needs no key. @throws ServiceRefused, Problem, UsageError */
export async function verifyThere(
  url: string,
  given: Given,
  { recipient, anchor, local }: { recipient?: string | undefined; anchor: readonly string[]; local: readonly string[] },
): Promise<Report | AttestationReport> {
  if (!URL.canParse(url)) throw new UsageError('--url: the address of the service');
  if (anchor.length + local.length > 0)
    throw new UsageError('a service trusts its own anchors: without --url this program asks yours');
  const body = { ...contentOf(given), ...(recipient === undefined ? {} : { recipient }) };
  return askJson<Report | AttestationReport>(new URL('/v1/verifications', url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Bytes of any kind travel as a `data:` address (RFC 2397): the service looks at them, not at a name. */
function contentOf(given: Given) {
  if ('url' in given) return given;
  if ('code' in given) return { text: given.code };
  return { text: `data:application/octet-stream;base64,${Buffer.from(given.bytes).toString('base64')}` };
}
