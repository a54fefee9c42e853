/**
 * Verifies the credentials of a JSON file with @digitalcredentials/verifier-core, in a process of its own: it trusts the
 * certificate named by NODE_EXTRA_CA_CERTS, and every connect that is not loopback is refused before it is made.
 * Prints one JSON array of { id, signature, expiration, status, statusError, errors }.
 */
import { readFileSync } from 'node:fs';
import '../support/offline.ts';

// The library says there what it could not fetch.
console.log = console.error;

const { verifyCredential } = (await import('@digitalcredentials/verifier-core')) as unknown as {
  verifyCredential(input: { credential: unknown; knownDIDRegistries: unknown[] }): Promise<{
    errors?: { name: string; message: string }[];
    log?: { id: string; valid?: boolean; error?: { message: string } }[];
  }>;
};

const credentials = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { id: string }[];
const results = [];
for (const credential of credentials) {
  const answer = await verifyCredential({ credential, knownDIDRegistries: [] });
  const step = (id: string) => answer.log?.find((entry) => entry.id === id)?.valid;
  results.push({
    id: credential.id,
    signature: step('valid_signature'),
    expiration: step('expiration'),
    status: step('revocation_status') ?? step('suspension_status'),
    statusError: answer.log?.find((entry) => entry.id === 'revocation_status')?.error?.message,
    errors: answer.errors?.map((error) => `${error.name}: ${error.message}`),
  });
}
// What is not written yet is lost when a process exits.
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
