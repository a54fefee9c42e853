import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problem, type ProblemDocument } from '#kernel';
import { ServiceRefused, UsageError } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { failureOf } from '../../src/cli/failure.ts';
import { issueRequests } from '../../src/cli/issue/requests.ts';
import { openProgress } from '../../src/cli/progress.ts';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { isWhole } from '../../src/cli/run.ts';
import { newPort } from '../support/service.ts';
import { TATAK, tatak } from './support/tatak.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NAMES = Object.keys(COMMANDS);

describe('the help', () => {
  it('of the whole is the one that was read', async () => {
    const golden = readFileSync(join(import.meta.dirname, 'help.txt'), 'utf8');
    expect(await tatak(['--help'])).toEqual({ code: 0, out: golden, err: '' });
    for (const args of [[], ['help'], ['-h']]) expect((await tatak(args)).out).toBe(golden);
    for (const words of NAMES) expect(golden).toContain(`\n  ${words} `);
  });

  it.each(NAMES)('of `%s` names each option, and its examples are command lines that it reads', async (words) => {
    const command = await COMMANDS[words]!();
    const { code, out, err } = await tatak([...words.split(' '), '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^tatak ${words}[ \\n]`));
    for (const name of [...Object.keys(command.options), 'json', 'help']) expect(out).toContain(`\n  --${name}`);
    for (const line of out.split('\n').filter((one) => !one.startsWith('  tatak ')))
      expect(line.length).toBeLessThan(100);
    expect(command.summary).toMatch(/^[A-Z].{10,79}[^.]$/);
    for (const example of command.examples) {
      expect(example.startsWith(`${words}`), example).toBe(true);
      const args = argumentsOf(example).slice(words.split(' ').length);
      expect(() => readArguments(command, args), example).not.toThrow();
    }
  });

  it('of a group lists its commands', async () => {
    const { code, out } = await tatak(['accredit', '--help']);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^usage: tatak accredit COMMAND.*accredit grant.*accredit end/s),
    ]);
  });

  it('and the README say the same of exit codes', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `(\d)` \| (.*) \|$/gm)].map(([, code, says]) => [code, says]);
    expect(rows).toEqual(Object.entries(EXIT_CODES));
  });
});

/** As a shell reads one command, up to where it is sent on. */
function argumentsOf(example: string): string[] {
  const [line = ''] = example.split(/ (?:<<<|[|<>]) /);
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three!);
}

describe('what is wrong', () => {
  it.each(NAMES)('with the use of `%s` is told with its usage, or as a problem document', async (words) => {
    const args = [...words.split(' '), '--no-such-option'];
    const said = await tatak(args);
    expect(said).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`\nusage: tatak ${words}`) });
    const { code, out, err } = await tatak([...args, '--json']);
    expect([code, out, JSON.parse(err)]).toEqual([
      2,
      '',
      expect.objectContaining({ type: 'urn:tatak:problem:invalid-request', status: 400 }),
    ]);
  });

  it('with the name of a command is told in a line', async () => {
    expect(await tatak(['veryfy'])).toEqual({
      code: 2,
      out: '',
      err: 'there is no command `veryfy`\nmore: tatak --help\n',
    });
    expect(await tatak(['keys'])).toMatchObject({ code: 2, err: expect.stringContaining('followed by list, create,') });
    expect(await tatak(['toString'])).toMatchObject({ code: 2 });
    expect(await tatak(['constructor', 'name', '--json'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^\{"type"/),
    });
  });

  it('has one exit code each', () => {
    const document = (status: number) => ({ type: 'about:blank', title: 'T', detail: 'D', status }) as ProblemDocument;
    const disk = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
    const codes: [unknown, number, RegExp][] = [
      [new UsageError('U'), 2, /^U$/],
      [new ServiceRefused(document(403)), 2, /^D$/],
      [new ServiceRefused(document(503)), 4, /^D$/],
      [new ServiceRefused(document(429)), 4, /^D$/],
      [new Problem('malformed-json', 'J'), 2, /^J$/],
      [new Problem('fetch-failed', 'F'), 4, /^F$/],
      [new Problem('unavailable', '\u001b[2J'), 4, /^\\u\{1b\}\[2J$/],
      [disk, 5, /^ENOSPC: no space left$/],
      [new TypeError('a fault'), 5, /^TypeError: a fault\n {4}at /],
      ['text', 5, /^text$/],
    ];
    for (const [error, code, text] of codes)
      expect(failureOf(error)).toMatchObject({ code, text: expect.stringMatching(text) });
  });

  it('with the pipe is no fault: a reader that has seen enough ends it, without a trace', async () => {
    const child = spawn(process.execPath, ['--disable-proto=delete', TATAK, 'completion', 'zsh']);
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, err]).toEqual([0, '']);
    // A file that was cut off is one.
    expect(await Promise.all([['backup'], ['audit', 'export'], ['verify'], ['keys'], []].map(isWhole))).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  it('with the environment is told, and a key there is not', async () => {
    const secret = 'tatak_a-secret-of-nobody';
    const args = ['issue', '--achievement', 'x', '--url', `http://localhost:${newPort()}`];
    const before = process.env.TATAK_API_KEY;
    try {
      process.env.TATAK_API_KEY = secret;
      const silent = await tatak(args, '{}');
      expect(silent).toMatchObject({
        code: 4,
        out: '',
        err: expect.stringMatching(/^http\S+ does not answer \(ECONNREFUSED\)\n$/),
      });
      process.env.TATAK_API_KEY = `${secret} and more`;
      const spaced = await tatak(args, '{}');
      expect(spaced).toMatchObject({ code: 2, err: expect.stringMatching(/^TATAK_API_KEY holds no API key\n/) });
      expect(spaced.err).not.toContain(secret);
    } finally {
      if (before === undefined) delete process.env.TATAK_API_KEY;
      else process.env.TATAK_API_KEY = before;
    }
  });
});

