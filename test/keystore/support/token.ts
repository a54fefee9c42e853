import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULES = [
  process.env.SOFTHSM2_MODULE ?? '',
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];
export const MODULE = MODULES.find((path) => path !== '' && existsSync(path));
const has = (program: string) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;

/** Why the tests with a token cannot run here; undefined when they can. */
export function noToken(): string | undefined {
  if (MODULE === undefined) return 'no SoftHSM library (Debian: softhsm2) is on this machine';
  if (!has('softhsm2-util')) return 'no softhsm2-util is on this machine';
  return has('pkcs11-tool') ? undefined : 'no pkcs11-tool (Debian: opensc) is on this machine';
}

export const TOKEN = { label: 'specimen token', pin: 'pin of the specimen token' } as const;

export interface TestToken {
  options: { module: string; tokenLabel: string; pin: string; environment: Record<string, string> };
  directory: string;
  remove(): void;
}

/** A SoftHSM token in a directory of its own. */
export function makeToken(): TestToken {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-token-'));
  const [tokens, config] = [join(directory, 'tokens'), join(directory, 'softhsm2.conf')];
  mkdirSync(tokens);
  writeFileSync(config, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const environment = { PATH: process.env.PATH ?? '', SOFTHSM2_CONF: config };
  const args = ['--init-token', '--free', '--label', TOKEN.label, '--so-pin', '12345678', '--pin', TOKEN.pin];
  const { status, stderr } = spawnSync('softhsm2-util', [...args, '--module', MODULE!], { env: environment });
  if (status !== 0) throw new Error(`no token was made: ${stderr}`);
  return {
    options: { module: MODULE!, tokenLabel: TOKEN.label, pin: TOKEN.pin, environment },
    directory,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
