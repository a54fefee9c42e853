import { type Command, UsageError } from '../command.ts';
import { keyLine, keysCall, SERVICE_USAGE, type ShownKey } from './api.ts';

const KIND = { purpose: { type: 'string' }, algorithm: { type: 'string' } } as const;

export const keysList: Command = {
  usage: `INSTITUTION ${SERVICE_USAGE}`,
  summary: 'Lists the signing keys of an institution, retired and revoked ones too.',
  async run(args, io) {
    const { items } = await keysCall(args).call<{ items: ShownKey[] }>('GET', '');
    for (const key of items) io.out(keyLine(key));
    return 0;
  },
};

export const keysCreate: Command = {
  usage: `INSTITUTION --algorithm P-256|P-384|RSA|Ed25519 [--purpose assertion|status] [--immediately] ${SERVICE_USAGE}`,
  summary: 'Makes the first signing key of a kind; it is listed now and signs three minutes later.',
  async run(args, io) {
    const { values, call } = keysCall(args, { ...KIND, immediately: { type: 'boolean' } });
    if (values.algorithm === undefined) throw new UsageError('--algorithm is missing');
    const { purpose = 'assertion', algorithm, immediately = false } = values;
    io.out(keyLine(await call<ShownKey>('POST', '', { purpose, algorithm, immediately })));
    return 0;
  },
};

export const keysRotate: Command = {
  usage: `INSTITUTION [--purpose assertion|status] [--algorithm KIND] ${SERVICE_USAGE}`,
  summary: 'Lists a successor now; it signs three minutes later, and the old key goes on verifying what it signed.',
  async run(args, io) {
    const { values, call } = keysCall(args, KIND);
    const { purpose = 'assertion', algorithm } = values;
    const body = { purpose, ...(algorithm === undefined ? {} : { algorithm }) };
    io.out(keyLine(await call<ShownKey>('POST', '/rotate', body)));
    return 0;
  },
};

export const keysRetire: Command = {
  usage: `INSTITUTION KEY ${SERVICE_USAGE}`,
  summary: 'Ends a signing key without a successor.',
  async run(args, io) {
    const { positionals, call } = keysCall(args);
    io.out(keyLine(await call<ShownKey>('POST', `/${keyOf(positionals)}/retire`)));
    return 0;
  },
};

export const keysRevoke: Command = {
  usage: `INSTITUTION KEY [--since INSTANT] ${SERVICE_USAGE}`,
  summary: 'Says that a signing key is compromised: proofs from then on fail everywhere, for ever.',
  async run(args, io) {
    const { values, positionals, call } = keysCall(args, { since: { type: 'string' } });
    const body = values.since === undefined ? {} : { revokedAt: values.since };
    const path = `/${keyOf(positionals)}/revoke`;
    const { key, successor } = await call<{ key: ShownKey; successor?: ShownKey }>('POST', path, body);
    for (const one of [key, successor]) if (one) io.out(keyLine(one));
    return 0;
  },
};

export const keysUnlatch: Command = {
  usage: `INSTITUTION KEY --reason TEXT ${SERVICE_USAGE}`,
  summary: 'Lets a key sign again that a failed self-check stopped; look first: `recheck --stops`.',
  async run(args, io) {
    const { values, positionals, call } = keysCall(args, { reason: { type: 'string' } });
    if (!values.reason) throw new UsageError('--reason is missing: what was found');
    io.out(keyLine(await call<ShownKey>('POST', `/${keyOf(positionals)}/resume`, { reason: values.reason })));
    return 0;
  },
};

function keyOf([key, more]: readonly string[]): string {
  if (key === undefined || more !== undefined) throw new UsageError('name one key, as `keys list` shows it');
  return encodeURIComponent(key);
}
