import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { tatak as inProcess, TATAK } from './support/tatak.ts';

let service: TestService;
let file: string;
let note: string;
let vkey: string;

const tatak = (...args: string[]) => inProcess(args);

beforeAll(async () => {
  service = await openService();
  file = join(service.directory, 'log.jsonl');
  note = join(service.directory, 'checkpoint.txt');
  await service.institution('specimen-college');
  writeFileSync(note, (await service.call('GET', '/log/checkpoint')).text);
  vkey = (await service.call('GET', '/log/key')).text;
  // A clean stop signs what was added.
  await service.app.close();
});
afterAll(() => service.close().catch(() => undefined));

describe('tatak audit', () => {
  it('writes the log of a stopped service and verifies it as a stranger would, in processes of their own', async () => {
    const cli = (...args: string[]) => promisify(execFile)(process.execPath, [TATAK, ...args]);
    const made = await cli('audit', 'export', '--data', service.directory, '--out', file);
    expect(made.stderr).toMatch(/^\d+ entries; 0 newer ones are not in a checkpoint yet\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { stdout } = await cli('audit', 'verify', file, '--checkpoint', note, '--key', vkey, '--json');
    const size = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"seq"')).length;
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [], size, held: 1 });
    const forged = join(service.directory, 'forged.jsonl');
    writeFileSync(forged, readFileSync(file, 'utf8').replace('apiKey.create', 'apiKey.revoke'));
    await expect(cli('audit', 'verify', forged)).rejects.toMatchObject({ code: 1 });
    await expect(cli('audit', 'nothing')).rejects.toMatchObject({ code: 2 });
  });

  it('says what it could not know', async () => {
    const { code, out } = await tatak('audit', 'verify', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^warning: the key came from the file itself.*\nwarning: no checkpoint kept elsewhere.*\nok: /);
  });

  it('says what is wrong, and where', async () => {
    const text = readFileSync(file, 'utf8');
    const cases: [change: string, finding: RegExp][] = [
      [text.replace('"actor":"system"', '"actor":"nobody"'), /FAILED at line 2: the chain breaks at entry 1: hash/],
      [text.slice(0, -1), /FAILED: the last line has no end/],
      [text.slice(0, text.lastIndexOf('{"checkpoint"')), /FAILED: no checkpoint covers the last entries/],
      ['\ufeff'.concat(text), /FAILED at line 1/],
      [`${text}${'x'.repeat(70_000)}`, /a line is longer/],
      ['', /FAILED: the file is empty/],
    ];
    const forged = join(service.directory, 'case.jsonl');
    for (const [change, finding] of cases) {
      writeFileSync(forged, change);
      const answer = await tatak('audit', 'verify', forged);
      expect([answer.code, answer.out]).toEqual([1, expect.stringMatching(finding)]);
    }
    writeFileSync(forged, Buffer.concat([Buffer.from(text), Buffer.from([0xff, 10])]));
    expect(await tatak('audit', 'verify', forged)).toMatchObject({
      code: 1,
      out: expect.stringContaining('not UTF-8'),
    });
    const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const answer = await tatak('audit', 'verify', file, '--key', other, '--json');
    expect([answer.code, JSON.parse(answer.out)]).toMatchObject([1, { ok: false, code: 'key', line: 1 }]);
  });

  it('refuses what it cannot do', async () => {
    for (const args of [
      ['export'],
      ['export', '--data', join(service.directory, 'nowhere')],
      ['export', '--data', service.directory, '--out', file],
      ['export', '--other'],
      ['verify'],
      ['verify', file, file],
      ['verify', join(service.directory, 'nowhere')],
      ['verify', file, '--checkpoint', join(service.directory, 'nowhere')],
      ['toString'],
    ]) {
      expect((await tatak('audit', ...args)).code, args.join(' ')).toBe(2);
    }
    expect(existsSync(join(service.directory, 'nowhere'))).toBe(false);
    expect((await tatak('audit', 'verify', '--help')).out).toMatch(/^tatak audit verify FILE/);
    expect(await tatak('--help')).toMatchObject({ code: 0, out: expect.stringContaining('audit export') });
    expect(await tatak()).toMatchObject({ code: 0 });
    expect(await tatak('constructor')).toMatchObject({ code: 2 });
  });

  it('writes to standard output, the same text', async () => {
    const { code, out } = await tatak('audit', 'export', '--data', service.directory);
    expect([code, out]).toEqual([0, readFileSync(file, 'utf8')]);
  });
});
