import type { AchievementReader, AchievementVersion } from '#achievements';
import type { WalletFormat } from './ports.ts';

/** In the order in which a wallet that reads both should choose. */
export const FORMATS: readonly WalletFormat[] = ['ldp_vc', 'jwt_vc_json'];

/** Stands for any achievement of the institution. */
const ANY = 'badge';

/** Achievements that the metadata of one institution describes one by one; the rest share one description. */
export const DESCRIBED = 50;

/** What can be asked for, and by which name. Without an achievement: any badge of the institution. */
export interface Configuration {
  id: string;
  format: WalletFormat;
  achievement?: AchievementVersion;
}

export const configurationId = (achievementId: string | undefined, format: WalletFormat): string =>
  `${achievementId ?? ANY}.${format}`;

/** @returns undefined for a name that was never one */
export function readConfigurationId(id: string): { achievementId?: string; format: WalletFormat } | undefined {
  const dot = id.indexOf('.');
  const [name, format] = [id.slice(0, dot), FORMATS.find((one) => one === id.slice(dot + 1))];
  if (dot < 0 || !format) return undefined;
  if (name === ANY) return { format };
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(name) ? { achievementId: name, format } : undefined;
}

/** All that the metadata lists: bounded, however many achievements there are. */
export async function configurationsOf(tenant: string, reader: Pick<AchievementReader, 'achievements'>) {
  const { items } = await reader.achievements(tenant, { limit: DESCRIBED });
  return [undefined, ...items].flatMap((achievement) =>
    FORMATS.map((format): Configuration => {
      const id = configurationId(achievement?.achievementId, format);
      return { id, format, ...(achievement && { achievement }) };
    }),
  );
}
