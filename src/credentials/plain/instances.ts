import { Problem } from '#kernel';
import type { IssuingCryptosuite } from '#proofs';
import type { StatusPurpose } from '../ports.ts';

/** How one mechanism secures a credential: a suite or a token, and a key of which kind. */
export interface Mechanism {
  securing: IssuingCryptosuite | 'vc+jwt';
  algorithm: 'Ed25519' | 'P-256' | 'P-384';
  /** A holder can show a part of it. */
  selective?: true;
}

const of = (securing: Mechanism['securing'], algorithm: Mechanism['algorithm']): Mechanism => ({ securing, algorithm });

/** Every way this service secures a credential that is no badge. */
const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'eddsa-rdfc-2022': of('eddsa-rdfc-2022', 'Ed25519'),
  'eddsa-jcs-2022': of('eddsa-jcs-2022', 'Ed25519'),
  'ecdsa-rdfc-2019': of('ecdsa-rdfc-2019', 'P-256'),
  'ecdsa-rdfc-2019-p384': of('ecdsa-rdfc-2019', 'P-384'),
  'ecdsa-jcs-2019': of('ecdsa-jcs-2019', 'P-256'),
  'ecdsa-jcs-2019-p384': of('ecdsa-jcs-2019', 'P-384'),
  'ecdsa-sd-2023': { ...of('ecdsa-sd-2023', 'P-256'), selective: true },
  'vc-jwt': of('vc+jwt', 'Ed25519'),
  'vc-jwt-p256': of('vc+jwt', 'P-256'),
  'vc-jwt-p384': of('vc+jwt', 'P-384'),
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
