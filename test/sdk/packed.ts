import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '..', '..');
export const run = promisify(execFile);

/** Builds the client, packs it, and installs the file in this folder, which has nothing else; no registry is asked. */
export async function installPacked(folder: string): Promise<void> {
  const made = join(folder, 'made');
  await run(process.execPath, ['--disable-proto=delete', 'src/sdk/build/build.ts', made], { cwd: ROOT });
  const env = { ...process.env, npm_config_cache: join(folder, 'cache') };
  const npm = (args: string[], cwd: string) => run('npm', args, { cwd, env });
  const { stdout } = await npm(['pack', '--json', '--pack-destination', folder], made);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  await npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, filename)], folder);
  writeFileSync(join(folder, 'program.js'), PROGRAM);
}

/** The same program for Node and for the browser: what it is given is all it has. */
export const PROGRAM = `
  import { evaluate, readPrintedCode, stackOffline, verifyOffline } from '@tatak/sdk';
  export async function judge({ cases, printed, stack, records, options }) {
    const missing = new Set();
    const answers = [];
    const told = async (work) => {
      try { answers.push(await work()); } catch (error) { answers.push({ ...error.document }); }
    };
    for (const { text, recipient } of cases) {
      await told(() => verifyOffline({ ...options, credential: text, recipient, onMissing: (url) => missing.add(url) }));
    }
    for (const text of printed) await told(() => readPrintedCode(text, options));
    await told(() => stackOffline({ ...options, ...stack }));
    for (const input of records) await told(() => evaluate(input));
    return { answers, missing: [...missing] };
  }`;

/** The page's own script, which its policy holds. */
export const MAIN = `
  import given from './given.js';
  import { judge } from './program.js';
  let words = 'made into code';
  try { new Function('return 1')(); } catch (error) { words = error.name; }
  globalThis.answer = JSON.stringify({ judged: await judge(given), words });
  document.body.append(document.createElement('output'));`;

/** Compiles only where the types say what they should: each expected error must be one. */
export const USE = `
  import { createClient, evaluate, type Report, TatakProblem, verifyOffline } from '@tatak/sdk';
  import { createClient as small } from '@tatak/sdk/client';
  const tatak = createClient({ baseUrl: 'https://badges.example', token: () => 'x' });
  small({ baseUrl: 'https://badges.example' }).getRegisterSnapshot({ slug: 'specimen' });
  export async function use(): Promise<void> {
    const report: Report = await verifyOffline({ credential: '{}', anchors: ['did:web:a.example'] });
    const verdict: 'valid' | 'invalid' | 'undetermined' = report.verdict;
    const issued = await tatak.issueCredentials({ body: { achievementId: 'a', recipients: [{ name: 'Maria Specimen' }] }, 'Idempotency-Key': 'k' });
    if ('credentials' in issued) issued.credentials[0]?.url.toUpperCase();
    for await (const one of tatak.listCredentials.all({ state: 'revoked', limit: 2 })) one.state satisfies string;
    const page = await tatak.listCredentials();
    page.next satisfies string | undefined;
    (await tatak.createVerification({ body: { text: verdict } })) satisfies object;
    (await tatak.getCredential({ credentialId: 'a' })) satisfies object;
    // @ts-expect-error a state that there is not
    await tatak.listCredentials({ state: 'lost' });
    // @ts-expect-error no such parameter
    await tatak.listCredentials({ unheardOf: 1 });
    // @ts-expect-error what the path needs
    await tatak.getCredential();
    // @ts-expect-error what the body needs
    await tatak.issueCredentials({ body: { recipients: [] } });
    // @ts-expect-error no such operation
    await tatak.forgeCredentials();
    // @ts-expect-error a list without pages
    tatak.getCredential.all({ credentialId: 'a' });
    // @ts-expect-error the day is needed
    evaluate({ pathway: {}, holdings: [] });
  }
  export const isOurs = (error: unknown): error is TatakProblem => error instanceof TatakProblem;
`;
