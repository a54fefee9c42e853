import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const directory = mkdtempSync(join(tmpdir(), 'tatak-cache-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ROOT = join(import.meta.dirname, '..', '..');
const TEXT = readFileSync(join(ROOT, 'openapi.yaml'), 'utf8');

/** A process of its own: the platform decides at its start whether it keeps anything. */
function read(): unknown {
  const script = `
    import { readFileSync } from 'node:fs';
    import { readYamlOnce } from ${JSON.stringify(join(ROOT, 'src/api/http/read-once.ts'))};
    process.stdout.write(JSON.stringify(readYamlOnce(readFileSync('openapi.yaml', 'utf8'))));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...process.env, NODE_COMPILE_CACHE: directory },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(out.toString());
}
const kept = () =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /yaml-\w+\.json$/.test(name));

describe('what was read of openapi.yaml', () => {
  it('is kept, is the same the second time, and is read anew when what was kept is broken', () => {
    const expected = parse(TEXT) as unknown;
    expect(read()).toEqual(expected);
    expect(kept()).toHaveLength(1);
    expect(read()).toEqual(expected);
    writeFileSync(join(directory, kept()[0]!), '{"paths":');
    expect(read()).toEqual(expected);
    expect(JSON.parse(readFileSync(join(directory, kept()[0]!), 'utf8'))).toEqual(expected);
  });
});