describe('requests', () => {
  const shared = { achievementId: 'a' };

  it('are of a hundred recipients each, with keys of their content and places of what was given', () => {
    const many = Array.from({ length: 205 }, () => ({}));
    const requests = issueRequests(many, shared, '');
    expect(requests.map(({ body }) => (body.recipients as object[]).length)).toEqual([100, 100, 5]);
    expect(new Set(requests.map(({ key }) => key)).size).toBe(3);
    expect(requests[1]!.pointer('/recipients/3/name')).toBe('/103/name');
    expect(requests[1]!.pointer('/achievementId')).toBe('/achievementId');
    expect(issueRequests(many, shared, '').map(({ key }) => key)).toEqual(requests.map(({ key }) => key));
    expect(issueRequests({ b: 1, a: 2 }, shared, '')[0]!.key).toBe(issueRequests({ a: 2, b: 1 }, shared, '')[0]!.key);
    expect(issueRequests({}, shared, 'again')[0]!.key).not.toBe(issueRequests({}, shared, '')[0]!.key);
    expect(issueRequests({}, shared, '')[0]!.pointer('/recipients/0/name')).toBe('/name');
    for (const { key } of issueRequests(many, shared, 'ñ')) expect(key).toMatch(/^[!-~]{1,255}$/);
  });
});

describe('progress', () => {
  const said = (terminal: boolean, asked: boolean) => {
    let err = '';
    const say = (text: string) => {
      err += text;
    };
    const io = { out: say, err: say, terminal };
    const progress = openProgress(io, asked);
    for (const text of ['1 of 2', '1 of 2', '2 of 2']) progress.show(text);
    progress.end();
    return err;
  };

  it('is one line on a terminal, lines where asked for, else nothing', () => {
    expect(said(true, false)).toBe('\r\u001b[K1 of 2\r\u001b[K2 of 2\n');
    expect(said(false, true)).toBe('1 of 2\n2 of 2\n');
    expect(said(false, false)).toBe('');
  });
});

describe('completion', () => {
  const script = async (shell: string) => {
    const file = join(tmpdir(), `tatak-completion-${process.pid}.${shell}`);
    writeFileSync(file, (await tatak(['completion', shell])).out);
    return file;
  };

  it('completes in bash what stands in the tables', async () => {
    const file = await script('bash');
    const complete = (...words: string[]) => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const line = `source ${file}; COMP_WORDS=(tatak ${list}); COMP_CWORD=${words.length}; _tatak; echo "\${COMPREPLY[*]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout.trim();
    };
    expect(complete('ver')).toBe('verify version');
    expect(complete('keys', 're')).toBe('retire revoke');
    expect(complete('verify', '--rec')).toBe('--recipient --recognised');
    expect(complete('accredit', 'grant', '--role', 'A')).toBe('Assess Award Accredit');
    expect(complete('accredit', 'grant', '--acc')).toBe('--accredited');
    expect(complete('verify', `${file.slice(0, -2)}`)).toBe(file);
    expect(complete('backup', '--to', `${file.slice(0, -2)}`)).toBe(file);
    expect(complete('issue', '--achievement', '')).toBe('');
  });

  it.each(['zsh', 'fish'])('is a script that %s reads, where there is one', async (shell) => {
    const file = await script(shell);
    const { error, status, stderr } = spawnSync(shell, ['--no-execute', file], { encoding: 'utf8' });
    if (error) return console.info(`not run: there is no ${shell} here`);
    expect([status, stderr]).toEqual([0, '']);
  });
});
