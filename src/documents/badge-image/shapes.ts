/** A closed outline around (256, 256), and what stands in its middle. */
export interface Kind {
  outline: string;
  emblem: string;
}

/** Degrees clockwise from the top. */
export function polar(degrees: number, radius: number): [x: number, y: number] {
  const angle = (degrees * Math.PI) / 180;
  return [round(256 + radius * Math.sin(angle)), round(256 - radius * Math.cos(angle))];
}

export const round = (value: number): number => Math.round(value * 10) / 10;

const polygon = (corners: number, radius: number, from: number): string =>
  `M${Array.from({ length: corners }, (_, at) => polar(from + (360 / corners) * at, radius).join(' ')).join('L')}z`;

/** A round edge of shallow waves, as a stamp of wax has. */
function scallop(waves: number, radius: number): string {
  const step = 360 / waves;
  const start = polar(0, radius).join(' ');
  const arcs = Array.from({ length: waves }, (_, at) => `A21 21 0 0 1 ${polar(step * (at + 1), radius).join(' ')}`);
  return `M${start}${arcs.join('')}z`;
}

const seal = scallop(40, 229);
const hexagon = polygon(6, 232, 0);
const octagon = polygon(8, 234, 22.5);
const shield = 'M52 56Q256 24 460 56V246C460 372 368 448 256 490 144 448 52 372 52 246z';

/** In a box of 64 by 64 around (0, 0): an open book, a nut, a compass star, a column. */
const book = 'M0-14C-8-21-19-23-30-21V17C-19 15-8 17 0 24 8 17 19 15 30 17V-21C19-23 8-21 0-14zM0-14V24';
const nut = 'M0-30L26-15V15L0 30-26 15V-15zM0-12A12 12 0 0 1 0 12 12 12 0 0 1 0-12z';
const star = 'M0-32L8-8 32 0 8 8 0 32-8 8-32 0-8-8z';
const column = 'M-28-16L0-30 28-16zM-20-8V18M-7-8V18M7-8V18M20-8V18M-28 26H28';

/** By the `awardType` of the definition; the shape grows more solemn with the weight of the award. */
export const KINDS: Readonly<Record<string, Kind>> = {
  TvetMicroCredential: { outline: seal, emblem: nut },
  TrainingCertificate: { outline: seal, emblem: nut },
  CertificateOfCompetency: { outline: hexagon, emblem: nut },
  NationalCertificate: { outline: octagon, emblem: nut },
  HeiMicroCredential: { outline: seal, emblem: book },
  HeiCourse: { outline: seal, emblem: book },
  GraduateCertificate: { outline: octagon, emblem: book },
  DiplomaL5: { outline: shield, emblem: book },
  GraduateDiploma: { outline: shield, emblem: book },
  BaccalaureateDegree: { outline: shield, emblem: column },
  MastersDegree: { outline: shield, emblem: column },
  DoctoralDegree: { outline: shield, emblem: column },
  EteeapAward: { outline: shield, emblem: book },
  License: { outline: hexagon, emblem: column },
};

/** Of everything else. */
export const PLAIN_KIND: Kind = { outline: seal, emblem: star };
