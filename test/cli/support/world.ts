import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, readConfig, readSecrets } from '#app';
import { newPort, openService, serviceOf, type TestService } from '../../support/service.ts';
import { UNLIMITED } from '../../support/unlimited-requests.ts';

/** A service that listens, and what the commands are called with. */
export interface CliWorld {
  service: TestService;
  url: string;
  /** A path in a directory of this world. */
  file(name: string, content?: string | Uint8Array): string;
  /** `--url` and `--key-file` of each role. */
  as: Record<'operator' | 'issuer' | 'authority' | 'auditor' | 'nobody' | 'silent', string[]>;
  /** None of these may ever be printed. */
  secrets: string[];
  achievementId: string;
  did: string;
  /** Of another institution. */
  centre: string;
  credential: { id: string; url: string };
  /** What `restore`, `recheck` and the service itself are started with. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

const SLUG = 'specimen-college';

/** It was stopped once: its log has a checkpoint of all that was made before. */
export async function openCliWorld(): Promise<CliWorld> {
  const settings = { TATAK_PORT: String(newPort()), TATAK_TLS_PORT: String(newPort()) };
  const first = await openService({}, settings);
  const { directory, operatorKey } = first;
  const { did, issuer, authority } = await first.institution(SLUG);
  const auditor = await first.key(SLUG, 'auditor');
  const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
  const made = await first.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  const { achievementId } = made.body;
  const body = { achievementId, recipients: [{ name: 'Amihan' }] };
  type Issued = { credentials: { id: string; url: string }[] };
  const issued = await first.call<Issued>('POST', '/v1/credentials', { key: issuer, body });
  if (issued.status !== 201) throw new Error(issued.text);
  const { did: centre } = await first.institution('specimen-centre');
  await first.app.close();
  const env = { ...settings, TATAK_DATA: directory, TATAK_LOG_LEVEL: 'silent' };
  const config = readConfig(env);
  const app = await assemble(config, readSecrets(env, config), UNLIMITED);
  await app.start();
  const service = serviceOf(app, { directory, publicUrl: config.publicUrl, operatorKey });
  const folder = join(directory, 'cli');
  mkdirSync(folder, { mode: 0o700 });
  const file = (name: string, content?: string | Uint8Array) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const url = config.publicUrl;
  const as = (name: string, key: string, at = url) => ['--url', at, '--key-file', file(`${name}.key`, `${key}\n`)];
  return {
    ...{ service, url, file, achievementId, did, centre, settings },
    as: {
      operator: as('operator', operatorKey),
      issuer: as('issuer', issuer),
      authority: as('authority', authority),
      auditor: as('auditor', auditor),
      nobody: as('nobody', `tatak_${'x'.repeat(43)}`),
      silent: as('silent', issuer, `http://localhost:${newPort()}`),
    },
    secrets: [operatorKey, issuer, authority, auditor],
    credential: issued.body.credentials[0]!,
    close: () => service.close(),
  };
}

export const read = (path: string): string => readFileSync(path, 'utf8');
