import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '#storage';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { code, DATE, holding, pathway, require_ } from '../pathways/support.ts';
import { usePostgres } from '../support/postgres.ts';
import { stopKey, wrongStore } from './support/broken.ts';
import { type Call, createCalls, problemOf } from './support/call.ts';
import { tatak } from './support/tatak.ts';
import { type CliWorld, openCliWorld, read } from './support/world.ts';

const postgres = usePostgres();
let w: CliWorld;
const before = { ...process.env };

beforeAll(async () => {
  w = await openCliWorld();
  Object.assign(process.env, w.settings);
}, 60_000);
afterAll(async () => {
  for (const name of ['TATAK_PORT', 'TATAK_TLS_PORT', 'TATAK_DATABASE_URL', 'TATAK_API_KEY']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await w?.close();
});

const { callOf, seen } = createCalls(() => w.secrets);

/** The context of the examples of the data model, whose bytes are known. */
const EXAMPLES = '{\n  "@context": {\n    "@vocab": "https://www.w3.org/ns/credentials/examples#"\n  }\n}';

/** One test a command; each calls it with what it must do, and with what it must refuse. */
const TESTS: Record<string, (call: Call) => Promise<void>> = {
  async verify(call) {
    const { url } = w.credential;
    const ca = join(w.service.directory, 'loopback-certificate.pem');
    const local = ['--local', `https://localhost:${w.settings.TATAK_TLS_PORT}`, '--local-ca', ca, '--local', w.url];
    const text = (await w.service.call('GET', `${new URL(url).pathname}.json`)).text;
    const badge = w.file('badge.json', text);
    const words = await call(0, [url, ...local], { out: /^Specimen: /, err: /^$/ });
    expect(words.out).toMatch(
      / {2}valid, not_shown \(\w+\)\n\n {2}pass +document +\w+\n {2}pass +proof +signature_valid/,
    );
    expect(words.out).toContain('Not found out:\n');
    expect((await call(0, [url, '--url', w.url, '--lang', 'fil'])).out).toContain('Hindi nalaman:\n');
    // In any form, here and by the service, with the same answer.
    const forms = ['.png', '.pdf'];
    for (const form of forms) {
      const answer = await w.service.server.inject({ url: `${new URL(url).pathname}${form}` });
      expect(answer.statusCode).toBe(200);
      const file = w.file(`badge${form}`, answer.rawPayload);
      const here = await call(0, [file, ...local, '--json']);
      const there = await call(0, [file, '--url', w.url, '--json']);
      expect(here.json[0], form).toMatchObject({ verdict: 'valid' });
      const pick = ({ verdict, recognition, sentence }: Record<string, unknown>) => ({
        verdict,
        recognition,
        sentence,
      });
      expect(pick(here.json[0] as Record<string, unknown>), form).toEqual(
        pick(there.json[0] as Record<string, unknown>),
      );
    }
    await call(0, ['-', '--url', w.url, '--json'], { input: text });
    await call(0, ['--url', w.url], { input: text, out: /^Specimen: / });
    // Valid is not recognised, and unknown is no pass.
    expect((await call(3, [url, '--recognised', ...local, '--json'])).json).toMatchObject([
      { verdict: 'valid', recognition: 'not_shown' },
    ]);
    await call(3, [badge], { out: /unknown +proof/ });
    const changed = w.file('changed.json', text.replace('SPECIMEN Course', 'SPECIMEN Degree'));
    expect((await call(1, [changed, ...local, '--json'])).json).toMatchObject([{ verdict: 'invalid' }]);
    await call(1, [changed, '--url', w.url], { out: /fail +proof/ });
    await call(3, [badge, ...local, '--recipient', 'somebody@else.example'], { out: /unknown +recipient/ });
    const printed = (await w.service.call('GET', `/credentials/${w.credential.id}/attestation`)).text;
    await call(0, ['-', ...local], { input: printed, out: /stated that.*\n.*\n {2}signature: signature_valid/ });
    expect((await call(0, ['-', '--url', w.url, '--json'], { input: printed })).json).toMatchObject([
      { kind: 'attestation' },
    ]);
    expect((await call(3, ['-', '--json'], { input: printed })).json).toMatchObject([{ signature: 'undetermined' }]);
    await call(2, ['-', '--json'], { input: '{"a":1,"a":2}' });
    await call(1, ['-'], { input: '{}', out: /^Not a badge: .*\n {2}validity, status, issuer, .*: Not looked into/s });
    await call(2, [w.file('none.json')], {
      err: /none\.json cannot be read \(ENOENT\)\n\nusage: tatak verify \[BADGE\]/,
    });
    await call(2, ['https://192.168.0.1/badge'], { err: /not on the public internet/ });
    await call(2, [badge, '--local', 'https://badges.example'], { err: /--local: not an origin of this machine/ });
    await call(2, [badge, '--url', w.url, '--anchor', 'did:web:x']);
    await call(2, [badge, '--url', 'http://badges.example']);
    await call(4, ['http://localhost:1/badge', '--json']);
    await call(4, [badge, '--url', w.as.silent[1]!], { err: /^http:\/\/localhost:\d+ does not answer/ });
    await call(4, [`${w.url}/credentials/00000000000000000000000000`], { err: /404/ });
  },

  async stack(call) {
    const file = w.file('pathway.json', JSON.stringify(pathway(require_('both', code('A'), code('B')))));
    const on = ['--pathway', file, '--at', DATE, '--holdings'];
    const both = w.file('held.json', JSON.stringify([holding('A'), holding('B')]));
    await call(0, [...on, both], { out: /\nMET on 2026-06-30/ });
    expect((await call(0, [...on, both, '--json'])).json).toMatchObject([{ state: 'met' }]);
    await call(1, [...on, '-'], { input: '[]', out: /\nUNMET on 2026-06-30/ });
    expect((await call(1, [...on, '-', '--json'], { input: '[]' })).json).toMatchObject([{ state: 'unmet' }]);
    await call(2, [...on, '-', '--json'], { input: '{' });
    await call(2, [...on, '-'], { input: '[{"\\u001b[2J":1}]', err: /\\u\{1b\}/ });
    await call(2, ['--pathway', file], {
      err: /--holdings is missing.*\n\nusage: tatak stack --pathway FILE --holdings FILE/,
    });
  },

  async 'attestation read'(call) {
    const printed = (await w.service.call('GET', `/credentials/${w.credential.id}/attestation`)).text;
    const document = (await w.service.call('GET', '/institutions/specimen-college/did.json')).text;
    const snapshot = w.file(
      'snapshot.json',
      JSON.stringify({
        register: { validFrom: '2026-06-01T00:00:00Z' },
        didDocuments: { [w.did]: JSON.parse(document) },
      }),
    );
    const without = w.file(
      'without.json',
      JSON.stringify({ register: { validFrom: '2026-06-01T00:00:00Z' }, didDocuments: {} }),
    );
    await call(0, ['--register', snapshot], { input: printed, out: /stated that/ });
    expect((await call(0, ['-', '--register', snapshot, '--json'], { input: printed })).json).toMatchObject([
      { signature: 'valid', keysAsOf: '2026-06-01T00:00:00Z' },
    ]);
    expect((await call(1, ['--register', without, '--json'], { input: printed })).json).toMatchObject([
      { signature: 'undetermined' },
    ]);
    await call(2, ['--register', snapshot, '--json'], { input: 'TATAK1:NOTHING' });
    await call(2, ['--register', '-'], { err: /only one file/ });
    await call(2, [], { input: printed, err: /--register is missing/ });
  },

  async issue(call) {
    const on = ['--achievement', w.achievementId, ...w.as.issuer];
    const one = await call(0, on, {
      input: '{"name":"Iñigo"}',
      out: /^http:\/\/localhost:\d+\/credentials\/\w{26}\n$/,
    });
    // Run again, nothing is issued again; under another name it is.
    expect((await call(0, on, { input: '{ "name": "Iñigo" }' })).out).toBe(one.out);
    expect((await call(0, [...on, '--again', 'second'], { input: '{"name":"Iñigo"}' })).out).not.toBe(one.out);
    // Two equal ones are two.
    const two = Array.from({ length: 2 }, () => ({ achievementId: w.achievementId, recipients: [{}] }));
    const options = ['--json', '--progress', ...w.as.issuer];
    const both = await call(0, options, { input: JSON.stringify(two), err: /^1 of 2 requests\n2 of 2 requests\n$/ });
    const [{ credentials }] = both.json as [{ credentials: { id: string }[] }];
    expect(new Set(credentials.map(({ id }) => id)).size).toBe(2);
    const requests = w.file(
      'requests.json',
      JSON.stringify([{ achievementId: w.achievementId, recipients: [{ name: 'Celso' }] }]),
    );
    expect((await call(0, [requests, '--json', ...w.as.issuer])).json).toMatchObject([
      { credentials: [{ state: 'active' }], approvals: [] },
    ]);
    // From the environment.
    process.env.TATAK_API_KEY = w.secrets[1]!;
    await call(0, [requests, '--url', w.url]);
    delete process.env.TATAK_API_KEY;
    await call(2, [requests, '--url', w.url], { err: /--key-file is missing/ });
    // The place of what is wrong is one in what was given, and what was issued before is told.
    const late = [two[0], { ...two[0], recipients: [{ name: 'B', colour: 1 }] }];
    const refused = await call(2, [...w.as.issuer, '--json'], { input: JSON.stringify(late) });
    expect(problemOf(refused.err)).toMatchObject({ errors: [{ pointer: '/1/recipients/0/colour' }] });
    expect(refused.json).toMatchObject([{ credentials: [{ id: credentials[0]!.id }] }]);
    await call(2, on, { input: '[{"email":"nobody"}]', err: /^\/0\/email: / });
    await call(2, on, { input: '[]' });
    await call(2, on, { input: '[1]', err: /\/0 must be an object/ });
    await call(2, w.as.issuer, { input: '{}', err: /give --achievement/ });
    await call(2, ['--achievement', w.achievementId, ...w.as.nobody], { input: '{}' });
    await call(2, ['--achievement', w.achievementId, '--url', 'http://badges.example', '--key-file', w.as.issuer[3]!], {
      input: '{}',
      err: /is not an https address/,
    });
    await call(4, ['--achievement', w.achievementId, '--json', ...w.as.silent], { input: '{}' });
  },

  async batch(call) {
    const on = ['--achievement', w.achievementId, ...w.as.issuer];
    const list = w.file('class.csv', 'name,email\nAmihan,amihan@students.example\nIñigo,inigo@students.example\n');
    const bad = 'name,email\nAmihan,amihan@students.example\nCelso,nobody\n';
    await call(0, [list, '--preview', ...on], { out: /^batch \w{26}: 2 rows, 0 invalid\n/ });
    await call(1, ['-', '--preview', ...on], { input: bad, out: /2 rows, 1 invalid\n {2}row 2, email: / });
    await call(1, [...on], { input: bad, err: /nothing was issued/ });
    const results = w.file('results.csv');
    const signed = w.file('signed.ndjson');
    const done = await call(
      0,
      [list, '--out', results, '--credentials', signed, '--offer', 'link', '--progress', ...on],
      { out: /\ndone: 2 issued, 0 failed, 0 left out\n/, err: /of 2 issued\n/ },
    );
    expect(read(results)).toMatch(/^"row".*\r\n"1","issued".*\r\n"2","issued"/);
    expect(statSync(results).mode & 0o777).toBe(0o600);
    expect(read(signed).trim().split('\n')).toHaveLength(2);
    // The same list again is the same batch.
    const again = await call(0, [list, '--offer', 'link', '--json', ...on]);
    expect(done.out).toContain(`batch ${(again.json[0] as { batchId: string }).batchId}:`);
    expect(again.json).toMatchObject([{ state: 'done', issuedRows: 2, invalid: [], notices: expect.any(Array) }]);
    const partly = await call(1, ['--skip-invalid', '--json', ...on], { input: bad });
    expect(partly.json).toMatchObject([{ state: 'done', issuedRows: 1, invalidRows: 1, invalid: [{ row: 2 }] }]);
    const lines = w.file('class.ndjson', '{"name":"Dalisay"}\n');
    await call(0, [lines, '--awarded-date', '2026-01-02', '--json', ...on]);
    await call(2, [list, '--out', results, ...on], { err: /results\.csv exists/ });
    await call(2, [w.file('nowhere.csv'), ...on], { err: /cannot be read \(ENOENT\)/ });
    await call(2, [list, '--json', '--achievement', '0'.repeat(26), ...w.as.issuer]);
    await call(2, ['--lang', 'de', ...on], { err: /--lang must be one of en, fil/ });
    await call(4, [list, '--json', '--achievement', w.achievementId, ...w.as.silent]);
  },

  async 'offer create'(call) {
    const on = [w.credential.id, ...w.as.issuer];
    await call(0, on, { out: /^offer \w{26}, until \S+\n {2}browser http\S+\n {2}wallet {2}openid-credential-offer:/ });
    const made = await call(0, [...on, '--confirmation', 'txCode', '--days', '3', '--json']);
    expect(made.json).toMatchObject([{ claimUrl: expect.any(String), txCode: expect.stringMatching(/^\d+$/) }]);
    await call(2, ['x', '--json', ...w.as.issuer]);
    await call(2, [...on, '--confirmation', 'toString'], { err: /must be one of none, txCode, email/ });
    await call(4, [w.credential.id, '--json', ...w.as.silent]);
  },

  async 'offer claim'(call) {
    const offer = async () =>
      JSON.parse((await tatak(['offer', 'create', w.credential.id, ...w.as.issuer, '--json'])).out) as {
        credentialOfferLink: string;
      };
    const { credentialOfferLink: link } = await offer();
    await call(0, ['-', '--out', w.file('taken.json')], { input: `${link}\n`, out: /bound to did:key:z6Mk/ });
    expect(statSync(w.file('taken.json.key')).mode & 0o777).toBe(0o600);
    expect((await call(1, [link, '--out', w.file('again.json'), '--json'])).json).toMatchObject([{ claimed: false }]);
    const token = w.file('next.jwt');
    const more = ['--out', token, '--key', w.file('taken.json.key'), '--format', 'jwt_vc_json', '--json'];
    const next = await call(0, [(await offer()).credentialOfferLink, ...more]);
    expect(next.json).toMatchObject([{ claimed: true, verdict: 'valid' }]);
    expect(await tatak(['verify', token, '--url', w.url])).toMatchObject({ code: 0 });
    await call(2, ['file:///etc/passwd', '--out', w.file('x.json'), '--json']);
    await call(2, [link], { err: /--out is missing/ });
    await call(4, ['http://localhost:1/offer', '--out', w.file('x.json'), '--json']);
    expect(existsSync(w.file('x.json'))).toBe(false);
  },

  async 'accredit grant'(call) {
    const options = [
      '--accredited',
      w.centre,
      '--role',
      'Award',
      '--scope',
      '{"awardType":["HeiMicroCredential"]}',
      '--valid-from',
      '2026-01-01',
    ];
    await call(0, [...options, '--instrument', '{"kind":"CMO","number":"1","series":"2026"}', ...w.as.authority], {
      out: /^\w{26} .*accredit Award .*did:web:localhost.* to -\n$/,
    });
    const grant = JSON.stringify({
      accredited: w.centre,
      role: 'Train',
      scope: [{ awardType: ['HeiMicroCredential'] }],
      validFrom: '2026-01-01',
    });
    expect(
      (await call(0, ['-', '--valid-until', '2027-01-01', '--json', ...w.as.authority], { input: grant })).json,
    ).toMatchObject([{ role: 'Train', accredited: w.centre }]);
    await call(2, [...options, '--json', ...w.as.issuer]);
    await call(2, w.as.authority, { err: /name a file with the grant/ });
    await call(2, [...options, '--scope', '{', ...w.as.authority], { err: /--scope is not JSON/ });
    await call(2, ['-', ...w.as.authority], { input: '[]', err: /one object/ });
    await call(4, [...options, '--json', ...w.as.silent]);
  },

  async 'accredit list'(call) {
    const all = await call(0, w.as.authority, { out: /^\w{26} active +accredit Award/m });
    expect(all.out.trim().split('\n').length).toBeGreaterThanOrEqual(2);
    expect((await call(0, ['--role', 'Train', '--json', ...w.as.authority])).json).toMatchObject([{ role: 'Train' }]);
    await call(2, ['--role', 'Judge', ...w.as.authority]);
    await call(2, ['--json', ...w.as.nobody]);
    await call(4, ['--json', ...w.as.silent]);
  },

  async 'accredit suspend'(call) {
    const id = await grantOf('Award');
    await call(0, [id, '--reason', 'Under review', ...w.as.authority], { out: new RegExp(`^${id} suspended`) });
    await call(2, [id, ...w.as.authority], { err: /--reason is missing/ });
    await call(2, [id, '--reason', 'Under review', '--json', ...w.as.authority]);
    const other = await grantOf('Train');
    expect((await call(0, [other, '--reason', 'Under review', '--json', ...w.as.authority])).json).toMatchObject([
      { id: other, standing: 'suspended' },
    ]);
    await call(4, [id, '--reason', 'Under review', '--json', ...w.as.silent]);
  },

  async 'accredit reinstate'(call) {
    const id = await grantOf('Award');
    await call(0, [id, '--reason', 'No fault found', ...w.as.authority], { out: new RegExp(`^${id} active`) });
    expect(
      (await call(0, [await grantOf('Train'), '--reason', 'No fault found', '--json', ...w.as.authority])).json,
    ).toMatchObject([{ standing: 'active' }]);
    await call(2, ['nothing', '--reason', 'No fault found', '--json', ...w.as.authority]);
    await call(4, [id, '--reason', 'No fault found', ...w.as.silent]);
  },

  async 'accredit end'(call) {
    const id = await grantOf('Award');
    await call(2, [id, '--as', 'deleted', '--reason', 'Closed', ...w.as.authority], {
      err: /must be one of withdrawn/,
    });
    await call(0, [id, '--reason', 'The programme was closed', ...w.as.authority], {
      out: new RegExp(`^${id} withdrawn`),
    });
    const annulled = await call(0, [
      await grantOf('Train'),
      '--as',
      'annulled',
      '--reason',
      'Forged papers',
      '--json',
      ...w.as.authority,
    ]);
    expect(annulled.json).toMatchObject([{ standing: 'annulled' }]);
    await call(4, [id, '--reason', 'Closed', '--json', ...w.as.silent]);
  },

  async 'keys list'(call) {
    await call(0, ['specimen-college', ...w.as.operator], { out: /^key-1-assertion +Ed25519 +active/m });
    expect((await call(0, ['specimen-college', '--json', ...w.as.operator])).json).toMatchObject([
      { items: expect.any(Array) },
    ]);
    await call(2, ['nobody', '--json', ...w.as.operator]);
    await call(4, ['specimen-college', '--json', ...w.as.silent]);
  },
  async 'keys create'(call) {
    const on = ['specimen-college', '--algorithm'];
    await call(0, [...on, 'P-256', '--immediately', ...w.as.operator], { out: /^key-2-assertion +P-256 +active/ });
    expect((await call(0, [...on, 'P-384', '--json', ...w.as.operator])).json).toMatchObject([{ algorithm: 'P-384' }]);
    await call(2, [...on, 'P-521', ...w.as.operator]);
    await call(2, [...on, 'P-256', '--json', ...w.as.operator]);
    await call(4, [...on, 'RSA', '--json', ...w.as.silent]);
  },
  async 'keys rotate'(call) {
    await call(0, ['specimen-college', '--purpose', 'status', ...w.as.operator], {
      out: /^key-\d-status +Ed25519 +waiting/,
    });
    expect(
      (await call(0, ['specimen-college', '--algorithm', 'P-256', '--json', ...w.as.operator])).json,
    ).toMatchObject([{ state: 'waiting' }]);
    await call(2, ['specimen-college', '--json', ...w.as.issuer]);
    await call(4, ['specimen-college', '--json', ...w.as.silent]);
  },
  async 'keys retire'(call) {
    await call(0, ['specimen-college', 'key-2-assertion', ...w.as.operator], { out: / ends / });
    expect((await call(0, ['specimen-college', 'key-3-assertion', '--json', ...w.as.operator])).json).toMatchObject([
      { retiredAt: expect.any(String) },
    ]);
    await call(2, ['specimen-college', ...w.as.operator], { err: /KEY is missing/ });
    await call(2, ['specimen-college', 'key-9-assertion', '--json', ...w.as.operator]);
    await call(4, ['specimen-college', 'key-2-assertion', '--json', ...w.as.silent]);
  },
  async 'keys unlatch'(call) {
    await call(2, ['specimen-college', 'key-1-assertion', '--reason', 'Nothing', '--json', ...w.as.operator]);
    await call(2, ['specimen-college', 'key-1-assertion', ...w.as.operator], { err: /--reason is missing/ });
    await stopKey(w);
    await call(0, ['specimen-college', 'key-1-assertion', '--reason', 'A bad module', ...w.as.operator], {
      out: /^key-1-assertion/,
    });
    await stopKey(w);
    expect(
      (await call(0, ['specimen-college', 'key-1-assertion', '--reason', 'Another', '--json', ...w.as.operator])).json,
    ).toMatchObject([{ keyId: 'key-1-assertion' }]);
    await call(4, ['specimen-college', 'key-1-assertion', '--reason', 'x', '--json', ...w.as.silent]);
  },

  async backup(call) {
    const on = ['--data', w.service.directory];
    await call(0, ['--to', w.file('store.tatak'), ...on, '--progress'], { out: /digest [0-9a-f]{64}/ });
    expect((await call(0, ['--to', w.file('other.tatak'), ...on, '--json'])).json).toMatchObject([
      { sha256: expect.any(String), findings: [] },
    ]);
    await call(2, ['--to', w.file('store.tatak'), ...on, '--json']);
    await call(1, ['--to', w.file('wrong.tatak'), '--data', await wrongStore(w)], {
      err: /does not agree with itself/,
    });
    await call(2, ['--to', w.file('x.tatak')], { err: /--data is missing/ });
  },

  async restore(call) {
    const from = ['--from', w.file('store.tatak')];
    await call(1, [...from, '--data', w.file('refused')], { err: /^nothing was restored/ });
    expect((await call(1, [...from, '--data', w.file('refused'), '--json'])).json).toMatchObject([{ ok: false }]);
    await call(0, [...from, '--data', w.file('restored'), '--accept-lost-revocations'], { out: /^restored as of / });
    const backup = readFileSync(w.file('store.tatak'));
    expect(
      (
        await call(0, ['--from', '-', '--data', w.file('piped'), '--accept-lost-revocations', '--json'], {
          input: backup,
        })
      ).json,
    ).toMatchObject([{ ok: true }]);
    await call(2, [...from, '--json']);
    await call(2, [], { err: /--from is missing/ });
  },

  async recheck(call) {
    await call(0, ['--data', w.file('restored')], { out: /^$/, err: /looked at, 0 drifted/ });
    await call(1, ['--data', w.file('wrong')], { out: /\(entry \d+\) \w+: / });
    expect((await call(1, ['--data', w.file('wrong'), '--json'])).json.length).toBeGreaterThan(0);
    await call(2, ['--data', '/nowhere', '--json']);
    await call(2, ['--data', w.file('restored'), '--since', 'yesterday']);
  },

  async schema(call) {
    await call(2, ['--json']);
    await call(2, ['--role', 'No body', '--json']);
    process.env.TATAK_DATABASE_URL = await postgres().database();
    await call(0, [], { out: /up to date/ });
    expect((await call(0, ['--json'])).json).toEqual([{ ok: true }]);
    await call(1, ['--role', 'nobody_here'], { err: /nobody_here/ });
    process.env.TATAK_DATABASE_URL = 'postgres://nobody:nothing@localhost:1/none';
    await call(4, ['--json'], { err: /cannot be reached/ });
    delete process.env.TATAK_DATABASE_URL;
  },

  async migrate(call) {
    const on = ['--from', 'sqlite', '--to', 'postgres', '--data', w.file('restored')];
    await call(2, on, { err: /TATAK_DATABASE_URL_FILE/ });
    await call(2, ['--from', 'sqlite', '--to', 'sqlite', '--data', w.file('restored'), '--json']);
    await call(2, ['--from', 'mysql', '--to', 'sqlite', '--data', w.file('restored')], {
      err: /--from must be one of sqlite, postgres/,
    });
    process.env.TATAK_DATABASE_URL = await postgres().database();
    await call(0, on, { out: /rows of \d+ tables moved from sqlite to postgres/ });
    await call(1, on, { err: /^nothing was moved/ });
    expect((await call(1, [...on, '--json'])).json).toMatchObject([{ ok: false }]);
    delete process.env.TATAK_DATABASE_URL;
  },

  async 'audit export'(call) {
    const on = ['--data', w.service.directory];
    const lines = await call(0, [...on, '--json'], { err: /^\d+ entries; / });
    expect(lines.json.length).toBeGreaterThan(3);
    await call(0, [...on, '--out', w.file('log.jsonl'), '--progress'], { out: /^$/ });
    expect((await call(0, [...on, '--out', w.file('other.jsonl'), '--json'])).json).toMatchObject([
      { entries: expect.any(Number) },
    ]);
    await call(2, [...on, '--out', w.file('log.jsonl'), '--json']);
    const dataDirectory = w.file('empty');
    mkdirSync(dataDirectory);
    await (await openStorage({ dataDirectory })).close();
    await call(1, ['--data', dataDirectory], { err: /no checkpoint yet/ });
  },

  async 'audit verify'(call) {
    const log = read(w.file('log.jsonl'));
    await call(0, [w.file('log.jsonl')], { out: /^warning: .*\nwarning: .*\nok: / });
    expect((await call(0, ['-', '--json'], { input: log })).json).toMatchObject([{ ok: true }]);
    expect(
      (await call(1, ['-', '--json'], { input: log.replace('apiKey.create', 'apiKey.revoke') })).json,
    ).toMatchObject([{ ok: false }]);
    await call(1, ['-'], { input: 'nothing', out: /FAILED/ });
    await call(2, ['/nowhere', '--json']);
  },

  async 'contexts add'(call) {
    const on = ['--data', w.file('contexts')];
    await call(1, ['-', ...on], { input: '{}', err: /none of the contexts that can be added/ });
    expect((await call(1, ['-', '--json', ...on], { input: '{}' })).json).toMatchObject([
      { added: false, known: expect.any(Array) },
    ]);
    await call(2, [w.file('none.json'), '--json', ...on]);
    await call(0, ['-', ...on], { input: EXAMPLES, out: /^https:\/\/www\.w3\.org\/\S+ is known from the next start/ });
    expect((await call(0, ['-', '--json', ...on], { input: EXAMPLES })).json).toMatchObject([{ added: true }]);
  },

  async 'archive add'(call) {
    const history = await w.service.call('GET', '/institutions/specimen-college/did-history/1');
    expect(history.status, history.text).toBe(200);
    const key = (await w.service.call('GET', '/log/key')).text.trim();
    const on = ['--log', key, '--data', w.file('archive')];
    await call(0, ['-', ...on], { input: history.text, out: /is used from the next start/ });
    expect((await call(0, ['-', '--json', ...on], { input: history.text })).json).toMatchObject([
      { kept: true, did: w.did },
    ]);
    const forged = history.text.replaceAll('z6Mk', 'z6Mm');
    expect((await call(1, ['-', '--json', ...on], { input: forged })).json).toMatchObject([{ kept: false }]);
    await call(1, ['-', ...on], { input: '{}', err: /is not kept/ });
    await call(2, ['-', '--json', '--data', w.file('archive')], { input: history.text });
  },

  async signer(call) {
    // That it signs: test/keystore/process.test.ts. It runs until it is told to stop.
    const others = process.listeners('SIGTERM');
    const stop = setInterval(() => {
      for (const one of process.listeners('SIGTERM').filter((listener) => !others.includes(listener))) {
        process.removeListener('SIGTERM', one);
        one('SIGTERM');
      }
    }, 20);
    process.env.TATAK_PASSPHRASE = 'a specimen of a passphrase';
    try {
      const on = ['--data', w.file('signer')];
      mkdirSync(w.file('signer'), { mode: 0o700 });
      await call(0, ['--socket', w.file('s1'), ...on], { out: /^the signer answers at / });
      expect((await call(0, ['--socket', w.file('s2'), '--json', ...on])).json).toEqual([{ socket: w.file('s2') }]);
      delete process.env.TATAK_PASSPHRASE;
      await call(2, ['--socket', w.file('s3'), '--json', ...on]);
      await call(2, on, { err: /--socket is missing/ });
    } finally {
      clearInterval(stop);
      if (before.TATAK_PASSPHRASE === undefined) delete process.env.TATAK_PASSPHRASE;
      else process.env.TATAK_PASSPHRASE = before.TATAK_PASSPHRASE;
    }
  },

  async completion(call) {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { out } = await call(0, [shell], { out: /key-file/ });
      for (const words of Object.keys(COMMANDS)) for (const word of words.split(' ')) expect(out).toContain(word);
      expect((await call(0, [shell, '--json'])).json).toEqual([{ shell, script: out }]);
    }
    await call(2, ['powershell', '--json']);
    await call(2, [], { err: /SHELL is missing: bash, zsh or fish/ });
  },

  async version(call) {
    const { version } = JSON.parse(read(join(import.meta.dirname, '../../package.json'))) as { version: string };
    await call(0, [], { out: new RegExp(`^tatak ${version.replaceAll('.', '\\.')} \\(Node \\d+`) });
    expect((await call(0, ['--json'])).json).toEqual([{ tatak: version, node: process.version.slice(1) }]);
    expect(await tatak(['--version'])).toMatchObject({ code: 0, out: expect.stringContaining(version) });
    await call(2, ['more', '--json']);
  },

  // Last: they end what the others sign with.
  async 'keys revoke'(call) {
    await call(0, ['specimen-college', 'key-1-status', ...w.as.operator], { out: /^key-1-status +Ed25519 +revoked/ });
    await call(2, ['specimen-college', 'key-1-assertion', '--since', 'yesterday', '--json', ...w.as.operator]);
    expect((await call(0, ['specimen-college', 'key-1-assertion', '--json', ...w.as.operator])).json).toMatchObject([
      { key: { state: 'revoked' } },
    ]);
    await call(4, ['specimen-college', 'key-1-assertion', '--json', ...w.as.silent]);
  },
  async 'keys withdraw'(call) {
    const of = ['specimen-college', 'key-1-assertion'];
    await call(0, [...of, ...w.as.issuer], {
      out: /^\w{26} active\n/m,
      err: /credentials are signed by key-1-assertion; 0 revoked/,
    });
    expect((await call(0, [...of, '--json', ...w.as.auditor])).json).toContainEqual({
      id: w.credential.id,
      state: 'active',
    });
    await call(2, [...of, '--revoke', '--json', ...w.as.issuer]);
    await call(1, ['specimen-college', 'key-1-assertion', '--revoke', '--reason', 'Stolen', ...w.as.auditor], {
      err: /0 revoked now, [1-9]/,
    });
    await call(0, [...of, '--revoke', '--reason', 'Stolen', '--progress', '--json', ...w.as.issuer], {
      err: /; [1-9]\d* revoked now, 0 could not be\n$/,
    });
    await call(4, [...of, '--json', ...w.as.silent]);
  },
};

async function grantOf(role: string): Promise<string> {
  const { out } = await tatak(['accredit', 'list', '--role', role, '--json', ...w.as.authority]);
  return (JSON.parse(out.split('\n')[0]!) as { id: string }).id;
}

describe('every command', () => {
  for (const [words, test] of Object.entries(TESTS)) {
    it(`tatak ${words}: its output, its --json and its exit codes`, async () => {
      await test(callOf(words));
      const { exits = {}, options } = await COMMANDS[words]!();
      // Every code that its help speaks of was seen, and that of a service that is silent.
      const promised = [0, 2, ...Object.keys(exits).map(Number), ...('url' in options ? [4] : [])];
      expect([...seen.get(words)!].sort()).toEqual([...new Set(promised)].sort());
      for (const code of seen.get(words)!) expect(EXIT_CODES).toHaveProperty(String(code));
    }, 60_000);
  }

  it('has a test, and no other has', () => {
    expect(Object.keys(TESTS).sort()).toEqual(Object.keys(COMMANDS).sort());
  });
});
