import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', '..', 'src');

/** Which rooms a room may import. `*` is the composition root's privilege. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  kernel: [],
  framework: ['kernel'],
  observability: ['kernel', 'keystore'],
  net: ['kernel'],
  identifiers: ['kernel', 'net', 'keystore'],
  keystore: ['kernel'],
  proofs: ['kernel', 'identifiers', 'keystore'],
  documents: ['kernel'],
  auth: ['kernel', 'observability'],
  institutions: ['kernel', 'observability', 'keystore', 'framework', 'identifiers'],
  achievements: ['kernel', 'observability', 'framework', 'institutions', 'credentials', 'documents'],
  accreditation: ['kernel', 'observability', 'framework', 'institutions', 'proofs', 'identifiers', 'net'],
  pathways: ['kernel', 'observability', 'framework', 'institutions', 'proofs'],
  equivalences: ['kernel', 'observability', 'framework', 'institutions', 'proofs', 'accreditation', 'pathways'],
  credentials: ['kernel', 'observability', 'framework', 'institutions', 'achievements', 'proofs', 'auth'],
  // Made from an issued badge, read with its issuer's key alone.
  attestations: ['kernel', 'institutions', 'credentials', 'proofs', 'documents'],
  challenges: ['kernel'],
  // Who asks for too many is counted as who asks for codes.
  'kept-reports': ['kernel', 'holders'],
  // Verified as any badge, and kept for whoever has proven an address or a key.
  imports: ['kernel', 'observability', 'holders', 'verifier'],
  statistics: ['kernel', 'framework'],
  offers: ['kernel', 'observability', 'institutions', 'achievements', 'credentials', 'delivery'],
  exchanges: ['kernel', 'observability', 'identifiers', 'offers', 'verifier'],
  oauth: ['kernel', 'observability', 'auth', 'offers', 'holders', 'keystore', 'institutions'],
  // The Open Badges API for whoever a learner let in.
  host: ['kernel', 'observability', 'holders', 'imports', 'oauth'],
  // The same API at hosts of others: what is brought from there is kept as what learners bring themselves.
  consumer: ['kernel', 'observability', 'net', 'holders', 'imports'],
  holders: ['kernel', 'observability', 'challenges', 'delivery', 'verifier', 'credentials', 'offers'],
  people: ['kernel', 'observability', 'auth', 'delivery', 'net', 'institutions'],
  delivery: ['kernel', 'observability'],
  // Pure: names of events, and what is said of them.
  events: [],
  webhooks: ['kernel', 'observability', 'events', 'net'],
  'presentation-requests': [
    'kernel',
    'observability',
    'institutions',
    'identifiers',
    'keystore',
    'proofs',
    'verifier',
    'pathways',
  ],
  wallets: [
    ...['kernel', 'observability', 'institutions', 'achievements', 'credentials', 'challenges', 'offers', 'oauth'],
    ...['identifiers', 'keystore', 'proofs', 'verifier'],
  ],
  // A class list whose people get their claim links by mail.
  jobs: ['kernel', 'observability', 'credentials', 'achievements', 'institutions', 'auth', 'offers', 'delivery'],
  'prior-learning': ['kernel', 'observability', 'institutions', 'achievements', 'credentials', 'auth'],
  verifier: [
    'kernel',
    'observability',
    'framework',
    'accreditation',
    'pathways',
    'equivalences',
    'credentials',
    'proofs',
    'identifiers',
    'net',
    'achievements',
    // What a picture or a page carries: pure readers of bytes.
    'documents',
  ],
  conferrals: [
    'kernel',
    'observability',
    'institutions',
    'achievements',
    'credentials',
    'pathways',
    'proofs',
    'verifier',
  ],
  storage: [
    'kernel',
    'keystore',
    'observability',
    'institutions',
    'auth',
    'achievements',
    'credentials',
    'accreditation',
    'pathways',
    'conferrals',
    'equivalences',
    'jobs',
    'prior-learning',
    'challenges',
    'offers',
    'exchanges',
    'oauth',
    'host',
    'consumer',
    'holders',
    'people',
    'delivery',
    'presentation-requests',
    'kept-reports',
    'imports',
    'statistics',
    'wallets',
    'webhooks',
  ],
  pages: [
    'attestations',
    'kernel',
    'framework',
    'accreditation',
    'pathways',
    'verifier',
    'equivalences',
    'offers',
    'holders',
    'people',
    'consumer',
  ],
  // A program of its own, made of the pure rooms: what it composes has neither store nor network.
  sdk: [
    ...['kernel', 'framework', 'identifiers', 'net', 'proofs', 'accreditation', 'pathways', 'verifier'],
    ...['attestations', 'equivalences'],
  ],
  api: ['*'],
  cli: ['*'],
  app: ['*'],
};

/** Packages only these rooms may touch: a use case knows neither the web nor the database. */
const PACKAGE_ROOMS: Record<string, readonly string[]> = {
  fastify: ['api', 'app'],
  kysely: ['storage'],
  'better-sqlite3': ['storage'],
  pg: ['storage'],
  'oidc-provider': ['oauth'],
  'openid-client': ['people'],
  '@simplewebauthn/server': ['people'],
  nodemailer: ['delivery'],
  dcql: ['presentation-requests'],
  qrcode: ['documents'],
  '@napi-rs/canvas': ['documents'],
  pdfkit: ['documents'],
  'pdfjs-dist': ['documents'],
  'pdfjs-dist/legacy/build/pdf.mjs': ['documents'],
  cborg: ['proofs'],
  jsonld: ['proofs'],
  '@digitalbazaar/vc': ['proofs'],
  'did-resolver': ['identifiers'],
  rolldown: ['sdk'],
  'openapi-typescript': ['sdk'],
  '@noble/hashes/sha2.js': ['sdk'],
  'node:https': ['net', 'app', 'cli', 'api'],
  'node:http': ['net', 'app', 'cli', 'api', 'oauth'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && statSync(join(SRC, file)).isFile())
  .map((file) => ({
    file,
    room: file.split(sep)[0]!,
    text: readFileSync(join(SRC, file), 'utf8'),
  }));

const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import|getBuiltinModule)\s*\(?\s*'([^']+)'/g)]
    .map((match) => match[1]!)
    .filter((name) => name !== '');

