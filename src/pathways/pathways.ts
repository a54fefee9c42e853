import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  formatInstant,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import { type PathwayDocumentSettings, pathwayDocument } from './pathway-document.ts';
import { checkPathwayInput, type PathwayInput } from './pathway-input.ts';
import type { PathwayReader, PathwayRecord, PathwayWrite } from './ports.ts';

export interface PathwaysDeps extends PathwayDocumentSettings {
  reader: PathwayReader;
  transactor: Transactor<PathwayWrite>;
  signing: Pick<SigningAuthority, 'forTenant'>;
  proofs: ProofMaker;
  clock: Clock;
  random: Random;
}

interface Acting {
  tenant: string;
  actor: string;
}

export interface Pathways {
  /** Signs and stores version 1. @throws Problem `invalid-request` with every bad field */
  create(input: PathwayInput & Acting): Promise<PathwayRecord>;
  /** Signs and stores the next version; earlier ones stay as they are. @throws Problem `not-found`, `conflict`, `invalid-request` */
  addVersion(input: PathwayInput & Acting & { pathwayId: string }): Promise<PathwayRecord>;
  /** The latest when `version` is absent. */
  get(pathwayId: string, version?: number): Promise<PathwayRecord | undefined>;
  list(tenant: string | undefined, page: PageRequest): Promise<Page<PathwayRecord>>;
}

export function createPathways(deps: PathwaysDeps): Pathways {
  const { reader, transactor, signing, proofs, clock, random } = deps;

  async function publish(pathwayId: string, version: number, input: PathwayInput, { tenant, actor }: Acting) {
    const checked = checkPathwayInput(input);
    const now = clock.now();
    const { did, signer } = await signing.forTenant(tenant, 'assertion');
    const document = pathwayDocument(deps, pathwayId, version, did, checked, now);
    const createdAt = formatInstant(now);
    const signed = JSON.stringify(await proofs.sign(document, signer, createdAt));
    const row: PathwayRecord = { tenant, pathwayId, version, signed, sha256: sha256Hex(signed), createdAt };
    try {
      await transactor.commit([
        { op: 'pathway.insert', row },
        {
          op: 'audit.append',
          at: createdAt,
          tenant,
          actor,
          operation: version === 1 ? 'pathway.create' : 'pathway.addVersion',
          object: pathwayId,
          objectSha256: row.sha256,
          detail: { version },
        },
      ]);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new Problem('conflict', 'another version was stored at the same time', { cause: error });
    }
    return row;
  }

  return {
    create: ({ tenant, actor, ...input }) => publish(randomId(random), 1, input, { tenant, actor }),

    async addVersion({ tenant, actor, pathwayId, ...input }) {
      const last = await reader.pathway(pathwayId);
      // Another tenant's pathway does not exist for this one.
      if (!last || last.tenant !== tenant) throw new Problem('not-found', 'there is no such pathway');
      return publish(pathwayId, last.version + 1, input, { tenant, actor });
    },

    get: (pathwayId, version) => reader.pathway(pathwayId, version),
    list: (tenant, page) => reader.pathways(tenant, page),
  };
}
