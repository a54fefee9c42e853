import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPILED } from '../../support/start-flags.ts';

const TATAK = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'tatak.ts');
export const PASSPHRASE = 'a passphrase of the signing process';

export interface SignerProcess {
  path: string;
  data: string;
  child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** `tatak signer` as an operator starts it. @param directory of an earlier one, to start it again */
export async function startSignerProcess(
  directory = mkdtempSync(join(tmpdir(), 'tatak-signer-')),
): Promise<SignerProcess> {
  const [path, data] = [join(directory, 'run', 'signer.sock'), join(directory, 'data')];
  const child = spawn(process.execPath, ['--disable-proto=delete', TATAK, 'signer', '--socket', path, '--data', data], {
    env: { ...COMPILED, PATH: process.env.PATH, TATAK_PASSPHRASE: PASSPHRASE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the signer ended with ${code}: ${err}`)));
  });
  return {
    path,
    data,
    child,
    async stop(signal = 'SIGTERM') {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await ended;
      }
      if (signal === 'SIGTERM') rmSync(directory, { recursive: true, force: true });
    },
  };
}
