/**
 * Where this service takes or says more than OpenID4VCI 1.0 asks, so that wallets in use can claim a badge. Each depends on
 * the request alone, never on who sends it. `on` is the default; the setting TATAK_WALLET_LENIENCIES names those that apply.
 */
export const LENIENCIES = {
  'issuer-metadata-of-server': {
    on: true,
    what: '`issuer`, `token_endpoint` and `authorization_details_types_supported` stand in the credential issuer metadata too',
    because:
      'a wallet reads them there and not in the metadata of the authorization server; others must ignore what they do not know (12.2.4)',
  },
  'server-metadata-alias': {
    on: true,
    what: 'the metadata of the authorization server is also answered below the path of each credential issuer',
    because:
      'the same wallet asks there; whoever follows `authorization_servers` never does. Its `issuer` stays that of the server, so RFC 8414 3.3 makes a strict reader refuse the copy',
  },
  'nonce-in-errors': {
    on: true,
    what: '`c_nonce` in the answers `invalid_proof` and `invalid_nonce`',
    because: 'older drafts had it there, and a wallet can only then try again; it is a nonce like any other',
  },
  'proof-without-type': {
    on: true,
    what: 'a key proof without `typ` and `iat`, if nonce, audience and signature are right and it has an `exp` that is not over',
    because:
      'a wallet sends neither. Its nonce was made here, for this issuer, and is good once, so no other token can be taken for it',
  },
  'proof-issuer-is-holder': {
    on: true,
    what: '`iss` of a key proof may be the DID of the key instead of the client id',
    because: 'the same wallet says so; who the holder is follows from `kid` alone',
  },
  'single-proof': {
    on: true,
    what: '`proof` with `proof_type` and one proof, as in drafts, instead of `proofs`',
    because: 'wallets of the drafts send it; it is checked like one in a list',
  },
  'suite-names-as-algorithms': {
    on: false,
    what: '`Ed25519Signature2018` stands beside the algorithms of key proofs of `ldp_vc`',
    because:
      'a wallet looks for it there, and then takes the badge and cannot read VC 2.0: the offer would be used up for nothing. Off, it says no before it asks',
  },
} as const satisfies Record<string, { on: boolean; what: string; because: string }>;

export type Leniency = keyof typeof LENIENCIES;

export type Leniencies = ReadonlySet<Leniency>;

export const LENIENCY_NAMES = Object.keys(LENIENCIES) as Leniency[];

export const DEFAULT_LENIENCIES: Leniencies = new Set(LENIENCY_NAMES.filter((name) => LENIENCIES[name].on));

/**
 * Of the setting: absent is the default, `none` and `all` are what they say, else names separated by commas.
 * @throws RangeError for a name that is none
 */
export function readLeniencies(text: string | undefined): Leniencies {
  if (text === undefined) return DEFAULT_LENIENCIES;
  if (text === 'none') return new Set();
  if (text === 'all') return new Set(LENIENCY_NAMES);
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(LENIENCIES, name));
  if (unknown !== undefined)
    throw new RangeError(`no leniency is called ${unknown}; known: ${LENIENCY_NAMES.join(', ')}`);
  return new Set(names as Leniency[]);
}
