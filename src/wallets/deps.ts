import type { AchievementReader } from '#achievements';
import type { Challenges } from '#challenges';
import type { CredentialReader } from '#credentials';
import type { Identifiers } from '#identifiers';
import type { Institution, SigningAuthority } from '#institutions';
import type { Clock, Random, Transactor } from '#kernel';
import type { OAuth } from '#oauth';
import type { Offers } from '#offers';
import type { Verifier } from '#verifier';
import type { Leniencies } from './leniencies.ts';
import type { WalletCounter, WalletReader, WalletWrite } from './ports.ts';

export interface WalletsDeps {
  reader: WalletReader & Pick<AchievementReader, 'achievements'> & Pick<CredentialReader, 'credential'>;
  transactor: Transactor<WalletWrite>;
  institutions: { get(tenant: string): Promise<Institution | undefined> };
  authority: Pick<SigningAuthority, 'forTenant'>;
  offers: Pick<Offers, 'bySecret' | 'byId' | 'isOpen' | 'take' | 'accept'>;
  oauth: Pick<OAuth, 'createPreAuthorizedCode' | 'walletToken' | 'metadata'>;
  challenges: Pick<Challenges, 'create' | 'isOurs'>;
  identifiers: Pick<Identifiers, 'resolveMethod'>;
  verifyPresentation: Verifier['verifyPresentation'];
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  leniencies: Leniencies;
  counter?: WalletCounter;
}