describe('rooms', () => {
  it('import one another only by their public file, in the directions drawn', () => {
    const bad: string[] = [];
    for (const { file, room, text } of files) {
      for (const name of importsOf(text)) {
        if (name.startsWith('.')) {
          const target = relative(SRC, join(SRC, file, '..', name)).split(sep)[0];
          const inside = target === room || room === 'main.ts' || target === '..';
          if (!inside) bad.push(`${file} reaches into ${name}`);
        } else if (name.startsWith('#')) {
          const allowed = MAY_IMPORT[room] ?? (room === 'main.ts' ? ['*'] : undefined);
          if (!allowed) bad.push(`${file}: the room ${room} is not in the table`);
          else if (!allowed.includes('*') && !allowed.includes(name.slice(1))) bad.push(`${file} imports ${name}`);
        }
      }
    }
    expect(bad).toEqual([]);
  });

  it('keep the web, the database and JSON-LD behind their rooms', () => {
    const bad = files.flatMap(({ file, room, text }) =>
      importsOf(text)
        .filter((name) => PACKAGE_ROOMS[name] && !PACKAGE_ROOMS[name].includes(room))
        .map((name) => `${file} imports ${name}`),
    );
    expect(bad).toEqual([]);
  });

  it('read the environment in one file', () => {
    expect(files.filter(({ text }) => /process\.env/.test(text)).map(({ file }) => file.replaceAll(sep, '/'))).toEqual([
      'app/env.ts',
    ]);
  });

  it('have no file that only grew', () => {
    const lines = files
      .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
      .sort((a, b) => a.lines - b.lines);
    expect(lines.filter(({ lines }) => lines > 600)).toEqual([]);
    expect(lines.filter(({ lines }) => lines > 350).length).toBeLessThanOrEqual(lines.length * 0.05);
    expect(lines[Math.floor(lines.length / 2)]!.lines).toBeLessThanOrEqual(100);
    expect(
      lines
        .filter(({ file, lines }) => /[\\/](rules|lints|checks)[\\/]/.test(file) && lines > 120)
        .map(({ file }) => file),
    ).toEqual([]);
  });

  it('have no drawer for everything', () => {
    expect(files.filter(({ file }) => /(utils?|helpers?|common|manager|service)\.ts$/.test(file))).toEqual([]);
  });
});
