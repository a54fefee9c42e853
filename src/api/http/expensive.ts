import type { FastifyRequest } from 'fastify';
import { wantsPaper } from './negotiate.ts';

/** Each may fetch from elsewhere and canonicalise what it finds, or reads one row for every 256 entries of the log. */
const EXPENSIVE = new Set([
  'createVerification',
  'createEvaluation',
  'createPathwayMatches',
  'createAccreditationCheck',
  'vcApiVerifyCredential',
  'vcApiVerifyPresentation',
  'vcApiDeriveCredential',
  'vcApiExchangeMessage',
  'submitVerifyPage',
  'submitRequestForm',
  'createPresentationRequest',
  'sendPresentationResponse',
  'submitPathwayPage',
  'sendHolderCode',
  'confirmHolderCode',
  'addHolderKey',
  'createHolderEvaluation',
  'takeHolderImport',
  // Ask hosts of others.
  'connectHolderHost',
  'finishHolderHost',
  'disconnectHolderHost',
  'getMyPage',
  'submitMyPage',
  'submitClaimPage',
  'getLogConsistency',
  // Sends mail, or asks somebody's OpenID provider.
  'submitSignInPage',
  'startOpenIdSignIn',
  'finishOpenIdSignIn',
  // All of a register, however large.
  'getRegisterSnapshot',
  'registerOAuthWallet',
  // Stores what a stranger says.
  'registerPlatform',
  // Verifies what comes.
  'upsertCredential',
  // Look through all that names a learner.
  'exportHolder',
  'planErasure',
  'eraseHolder',
  // Signs something.
  'getAttestation',
  'getAttestationCode',
  // Keeps the thread that makes papers busy, of which there is one.
  'getCredentialTranscript',
  // Writes down that somebody tried.
  'compareRecipientName',
]);

/** Pages that verify something only when the address names it. */
const EXPENSIVE_WITH: Readonly<Record<string, string>> = { getVerifyPage: 'url', getPathway: 'credential' };

/** Counted by itself, and refused first when there is too much to do. */
export function isExpensive({ query, url, headers }: FastifyRequest, operationId: string): boolean {
  if (EXPENSIVE.has(operationId)) return true;
  if (operationId === 'getCredential') return url.split('?')[0]!.endsWith('.pdf') || wantsPaper(headers.accept);
  const named = EXPENSIVE_WITH[operationId];
  return named !== undefined && (query as Record<string, unknown>)[named] !== undefined;
}
