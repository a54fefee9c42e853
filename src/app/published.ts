import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crosswalk, frameworkSections, SOURCES } from '#framework';
import { renderCrosswalk, renderFramework, type Site } from '#pages';

const ROOT = join(import.meta.dirname, '..', '..');

/** Contexts and schemas that the service publishes, by path; read once, never edited once released. */
export function readPublished(): Map<string, string> {
  const files = new Map<string, string>();
  files.set('/contexts/ph/v1-draft', readFileSync(join(ROOT, 'contexts', 'ph-v1-draft.json'), 'utf8'));
  const schemas = join(ROOT, 'schemas', 'ph');
  for (const name of readdirSync(schemas).filter((file) => file.endsWith('.json'))) {
    files.set(`/schemas/ph/${name}`, readFileSync(join(schemas, name), 'utf8'));
  }
  return files;
}

/** The framework as cited data, for programs and for people. @param corrections who takes them */
export function frameworkDocuments(
  corrections?: string,
): Record<'framework' | 'crosswalk', { data: object; page(site: Site): string }> {
  const [sections, map] = [frameworkSections(), crosswalk()];
  return {
    framework: { data: { sections, sources: SOURCES }, page: (site) => renderFramework(site, sections) },
    crosswalk: { data: { ...map, sources: SOURCES }, page: (site) => renderCrosswalk(site, map, corrections) },
  };
}
