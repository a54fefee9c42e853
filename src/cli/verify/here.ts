import { type AttestationReport, createAttestationReader } from '#attestations';
import { systemClock } from '#kernel';
import { createGuardedFetch, type LoopbackOrigin } from '#net';
import type { Report } from '#verifier';
import { UsageError } from '../command.ts';
import { createOwnVerifier } from '../own-verifier.ts';
import { readText } from '../read-text.ts';
import type { Given } from './verify.ts';

interface Asked {
  anchor: readonly string[];
  recipient?: string | undefined;
  local: readonly string[];
  'local-ca'?: string | undefined;
}

/** By this program itself, through the one client that guards what it fetches. @throws Problem, UsageError */
export async function verifyHere(given: Given, asked: Asked): Promise<Report | AttestationReport> {
  const { verifier, identifiers, close } = createOwnVerifier(fetchFor(given, asked), asked.anchor);
  try {
    if ('code' in given) {
      const { resolveMethod } = identifiers;
      return await createAttestationReader({ clock: systemClock, resolveMethod }).read(given.code);
    }
    const recipient = asked.recipient === undefined ? {} : { recipient: asked.recipient };
    return await verifier.verify({ ...given, ...recipient });
  } finally {
    await close();
  }
}

/** An address of this machine that somebody types is meant; one in a badge is not asked, unless it was listed. */
function fetchFor(given: Given, { local, 'local-ca': caFile }: Asked) {
  const ca = caFile === undefined ? undefined : readText(caFile);
  const typed = 'url' in given ? URL.parse(given.url) : null;
  const own = typed && ['localhost', '127.0.0.1', '[::1]'].includes(typed.hostname) ? [typed.origin] : [];
  const loopbackOrigins = [...new Set([...local, ...own])].map(
    (origin): LoopbackOrigin => ({ origin, ...(ca === undefined || origin.startsWith('http:') ? {} : { ca }) }),
  );
  try {
    return createGuardedFetch({ clock: systemClock, loopbackOrigins });
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`--local: ${error.message}`) : error;
  }
}
