import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** A parsed manifest. Tests look into it by path. */
// biome-ignore lint/suspicious/noExplicitAny: manifests have no types here
export type Manifest = any;

const FIELDS = new Set(['apiVersion', 'kind', 'namespace', 'resources', 'images', 'patches']);

/**
 * What `kustomize build` makes of a directory, for the few fields that are used here: resources, namespace, images, and
 * patches in the form of RFC 6902. kustomize itself is not to be had where the tests run.
 * @throws Error for anything else, a file that is missing, a patch that meets nothing, or a path that is not there
 */
export function render(directory: string): Manifest[] {
  const text = readFileSync(join(directory, 'kustomization.yaml'), 'utf8');
  const own = parse(text, { uniqueKeys: true });
  for (const field of Object.keys(own)) if (!FIELDS.has(field)) throw new Error(`not understood here: ${field}`);
  const resources: Manifest[] = own.resources.flatMap((name: string) => {
    const path = join(directory, name);
    return existsSync(join(path, 'kustomization.yaml')) ? render(path) : documents(path);
  });
  for (const one of resources) if (own.namespace && one.kind !== 'Namespace') one.metadata.namespace = own.namespace;
  for (const { target, patch } of own.patches ?? []) {
    const met = resources.filter(({ kind, metadata }) => kind === target.kind && metadata.name === target.name);
    if (met.length !== 1) throw new Error(`a patch meets ${met.length} of ${target.kind} ${target.name}`);
    for (const change of parse(patch)) replace(met[0], change);
  }
  for (const { name, newName, newTag } of own.images ?? []) {
    for (const container of resources.flatMap(containersOf)) {
      if (container.image === name) container.image = `${newName}:${newTag}`;
    }
  }
  return resources;
}

export function documents(path: string): Manifest[] {
  return parseAllDocuments(readFileSync(path, 'utf8'), { uniqueKeys: true }).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS();
  });
}

/** The pod that a workload makes, or undefined. */
export const podOf = ({ kind, spec }: Manifest): Manifest | undefined =>
  ['Deployment', 'Job', 'StatefulSet', 'DaemonSet'].includes(kind) ? spec.template.spec : undefined;

export const containersOf = (one: Manifest): Manifest[] => {
  const pod = podOf(one);
  return pod ? [...pod.containers, ...(pod.initContainers ?? [])] : [];
};

function replace(document: Manifest, { op, path, value }: { op: string; path: string; value: unknown }): void {
  const keys = path.split('/').slice(1);
  const last = keys.pop()!;
  const parent = keys.reduce((at, key) => at?.[key], document);
  if (op !== 'replace' || parent?.[last] === undefined) throw new Error(`${op} ${path}: nothing there`);
  parent[last] = value;
}
