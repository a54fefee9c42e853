import { Problem } from '#kernel';
import type { StatusPurpose } from '../ports.ts';

/** How one mechanism secures a credential: which suite, and a key of which kind. */
export interface Mechanism {
  cryptosuite: 'eddsa-rdfc-2022';
  algorithm: 'Ed25519';
  /** A holder can show a part of it. */
  selective?: true;
}

/** Every way this service secures a credential that is no badge. */
const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'eddsa-rdfc-2022': { cryptosuite: 'eddsa-rdfc-2022', algorithm: 'Ed25519' },
};

export const DEFAULT_INSTANCE = 'eddsa-rdfc-2022';

/**
 * A configuration of the issuing service (VCALM 2.4, "Instances"), written out in its name: the mechanism, then what is
 * done with proofs that are there already (refused when nothing is said), then the status list that credentials enter.
 */
export interface Instance {
  name: string;
  mechanism: Mechanism;
  existing: 'refuse' | 'set' | 'chain';
  statusPurpose?: StatusPurpose;
}

const OPTIONS: Readonly<Record<string, Pick<Instance, 'existing'> | Pick<Instance, 'statusPurpose'>>> = {
  set: { existing: 'set' },
  chain: { existing: 'chain' },
  revocation: { statusPurpose: 'revocation' },
  suspension: { statusPurpose: 'suspension' },
};

/**
 * `eddsa-rdfc-2022`, `eddsa-rdfc-2022+chain`, `eddsa-rdfc-2022+set+revocation`.
 * @throws Problem `not-found`: the name is part of an address
 */
export function readInstance(name: string): Instance {
  const [first = '', ...rest] = name.split('+');
  const mechanism = Object.hasOwn(MECHANISMS, first) ? MECHANISMS[first] : undefined;
  const said = rest.map((option) => (Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined));
  const members = said.flatMap((one) => (one ? Object.keys(one) : []));
  if (!mechanism || members.length !== rest.length || new Set(members).size !== members.length) {
    const known = `${Object.keys(MECHANISMS).join(', ')}, with +set or +chain, with +revocation or +suspension`;
    throw new Problem('not-found', `there is no such instance; known: ${known}`);
  }
  return Object.assign({ name, mechanism, existing: 'refuse' as const }, ...said) as Instance;
}
