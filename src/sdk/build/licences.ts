import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

/** What the licences of the packages that are in the client ask for: their texts. @throws Error for one without a name of its licence */
export function licencesOf(folders: ReadonlySet<string>): string {
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (!license) throw new Error(`${name} names no licence`);
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `This package holds parts of the following ones.\n\n${parts.sort().join('\n\n---\n\n')}\n`;
}
