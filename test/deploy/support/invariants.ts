import { SETTINGS } from '../../../src/app/env.ts';
import { containersOf, type Manifest, podOf } from './kustomize.ts';

/** Settings that hold a secret themselves; what is deployed names files. */
const SECRET = /_(?:URL|PASSPHRASE|PIN)$/;
const PUBLIC = new Set(['TATAK_PUBLIC_URL']);

/** An image of one version, and not of whatever is newest on the day. */
export const isPinned = (image: string): boolean => /[^:/]:(?!latest\b)\d[\w.-]*(?:@sha256:[0-9a-f]{64})?$/.test(image);

/** What is wrong with the settings that a process is given. */
export function settingFaults(env: Record<string, string>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!name.startsWith('TATAK_')) return [];
    if (!(name in SETTINGS)) return [`${name} is not a setting`];
    if (SECRET.test(name) && !PUBLIC.has(name)) return [`${name} is given itself, not as a file`];
    if (name.endsWith('_FILE') && !value.startsWith('/run/secrets/'))
      return [`${name} is not a secret that is mounted`];
    return [];
  });
}

/** A password, a key or a token written into a text, as they look. */
export function literalSecrets(text: string): string[] {
  const looks = [
    /postgres(?:ql)?:\/\/[^\s:@/]+:[^\s@/<>]+@/g,
    /-----BEGIN [A-Z ]*PRIVATE KEY/g,
    /\b(?:password|passphrase|token|secret)\s*[:=]\s*['"]?[A-Za-z0-9+/_-]{12,}/gi,
    /\bkind:\s*Secret\b/g,
  ];
  return looks.flatMap((look) => text.match(look) ?? []);
}

/** What is wrong with the pods of a manifest, one sentence each. */
export function podFaults(manifest: Manifest, settings: Record<string, string>): string[] {
  const pod = podOf(manifest);
  if (!pod) return [];
  const faults: string[] = [];
  const must = (holds: unknown, what: string) => {
    if (!holds) faults.push(`${manifest.kind} ${manifest.metadata.name}: ${what}`);
  };
  const own = pod.securityContext ?? {};
  must(own.runAsNonRoot === true && own.runAsUser > 0 && own.runAsGroup > 0, 'runs as root, or may');
  must(own.seccompProfile?.type === 'RuntimeDefault', 'no seccomp profile');
  must(pod.automountServiceAccountToken === false, 'has a token of the cluster');
  must(pod.enableServiceLinks === false, 'addresses of services come as settings');
  must(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'shares something with the host');
  for (const volume of pod.volumes ?? []) {
    must(volume.secret || volume.emptyDir?.sizeLimit || volume.configMap, `volume ${volume.name} has no limit`);
    must(!volume.secret || volume.secret.defaultMode === 0o440, `secret ${volume.name} is for everybody`);
  }
  for (const container of containersOf(manifest)) {
    const { name, image, securityContext: context = {}, resources = {} } = container;
    must(isPinned(image), `${name}: image ${image} names no version`);
    must(context.allowPrivilegeEscalation === false && !context.privileged, `${name}: may become more`);
    must(context.readOnlyRootFilesystem === true, `${name}: may write to its image`);
    must(JSON.stringify(context.capabilities) === '{"drop":["ALL"]}', `${name}: keeps capabilities`);
    for (const kind of ['requests', 'limits'])
      must(resources[kind]?.cpu && resources[kind]?.memory, `${name}: no ${kind}`);
    const given = Object.fromEntries((container.env ?? []).map((one: Manifest) => [one.name, one.value]));
    const env = { ...(container.envFrom ? settings : {}), ...given };
    faults.push(...settingFaults(env));
    for (const [setting, path] of Object.entries(env)) {
      if (!setting.endsWith('_FILE')) continue;
      const mount = container.volumeMounts.find((one: Manifest) => String(path).startsWith(`${one.mountPath}/`));
      const volume = pod.volumes.find((one: Manifest) => one.name === mount?.name);
      must(mount?.readOnly === true && volume?.secret, `${name}: ${setting} is in no mounted secret`);
    }
    for (const path of ['/tmp', ...(env.TATAK_DATA ? [env.TATAK_DATA] : [])]) {
      must(
        container.volumeMounts?.some((one: Manifest) => one.mountPath === path),
        `${name}: cannot write to ${path}`,
      );
    }
  }
  return faults;
}
