import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProxies } from '../../src/app/proxies.ts';
import { literalSecrets, podFaults } from './support/invariants.ts';
import { documents, type Manifest, podOf, render } from './support/kustomize.ts';

const ROOT = join(import.meta.dirname, '..', '..', 'deploy', 'kubernetes');
const OVERLAYS = readdirSync(join(ROOT, 'overlays'));

const of = (manifests: Manifest[], kind: string, name?: string): Manifest => {
  const found = manifests.filter((one) => one.kind === kind && (name === undefined || one.metadata.name === name));
  if (found.length !== 1) throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
  return found[0];
};
const settingsOf = (manifests: Manifest[]): Record<string, string> => of(manifests, 'ConfigMap').data;
const faultsOf = (manifests: Manifest[]) => manifests.flatMap((one) => podFaults(one, settingsOf(manifests)));

describe.each(OVERLAYS)('deploy/kubernetes/overlays/%s', (overlay) => {
  const manifests = render(join(ROOT, 'overlays', overlay));
  const deployment = of(manifests, 'Deployment');
  const [container] = deployment.spec.template.spec.containers;

  it('runs nothing as root, with a writable image, without limits or with settings that are none (SC-4)', () => {
    expect(manifests.filter(podOf)).toHaveLength(2);
    expect(faultsOf(manifests)).toEqual([]);
    expect(
      new Set(manifests.map(({ metadata, kind }) => (kind === 'Namespace' ? metadata.name : metadata.namespace))),
    ).toEqual(new Set(['tatak']));
    expect(of(manifests, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('has two replicas at least, and keeps one when a machine is emptied or a version changes', () => {
    const scale = of(manifests, 'HorizontalPodAutoscaler').spec;
    expect(deployment.spec.replicas).toBeGreaterThanOrEqual(2);
    expect(scale.minReplicas).toBe(deployment.spec.replicas);
    // Connections: 12 a process, of 100.
    expect(scale.maxReplicas * 12).toBeLessThanOrEqual(80);
    expect(scale.scaleTargetRef.name).toBe(deployment.metadata.name);
    expect(of(manifests, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('asks for life and readiness apart, and gives time to stop', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container;
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/health/live', port: 'http' },
      { path: '/health/live', port: 'http' },
      { path: '/health/ready', port: 'http' },
    ]);
    expect(container.ports).toEqual([{ name: 'http', containerPort: Number(settingsOf(manifests).TATAK_PORT) }]);
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(30);
  });

  it('leads from the name to the pods, and every selector meets what it means', () => {
    const labels = deployment.spec.template.metadata.labels;
    const service = of(manifests, 'Service');
    const ingress = of(manifests, 'Ingress').spec;
    const host = new URL(settingsOf(manifests).TATAK_PUBLIC_URL!).host;
    expect([ingress.rules[0].host, ingress.tls[0].hosts[0]]).toEqual([host, host]);
    expect(ingress.rules[0].http.paths[0].backend.service.name).toBe(service.metadata.name);
    for (const selector of [
      service.spec.selector,
      deployment.spec.selector.matchLabels,
      of(manifests, 'PodDisruptionBudget').spec.selector.matchLabels,
      of(manifests, 'NetworkPolicy', 'tatak').spec.podSelector.matchLabels,
    ]) {
      expect(labels).toMatchObject(selector);
    }
    const problems: string[] = [];
    expect(readProxies(settingsOf(manifests).TATAK_TRUSTED_PROXIES, problems)).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('lets the owner of the tables into the job alone, and the service in as a role that owns nothing', () => {
    const job = podOf(of(manifests, 'Job'));
    const secrets = (pod: Manifest) => pod.volumes.flatMap((one: Manifest) => one.secret?.secretName ?? []);
    expect(secrets(job)).toEqual(['tatak-database-owner']);
    expect(secrets(podOf(deployment))).toEqual(['tatak-database-service', 'tatak-keys']);
    expect(job.containers[0].args.slice(-3)).toEqual(['schema', '--role', 'tatak_service']);
    expect(job.containers[0].image).toBe(container.image);
  });

  it('lets nobody in but the ingress, and out only to names, the database and public addresses', () => {
    const everybody = of(manifests, 'NetworkPolicy', 'nothing-unless-said').spec;
    expect(everybody).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const own = of(manifests, 'NetworkPolicy', 'tatak').spec;
    expect(own.ingress).toHaveLength(1);
    expect(own.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8480 }]);
    for (const { ipBlock } of own.egress[0].to) {
      const inside = ipBlock.cidr.includes(':')
        ? ['fc00::/7', 'fe80::/10']
        : ['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'];
      expect(ipBlock.except).toEqual(expect.arrayContaining(inside));
    }
    expect(of(manifests, 'NetworkPolicy', 'names-and-database').spec.policyTypes).toEqual(['Egress']);
  });
});

describe('deploy/kubernetes', () => {
  it('holds no secret, and lists every file', () => {
    const base = join(ROOT, 'base');
    const files = readdirSync(base).filter((name) => name !== 'kustomization.yaml');
    expect(documents(join(base, 'kustomization.yaml'))[0].resources.toSorted()).toEqual(files.toSorted());
    for (const path of [
      ...files.map((name) => join(base, name)),
      ...OVERLAYS.map((name) => join(ROOT, 'overlays', name, 'kustomization.yaml')),
    ]) {
      expect(literalSecrets(readFileSync(path, 'utf8'))).toEqual([]);
    }
  });

  const broken: [string, (pod: Manifest, container: Manifest) => void][] = [
    [
      'runs as root',
      (pod) => {
        pod.securityContext.runAsUser = 0;
      },
    ],
    [
      'no seccomp',
      (pod) => {
        delete pod.securityContext.seccompProfile;
      },
    ],
    [
      'token of the cluster',
      (pod) => {
        delete pod.automountServiceAccountToken;
      },
    ],
    [
      'come as settings',
      (pod) => {
        delete pod.enableServiceLinks;
      },
    ],
    [
      'names no version',
      (_, container) => {
        container.image = 'registry.example/tatak:latest';
      },
    ],
    [
      'write to its image',
      (_, container) => {
        container.securityContext.readOnlyRootFilesystem = false;
      },
    ],
    [
      'keeps capabilities',
      (_, container) => {
        container.securityContext.capabilities.add = ['NET_ADMIN'];
      },
    ],
    [
      'no limits',
      (_, container) => {
        delete container.resources.limits;
      },
    ],
    [
      'is not a setting',
      (_, container) => {
        container.env.push({ name: 'TATAK_PASSPRASE_FILE', value: '/run/secrets/x' });
      },
    ],
    [
      'not as a file',
      (_, container) => {
        container.env.push({ name: 'TATAK_DATABASE_URL', value: 'x' });
      },
    ],
    [
      'no mounted secret',
      (_, container) => {
        container.volumeMounts = container.volumeMounts.slice(1);
      },
    ],
    [
      'has no limit',
      (pod) => {
        pod.volumes.push({ name: 'host', hostPath: { path: '/' } });
      },
    ],
  ];
  it.each(broken)('is found to be wrong when it %s', (fault, breakIt) => {
    const manifests = render(join(ROOT, 'overlays', OVERLAYS[0]!));
    const pod = podOf(of(manifests, 'Deployment'));
    breakIt(pod, pod.containers[0]);
    expect(faultsOf(manifests).join('\n')).toContain(fault);
  });
});
