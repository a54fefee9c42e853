/**
 * Keys of one library of smart cards (CVE-2017-15361, "ROCA") have prime factors of the form k*M + 65537^a mod M, where M
 * is the product of the first primes: their private halves can be computed. Modulo each of these primes such a modulus is
 * a power of 65537; an honest one is so for all of them once in about 2^27 keys.
 */
const PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157] as const;

const POWERS: readonly (readonly [prime: bigint, powers: ReadonlySet<bigint>])[] = PRIMES.map((prime) => {
  const [base, modulus] = [65_537n % BigInt(prime), BigInt(prime)];
  const powers = new Set<bigint>();
  for (let power = 1n; !powers.has(power); power = (power * base) % modulus) powers.add(power);
  return [modulus, powers];
});

/** @param modulus of an RSA key, base64url as in a JWK */
export function hasRocaForm(modulus: string): boolean {
  const value = BigInt(`0x${Buffer.from(modulus, 'base64url').toString('hex')}`);
  return POWERS.every(([prime, powers]) => powers.has(value % prime));
}
