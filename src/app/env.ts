import { resolve } from 'node:path';

/** The only place that reads the process environment: names, meaning and default of every setting. */
export const SETTINGS = {
  TATAK_PUBLIC_URL: 'Public address, e.g. https://badges.example.edu. Default http://localhost:8480',
  TATAK_SANDBOX:
    'yes: a place to try things out at a public address. Every badge is a specimen, signed as one, and every page says so; no trust anchor is needed. A loopback address is always one. Default no',
  TATAK_HOST: 'Address to listen on. Default 127.0.0.1',
  TATAK_PORT: 'Port to listen on. Default 8480',
  TATAK_TLS_PORT: 'Port of the loopback TLS listener (only with a loopback public address). Default 8483',
  TATAK_TRUSTED_PROXIES:
    'Addresses of the proxies in front of it, separated by commas, e.g. 10.0.0.7 or 10.0.0.0/24: their X-Forwarded-For says who asks. Default none',
  TATAK_DATA: 'Directory of the embedded database and of what this process keeps for itself. Default ./data',
  TATAK_DATABASE_URL_FILE:
    'File holding the address of a PostgreSQL database for several replicas, postgres://user:password@host/database',
  TATAK_DATABASE_URL: 'The address itself (prefer the file: it holds a password)',
  TATAK_PASSPHRASE_FILE: 'File holding the passphrase of the key-encryption key',
  TATAK_PASSPHRASE: 'The passphrase itself (prefer the file)',
  TATAK_SIGNER_SOCKET:
    'Socket of a signing process (`tatak signer`) that holds the passphrase and the keys instead of this one',
  TATAK_PKCS11_MODULE:
    'PKCS#11 library of a token that makes and holds the keys, e.g. /usr/lib/softhsm/libsofthsm2.so; needs pkcs11-tool (OpenSC). For the service, or for its signing process where there is one',
  TATAK_PKCS11_TOKEN: 'Label of the token',
  TATAK_PKCS11_PIN_FILE: 'File holding the PIN of the user of the token',
  TATAK_PKCS11_PIN: 'The PIN itself (prefer the file)',
  TATAK_TRUST_ANCHORS:
    'DIDs of the authorities whose registers are trusted, in order of precedence, separated by commas; `DID depth=N` for at most N authorities in a chain',
  TATAK_PRIVACY_CONTACT: 'E-mail address or URL shown to people who ask about their data',
  TATAK_OPERATOR_NAME: 'Who runs this service and answers for the data, for the privacy notice. Default: not stated',
  TATAK_OPERATOR_ADDRESS: 'Where that is, in one line, for the privacy notice. Default: not stated',
  TATAK_CORRECTIONS_CONTACT:
    'E-mail address or URL for corrections of the comparative map. Default: the privacy contact',
  TATAK_SMTP_URL_FILE: 'File holding the address of the mail server with user and password',
  TATAK_SMTP_URL:
    'The address itself (prefer the file): smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://USER:PASSWORD@HOST:465. Without a mail server no mail is sent',
  TATAK_MAIL_FROM: 'Address that messages come from; needed with a mail server',
  TATAK_MAIL_DIR:
    'Folder that messages are written to when no mail server is set, on a loopback address only. Default: mail, in the data directory',
  TATAK_VC_API_OPEN:
    'Slug of the institution in whose name anyone may use /vc-api without a key: for conformance tests, on a loopback address only',
  TATAK_OPENID_SECRETS:
    "Directory of client secrets for the institutions' OpenID providers: one file each, named as the slug. Default none: public clients",
  TATAK_WALLET_LENIENCIES:
    'Where wallets get more than OpenID4VCI 1.0 asks for: none, all, or names separated by commas. Default: those that are harmless (src/wallets/leniencies.ts)',
  TATAK_RATE_LIMITS:
    'Requests a minute that one replica answers, NAME=REQUESTS separated by commas; with N replicas up to N times as many pass. Defaults: address=6000, key=6000, tenant=30000, expensive=120 (of an address), expensiveTenant=1200, guesses=60',
  TATAK_DRAIN_SECONDS:
    'Seconds between SIGTERM, when /health/ready says no, and the end of the listener: as long as a balancer takes to look. Default 2',
  TATAK_STATUS_LIST_LENGTH:
    'Entries of a new status list: 131072, 262144, 524288 or 1048576; a quarter of them are given to badges. More hide each badge among more, and are more bytes to fetch. Default 131072',
  TATAK_OTLP_ENDPOINT:
    'Address of an OpenTelemetry collector (OTLP over HTTP, JSON), e.g. https://collector.example:4318; traces hold names of operations, times and request ids. Default none',
  TATAK_OTLP_PRIVATE:
    'yes: the collector stands on a network of the operator, where private addresses and plain http are right. Default no',
  TATAK_OTLP_SHARE: 'Share of the requests that are traced, from 0 to 1. Default 0.1',
  TATAK_API_KEY:
    'API key of the commands that speak with a service (`tatak issue`), where there is no --key-file; the service does not read it',
  TATAK_LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent. Default info',
} as const;

export type Env = Partial<Record<keyof typeof SETTINGS, string>>;

/** Known settings only; an unknown TATAK_ name is an error, because a misspelt setting is a silent default. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const env: Env = {};
  for (const [name, value] of Object.entries(source)) {
    if (!name.startsWith('TATAK_') || value === undefined) continue;
    if (!(name in SETTINGS)) throw new Error(`${name} is not a setting; known: ${Object.keys(SETTINGS).join(', ')}`);
    if (value !== '') env[name as keyof typeof SETTINGS] = value;
  }
  return env;
}

/** Absolute. */
export function readDataDirectory(env: Pick<Env, 'TATAK_DATA'>): string {
  return resolve(env.TATAK_DATA ?? 'data');
}

/** What a library of another maker may read of the environment: everything but the settings of this service. */
export function foreignEnv(source: Record<string, string | undefined> = process.env): Record<string, string> {
  const entries = Object.entries(source).filter(([name, value]) => !name.startsWith('TATAK_') && value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}
