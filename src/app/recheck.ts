import { createRecheck, type Recheck } from '#credentials';
import { createIdentifiers } from '#identifiers';
import { type InstitutionReader, tenantOfDid } from '#institutions';
import { isObject, parseStrictJson, systemClock } from '#kernel';
import { contextRules, createJwtChecker, createProofChecker, createProofMaker } from '#proofs';
import { openStorage } from '#storage';
import { createReleaseCheck, createSignedCheck } from './check-released.ts';
import type { Config } from './config.ts';
import { openOwnContexts } from './own-contexts.ts';

export interface OpenRecheck extends Recheck {
  /** What the tables do not agree on, among themselves and with the log. */
  integrity(): Promise<string[]>;
  /** Keys that a failed self-check stopped, and what was issued before in the same way: ids of credentials. */
  stops(): Promise<{ tenant: string; keyId: string; stoppedAt: string; reason: string; suspects: string[] }[]>;
  close(): Promise<void>;
}

/**
 * The auditor of a store, beside a running service or without one. No passphrase and no network: keys are those
 * that the recorded DID documents publish, and nothing is written.
 */
export async function openRecheck(
  config: Pick<Config, 'dataDirectory' | 'databaseUrl' | 'publicUrl' | 'specimen' | 'didAuthority'>,
): Promise<OpenRecheck> {
  const { publicUrl, specimen } = config;
  const storage = await openStorage(config);
  const { reader } = storage;
  const { loader, checks, close } = openOwnChecks(config, reader);
  const recheck = createRecheck({
    ...{ reader, publicUrl, specimen },
    contexts: { ...contextRules(loader), kind: loader.kind },
    ...checks,
  });
  return {
    ...recheck,
    integrity: () => storage.integrity(),
    stops: async () =>
      (await reader.openSigningStops()).map(({ tenant, keyId, stoppedAt, reason, suspects }) => ({
        ...{ tenant, keyId, stoppedAt, reason },
        suspects: suspects.map((id) => id.split('/').at(-1)!),
      })),
    async close() {
      await close();
      await storage.close();
    },
  };
}

/** Checks of what this service signed itself, with the keys that its recorded DID documents publish. */
export function openOwnChecks(
  config: Pick<Config, 'dataDirectory' | 'publicUrl' | 'didAuthority'>,
  reader: Pick<InstitutionReader, 'lastDidDocument'>,
) {
  const { didAuthority } = config;
  const clock = systemClock;
  const loader = openOwnContexts(config);
  const checker = createProofChecker({ loader, clock });
  const tokens = createJwtChecker({ loader, clock });
  const identifiers = createIdentifiers({
    clock,
    fetch: () => Promise.reject(new Error('nothing is fetched while what is stored is looked at')),
    local: async (did) => {
      const tenant = tenantOfDid(didAuthority, did);
      const recorded = tenant === undefined ? undefined : await reader.lastDidDocument(tenant);
      const document = recorded && parseStrictJson(recorded.text);
      return isObject(document) ? document : undefined;
    },
  });
  return {
    loader,
    checks: {
      checkReleased: createReleaseCheck(checker, tokens, identifiers),
      checkSigned: createSignedCheck(checker, createProofMaker({ loader }), tokens, identifiers),
    },
    close: async () => {
      await Promise.all([checker.close(), tokens.close()]);
    },
  };
}
