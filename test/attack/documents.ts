import { isObject, type JsonObject } from '#kernel';
import { createRandom } from '../fuzz/random.ts';
import { goldenBadge } from '../support/golden-badge.ts';

const WORDS = [
  'Wiring',
  'Niño',
  'Peñaflorida',
  'safety',
  'ᜊᜌ᜔ᜊᜌᜒᜈ᜔',
  '太陽',
  'a "quoted" word',
  'back\\slash',
  '👩‍🏫',
  '<b>&amp;',
  'line\nline',
];
const SEED = 20_261_124;

/** So many badges that differ in which members they have, how many items and what text: the same in every run. */
export function variedBadges(count: number): JsonObject[] {
  const random = createRandom(SEED);
  const words = () => Array.from({ length: 1 + random.int(4) }, () => random.pick(WORDS)).join(' ');
  const many = <T>(most: number, make: (index: number) => T): T[] =>
    Array.from({ length: random.int(most + 1) }, (_, at) => make(at));
  const dropped = (target: JsonObject, ...names: string[]) => {
    for (const name of names) if (random.once(3)) delete target[name];
  };
  return Array.from({ length: count }, (_, number) => {
    const badge = goldenBadge();
    badge.id = `https://badges.example.ph/credentials/${number}`;
    badge.name = words();
    dropped(badge, 'validUntil', 'awardedDate', 'credentialStatus', 'name');
    badge.evidence = many(4, (at) => ({
      ...(random.once(2) ? { id: `https://malayang.example.ph/evidence/${number}/${at}` } : {}),
      type: ['Evidence'],
      name: words(),
      ...(random.once(2) ? { narrative: words() } : {}),
    }));
    if (badge.evidence.length === 0) delete badge.evidence;
    const subject = badge.credentialSubject as JsonObject;
    subject.creditsEarned = random.int(400) / 4;
    if (random.once(3))
      subject.identifier = [{ type: 'IdentityObject', hashed: false, identityHash: words(), identityType: 'name' }];
    dropped(subject, 'creditsEarned', 'result');
    const achievement = subject.achievement as JsonObject;
    if (!isObject(achievement)) throw new Error('the golden badge has an achievement');
    achievement.description = words();
    // A set has no two equal members: of two, one could be taken out unnoticed.
    achievement.tag = many(4, (at) => `${words()} ${at}`);
    achievement.alignment = many(3, (at) => ({
      type: ['Alignment'],
      targetName: words(),
      targetUrl: `https://framework.example.ph/units/${at}`,
    }));
    for (const name of ['tag', 'alignment']) if ((achievement[name] as []).length === 0) delete achievement[name];
    dropped(achievement, 'image', 'inLanguage', 'achievementType', 'version');
    return badge;
  });
}
