import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from './support/service.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const BLOCKS = [...README.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text!);
/** What is run against a service; the others make this very suite and the demonstration run. */
const EXAMPLES = BLOCKS.filter((text) => /^(?:curl|.*\bnpm run -s tatak|.*\bget\(\)|.*=\$\(curl)/m.test(text));

let service: TestService;
let folder: string;
beforeAll(async () => {
  service = await openService();
  folder = mkdtempSync(join(tmpdir(), 'tatak-readme-'));
  mkdirSync(join(folder, 'data'));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const missing = ['bash', 'curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error);

describe('the examples of the README', () => {
  it('are all that speak with a service', () => {
    expect(BLOCKS.length - EXAMPLES.length).toBe(1);
    for (const line of BLOCKS.filter((text) => !EXAMPLES.includes(text))
      .join('')
      .trim()
      .split('\n')) {
      expect(line).toMatch(/^npm ci && npm (?:test|run demo) /);
    }
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { tatak: string } };
    expect(scripts.tatak).toBe('node --disable-proto=delete src/cli/tatak.ts');
  });

  it('work, one after the other as they stand there', async () => {
    if (missing.length > 0) return console.info(`not run: there is no ${missing.join(', no ')} here`);
    // Where the service is, its key, and the command without what npm does around it.
    const given = EXAMPLES.join('echo "--- next"\n')
      .replace('T=http://localhost:8480', `T=${service.publicUrl}`)
      .replace('OPERATOR=... ', `OPERATOR=${service.operatorKey} `);
    const tatak = join(ROOT, 'src/cli/tatak.ts');
    const npm = `npm() { [ "$1 $2 $3 $4" = "run -s tatak --" ] || exit 99; shift 4; "${process.execPath}" --disable-proto=delete "${tatak}" "$@"; }`;
    const { code, out, err } = await bash(`set -euo pipefail\n${npm}\n${given}`);
    // One of them shows what an error is.
    expect([code, err], out + err).toEqual([
      0,
      expect.stringMatching(/^\{"type":"urn:tatak:problem:malformed-json".*\}\n$/),
    ]);
    const [issued, commands, stacked, offered] = out.split('--- next\n');
    // What the text below says that it says.
    expect(issued).toMatch(/"valid"\n"not_shown"\n"Specimen: genuine, but no register we trust covers this award/);
    expect(commands).toMatch(
      /^http:\S+\nbatch \w{26}: 1 rows, 0 invalid\ndone: 1 issued, .*\ndata\/results\.csv\nSpecimen: /,
    );
    expect(commands).toMatch(/\nexit code 2\n$/);
    expect(stacked).toMatch(/^http:\S+\n"revoked"\n"It was revoked\."\n".*"\n"withdrawn"\n$/);
    expect(offered).toMatch(/^data\/badge\.json: a badge of .*\n.*its key, keep it\nlocalhost:\d+ says: Specimen: /);
  }, 90_000);
});

function bash(script: string): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-s'], { cwd: folder });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(script);
  });
}
