import { resolve } from 'node:path';
import type { RateLimits } from '#api';
import { LIMITS, SLUG_PATTERN } from '#kernel';
import { DEFAULT_LENIENCIES, type Leniencies, readLeniencies } from '#wallets';
import { ConfigError } from './config-error.ts';
import { readDatabaseUrl } from './database.ts';
import { type Env, readDataDirectory } from './env.ts';
import { type MailConfig, readMail } from './mail.ts';
import { readProxies } from './proxies.ts';
import { readRateLimits } from './rate-limits.ts';
import { readToken, type TokenConfig } from './token.ts';
import { readTraces, type TracesConfig } from './traces.ts';

export interface Config {
  /** No trailing slash. */
  publicUrl: string;
  /** Public address is this machine: development, specimens only, second listener with TLS. */
  loopback: boolean;
  host: string;
  port: number;
  tlsPort: number;
  /** Addresses or ranges of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** Method-specific start of every institution's DID: `HOST` or `HOST%3APORT`. */
  didAuthority: string;
  /** https origin that serves the DID documents. */
  didOrigin: string;
  dataDirectory: string;
  /** Of the PostgreSQL database that replicas share, with its password; absent: the embedded database in the data directory. */
  databaseUrl?: string;
  /** In order of precedence. */
  trustAnchors: string[];
  /** Authorities in a chain, the anchor included, for anchors that say so. */
  trustDepth: ReadonlyMap<string, number>;
  /** Of the process that signs; absent: this one does. */
  signerSocket?: string;
  /** Keys are made in it; absent: wrapped by the passphrase. */
  token?: TokenConfig;
  privacyContact?: string;
  /** For the privacy notice and the comparative map. */
  operator: { name?: string; address?: string; correctionsContact?: string };
  /** Absent: no mail can be sent. */
  mail?: MailConfig;
  /** Credentials are marked `realism: Illustrative`, names begin SPECIMEN. */
  specimen: boolean;
  /** Institution in whose name requests to /vc-api without a key are answered; on a loopback address only. */
  vcApiOpen?: string;
  /** One file an institution, named as its slug. */
  openIdSecrets?: string;
  /** Where wallets get more than OpenID4VCI 1.0 asks for. */
  walletLeniencies: Leniencies;
  logLevel: string;
  /** Entries of a new status list. */
  statusListLength: number;
  /** Requests a minute, where they are not the defaults. */
  rateLimits: Partial<RateLimits>;
  /** Absent: nothing is traced. */
  traces?: TracesConfig;
  /** Milliseconds between the signal to stop and the end of the listener. */
  drainMs: number;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const LISTEN_LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
const LEVELS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/** Settings -> configuration, or one error that names everything missing or wrong. */
export function readConfig(env: Env): Config {
  const problems: string[] = [];
  const port = readPort(env.TATAK_PORT, 8480, 'TATAK_PORT', problems);
  const tlsPort = readPort(env.TATAK_TLS_PORT, 8483, 'TATAK_TLS_PORT', problems);
  const url = readUrl(env.TATAK_PUBLIC_URL ?? `http://localhost:${port}`, problems);
  const loopback = LOOPBACK.has(url.hostname);
  const { trustAnchors, trustDepth } = readAnchors(env.TATAK_TRUST_ANCHORS ?? '', problems);
  const logLevel = env.TATAK_LOG_LEVEL ?? 'info';
  const sandbox = readSwitch(env.TATAK_SANDBOX, 'TATAK_SANDBOX', problems);
  const host = env.TATAK_HOST ?? '127.0.0.1';
  const vcApiOpen = env.TATAK_VC_API_OPEN;
  if (vcApiOpen !== undefined) {
    if (!SLUG_PATTERN.test(vcApiOpen)) problems.push('TATAK_VC_API_OPEN: not the slug of an institution');
    // Whoever reaches it signs as the institution, so nobody but this machine may reach it.
    if (!loopback || !LISTEN_LOOPBACK.has(host)) {
      problems.push('TATAK_VC_API_OPEN: only with a loopback TATAK_PUBLIC_URL and TATAK_HOST');
    }
  }
  const drain = env.TATAK_DRAIN_SECONDS ?? '2';
  if (!/^\d{1,2}$/.test(drain)) problems.push(`TATAK_DRAIN_SECONDS: not a number of seconds below 100: ${drain}`);
  if (!LEVELS.has(logLevel)) problems.push(`TATAK_LOG_LEVEL: unknown level ${logLevel}`);
  const trustedProxies = readProxies(env.TATAK_TRUSTED_PROXIES, problems);
  const rateLimits = readRateLimits(env.TATAK_RATE_LIMITS, problems);
  const statusListLength = readListLength(env.TATAK_STATUS_LIST_LENGTH, problems);
  const traces = readTraces(env, problems);
  const walletLeniencies = leniencies(env.TATAK_WALLET_LENIENCIES, problems);
  const token = readToken(env, problems);
  const databaseUrl = readDatabaseUrl(env, problems);
  const dataDirectory = readDataDirectory(env);
  const mail = readMail(env, { loopback, dataDirectory }, problems);
  if (!loopback) {
    if (url.protocol !== 'https:') problems.push('TATAK_PUBLIC_URL: must be https unless it is a loopback address');
    if (!env.TATAK_SIGNER_SOCKET && !token && !env.TATAK_PASSPHRASE && !env.TATAK_PASSPHRASE_FILE)
      problems.push('TATAK_PASSPHRASE_FILE: missing');
    if (!env.TATAK_PRIVACY_CONTACT) problems.push('TATAK_PRIVACY_CONTACT: missing');
    // Nothing that is tried out needs an authority.
    if (trustAnchors.length === 0 && !sandbox) problems.push('TATAK_TRUST_ANCHORS: missing');
  }
  if (env.TATAK_SIGNER_SOCKET && (env.TATAK_PASSPHRASE || env.TATAK_PASSPHRASE_FILE)) {
    problems.push('TATAK_PASSPHRASE: only the signing process may have it when there is one');
  }
  const corrections = env.TATAK_CORRECTIONS_CONTACT ?? env.TATAK_PRIVACY_CONTACT;
  if (problems.length > 0) throw new ConfigError(problems);
  // did:web means https, so on a loopback address the DID names the TLS listener.
  const didHost = loopback ? `${url.hostname}:${tlsPort}` : url.host;
  return {
    publicUrl: url.origin,
    loopback,
    host,
    port,
    tlsPort,
    trustedProxies,
    didAuthority: didHost.replace(':', '%3A'),
    didOrigin: `https://${didHost}`,
    dataDirectory,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    trustAnchors,
    trustDepth,
    ...(env.TATAK_SIGNER_SOCKET ? { signerSocket: resolve(env.TATAK_SIGNER_SOCKET) } : {}),
    ...(token ? { token } : {}),
    ...(env.TATAK_PRIVACY_CONTACT ? { privacyContact: env.TATAK_PRIVACY_CONTACT } : {}),
    operator: {
      ...(env.TATAK_OPERATOR_NAME ? { name: env.TATAK_OPERATOR_NAME } : {}),
      ...(env.TATAK_OPERATOR_ADDRESS ? { address: env.TATAK_OPERATOR_ADDRESS } : {}),
      ...(corrections ? { correctionsContact: corrections } : {}),
    },
    ...(mail ? { mail } : {}),
    specimen: loopback || sandbox,
    ...(vcApiOpen === undefined ? {} : { vcApiOpen }),
    ...(env.TATAK_OPENID_SECRETS ? { openIdSecrets: resolve(env.TATAK_OPENID_SECRETS) } : {}),
    walletLeniencies,
    statusListLength,
    logLevel,
    rateLimits,
    ...(traces ? { traces } : {}),
    drainMs: Number(drain) * 1_000,
  };
}

function readSwitch(text: string | undefined, name: string, problems: string[]): boolean {
  if (text !== undefined && text !== 'yes' && text !== 'no') problems.push(`${name}: must be yes or no`);
  return text === 'yes';
}

/** `DID`, or `DID depth=N` for fewer authorities below it, separated by commas; the first has precedence. */
function readAnchors(text: string, problems: string[]): Pick<Config, 'trustAnchors' | 'trustDepth'> {
  const trustAnchors: string[] = [];
  const trustDepth = new Map<string, number>();
  for (const item of text.split(',').map((one) => one.trim())) {
    if (item === '') continue;
    const match = /^(did:[a-z0-9]+:\S+?)(?:\s+depth=(\d+))?$/.exec(item);
    const depth = match?.[2] === undefined ? undefined : Number(match[2]);
    if (!match) problems.push(`TATAK_TRUST_ANCHORS: not a DID: ${item}`);
    else if (depth !== undefined && (depth < 1 || depth > LIMITS.chainDepth)) {
      problems.push(`TATAK_TRUST_ANCHORS: depth must be from 1 to ${LIMITS.chainDepth}: ${item}`);
    } else {
      trustAnchors.push(match[1]!);
      if (depth !== undefined) trustDepth.set(match[1]!, depth);
    }
  }
  return { trustAnchors, trustDepth };
}

function readListLength(text: string | undefined, problems: string[]): number {
  const { statusListEntries: least, statusListEntriesMax: most } = LIMITS;
  const length = text === undefined ? least : Number(text);
  if (Number.isInteger(Math.log2(length)) && length >= least && length <= most) return length;
  problems.push(`TATAK_STATUS_LIST_LENGTH: not a power of two from ${least} to ${most}: ${text}`);
  return least;
}

function leniencies(text: string | undefined, problems: string[]): Leniencies {
  try {
    return readLeniencies(text);
  } catch (error) {
    problems.push(`TATAK_WALLET_LENIENCIES: ${(error as Error).message}`);
    return DEFAULT_LENIENCIES;
  }
}

function readPort(text: string | undefined, fallback: number, name: string, problems: string[]): number {
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) problems.push(`${name}: not a port: ${text}`);
  return port;
}

function readUrl(text: string, problems: string[]): URL {
  const url = URL.parse(text);
  const plain = url && (url.pathname === '/' || url.pathname === '') && !url.search && !url.hash && !url.username;
  if (url && plain && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  problems.push(`TATAK_PUBLIC_URL: not the address of a host: ${text}`);
  return new URL('http://localhost');
}
