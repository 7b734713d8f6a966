/**
 * One line of comma-separated values (RFC 4180), its end included. Quoted where it must be; a leading sign
 * that a spreadsheet would take for a formula is made plain text; a number that is none (NaN, Infinity) leaves
 * its cell empty.
 */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(Number(value.toFixed(6))) : '';
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
