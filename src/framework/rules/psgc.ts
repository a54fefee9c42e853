/**
 * A PSGC code, or the code of its region, province or municipality, in the ten-digit form RRPPPMMBBB. The older form
 * RRPPMMBBB has a province of two digits (framework source S51): the lengths tell the two apart.
 * @returns undefined when the text is no such code
 */
export function tenDigitPsgc(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  switch (text.length) {
    case 2:
    case 5:
    case 7:
    case 10:
      return text;
    case 4:
    case 6:
    case 9:
      return `${text.slice(0, 2)}0${text.slice(2)}`;
    default:
      return undefined;
  }
}
