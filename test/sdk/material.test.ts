import { describe, expect, it } from 'vitest';
import { type JsonObject, sha256Hex } from '#kernel';
import { fetchFrom, type Material, readSnapshots } from '../../src/sdk/offline/material.ts';

const ACCEPT = {
  did: 'application/did+ld+json, application/did+json;q=0.9',
  vc: 'application/vc, application/json;q=0.8',
  json: 'application/ld+json, application/vc;q=0.8',
};
const NOW = new Date('2026-11-24T01:00:00Z');
const COUNCIL = 'did:web:council.example';
const COLLEGE = 'did:web:college.example';
const HOME = 'https://council.example/.well-known/did.json';

function snapshot(of: string, published: string, didDocuments: JsonObject, parts: string[] = []): JsonObject {
  const url = `https://${of.slice(8)}/registry`;
  const digests = {
    count: 2,
    digests: [...parts.map(sha256Hex), sha256Hex('absent')].slice(0, 2),
    url: `${url}/parts/`,
  };
  const register = { grants: [], events: [], ...(parts.length > 0 ? { parts: digests } : {}) };
  return {
    register: {
      type: ['VerifiableCredential', 'PhAccreditationRegisterCredential'],
      ...{ issuer: of, validFrom: published, validUntil: '2026-11-25T00:00:00Z' },
      credentialSubject: { id: url, accreditor: of, register },
    },
    ...{ parts, didDocuments },
  };
}

/** What is had at an address, as it is asked for; undefined where nothing is. */
async function had(material: Material, url: string, as: keyof typeof ACCEPT): Promise<unknown> {
  const missing: string[] = [];
  const fetch = fetchFrom(
    { ...material, onMissing: (one) => missing.push(one) },
    readSnapshots(material.registers),
    NOW,
  );
  try {
    const { bytes, fetchedAt } = await fetch(url, { accept: ACCEPT[as] });
    expect([missing, fetchedAt]).toEqual([[], '2026-11-24T01:00:00Z']);
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    expect([missing, (error as { kind: string }).kind]).toEqual([[url], 'fetch-refused']);
    return undefined;
  }
}

describe('what is brought', () => {
  it('answers only as what it was brought as', async () => {
    const list = {
      id: 'https://school.example/',
      type: ['BitstringStatusListCredential'],
      verificationMethod: [],
      permittedIssuers: [],
    };
    const lists = { statusLists: [list, JSON.stringify({ id: 'https://school.example/2' })] };
    expect(await had(lists, list.id, 'vc')).toEqual(list);
    expect(await had(lists, 'https://school.example/2', 'vc')).toEqual({ id: 'https://school.example/2' });
    expect(await had(lists, list.id, 'did')).toBeUndefined();
    expect(await had(lists, list.id, 'json')).toBeUndefined();
    const registers = [snapshot(COUNCIL, '2026-11-24T00:00:00Z', { [COUNCIL]: { id: COUNCIL } })];
    expect(await had({ registers }, HOME, 'did')).toEqual({ id: COUNCIL });
    expect(await had({ registers }, HOME, 'vc')).toBeUndefined();
    expect(await had({ registers }, 'https://council.example/registry', 'vc')).toHaveProperty('credentialSubject');
    expect(await had({ registers }, 'https://council.example/registry', 'json')).toBeUndefined();
    const documents = { [HOME]: { id: 'named' } };
    for (const as of ['did', 'vc', 'json'] as const)
      expect(await had({ registers, documents }, HOME, as)).toEqual({ id: 'named' });
  });

  it('of a register in parts is each part at its digest, byte for byte', async () => {
    const part = '{"grants": [], "events": []}';
    const registers = [snapshot(COUNCIL, '2026-11-24T00:00:00Z', {}, [part])];
    const fetch = fetchFrom({}, readSnapshots(registers), NOW);
    const { bytes } = await fetch(`https://council.example/registry/parts/${sha256Hex(part)}`, { accept: ACCEPT.vc });
    expect(Buffer.from(bytes).toString()).toBe(part);
    await expect(
      fetch(`https://council.example/registry/parts/${sha256Hex('absent')}`, { accept: ACCEPT.vc }),
    ).rejects.toThrow('offline');
    await expect(
      fetch(`https://council.example/registry/parts/${sha256Hex(part)}`, { accept: ACCEPT.vc, maxBytes: 3 }),
    ).rejects.toThrow('too-large');
    const budget = { take: () => false, remainingMs: () => 1 };
    await expect(fetch('https://a.example/', { accept: ACCEPT.vc, budget })).rejects.toThrow('budget');
  });

  it('of two snapshots is the newer, but of itself an accreditor knows best', async () => {
    const document = (id: string, from: string) => ({ id, from });
    const older = snapshot(COUNCIL, '2026-11-23T00:00:00Z', {
      [COUNCIL]: document(COUNCIL, 'own'),
      [COLLEGE]: document(COLLEGE, 'older'),
    });
    const newer = snapshot('did:web:guild.example', '2026-11-24T00:00:00Z', {
      [COUNCIL]: document(COUNCIL, 'other'),
      [COLLEGE]: document(COLLEGE, 'newer'),
    });
    for (const registers of [
      [older, newer],
      [newer, older],
    ]) {
      expect(await had({ registers }, HOME, 'did')).toEqual(document(COUNCIL, 'own'));
      expect(await had({ registers }, 'https://college.example/.well-known/did.json', 'did')).toEqual(
        document(COLLEGE, 'newer'),
      );
    }
  });

  it('is refused with its place where it cannot be read', () => {
    const refused = (work: () => unknown) => {
      try {
        work();
        return undefined;
      } catch (error) {
        return (error as { errors: { pointer: string }[] }).errors[0]!.pointer;
      }
    };
    const good = snapshot(COUNCIL, '2026-11-24T00:00:00Z', {});
    for (const bad of ['{', '[]', {}, { register: {} }, { ...good, parts: [1] }, { ...good, didDocuments: [] }]) {
      expect(refused(() => readSnapshots([good, bad as JsonObject]))).toBe('/registers/1');
    }
    expect(refused(() => fetchFrom({ statusLists: ['{"id": 1}'] }, [], NOW))).toBe('/statusLists/0/id');
    expect(refused(() => fetchFrom({ statusLists: ['{"id": "a", "id": "b"}'] }, [], NOW))).toBe('/statusLists/0');
  });
});
