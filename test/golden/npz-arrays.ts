import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

/** An array of an NPZ file, records and nested fields taken apart. */
export interface NpzArray {
  /** names joined by '/', and types in numpy's notation */
  readonly fields: readonly (readonly [name: string, type: string])[];
  readonly shape: readonly number[];
  /** element after element, field after field */
  readonly values: readonly (number | string | boolean)[];
}

/** Members without '.npy'. Errors: Error for types not known here. */
export async function readNpz(bytes: Uint8Array): Promise<Map<string, NpzArray>> {
  const zip = await fromBufferPromise(Buffer.from(bytes));
  const arrays = new Map<string, NpzArray>();
  for await (const entry of zip.eachEntry())
    arrays.set(entry.fileName.replace(/\.npy$/, ''), readNpy(await buffer(await zip.openReadStreamPromise(entry))));
  return arrays;
}

type Description = string | readonly (readonly [string, Description, (readonly number[])?])[];

function readNpy(file: Buffer): NpzArray {
  const length = file.readUInt16LE(8);
  const header = asJson(file.toString('latin1', 10, 10 + length));
  const { descr, shape } = JSON.parse(header) as { descr: Description; shape: number[] };
  const fields = fieldsOf(descr);
  const count = shape.reduce((product, size) => product * size, 1);
  const values: (number | string | boolean)[] = [];
  let at = 10 + length;
  for (let k = 0; k < count; k++)
    for (const [, type] of fields) {
      const [value, size] = valueAt(file, at, type);
      values.push(value);
      at += size;
    }
  return { fields, shape, values };
}

/** The header, a literal of Python, as JSON: tuples become lists; brackets inside of names stay. */
function asJson(header: string): string {
  return header
    .trim()
    .split(/('[^']*')/)
    .map((part) =>
      part.startsWith("'")
        ? JSON.stringify(part.slice(1, -1))
        : part
            .replace(/\(/g, '[')
            .replace(/\)/g, ']')
            .replace('False', 'false')
            .replace(/,(\s*[\]}])/g, '$1'),
    )
    .join('')
    .replace(/,(\s*[\]}])/g, '$1');
}

function fieldsOf(description: Description, name = ''): [string, string][] {
  if (typeof description === 'string') return [[name, description]];
  return description.flatMap(([part, inner, shape]) => {
    const fields = fieldsOf(inner, name === '' ? part : `${name}/${part}`);
    const times = (shape ?? []).reduce((product, size) => product * size, 1);
    return Array.from({ length: times }, () => fields).flat();
  });
}

function valueAt(file: Buffer, at: number, type: string): [number | string | boolean, number] {
  const size = Number(type.slice(2));
  if (type === '<f4') return [file.readFloatLE(at), 4];
  if (type === '<f8') return [file.readDoubleLE(at), 8];
  if (type === '<i8') return [Number(file.readBigInt64LE(at)), 8];
  if (type === '<u4') return [file.readUInt32LE(at), 4];
  if (type === '|b1') return [file[at] !== 0, 1];
  if (type.startsWith('|S')) return [file.toString('utf8', at, at + size).replace(/\0+$/, ''), size];
  if (type.startsWith('<U')) {
    const points = Array.from({ length: size }, (_, k) => file.readUInt32LE(at + 4 * k)).filter((point) => point > 0);
    return [String.fromCodePoint(...points), 4 * size];
  }
  throw new Error(`type ${type} of an NPZ array`);
}
